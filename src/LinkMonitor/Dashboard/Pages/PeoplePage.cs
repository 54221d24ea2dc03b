using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Auditing;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/people</c>: people, each with a key, a role and their projects.</summary>
internal static class PeoplePage
{
    private const string Here = "/app/people";
    private const int ProjectsShown = 200;

    public static void MapPeople(this IEndpointRouteBuilder pages)
    {
        var people = pages.MapGroup("/people").RequireAuthorization(SessionScheme.Owner);
        people.MapGet("/", ShowAsync);
        people.MapPost("/", AddAsync);
        people.MapGet("/audit", AuditPage.ShowInstallationAsync).RequireAuthorization(SessionScheme.OwnerOfAll);
        people.MapPost("/{keyId}/sign-in", SignInAsync);
        people.MapPost("/{keyId}/sign-out", SignOutAsync);
        people.MapPost("/{keyId}/revoke", RevokeAsync);
    }

    private static Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, KeyRegistry registry, IProjectStore projects, TimeProvider time,
        CancellationToken cancellationToken) =>
        WriteAsync(context, frame, registry, projects, time, new FormErrors(), cancellationToken);

    private static async Task<IResult> AddAsync(
        HttpContext context, DashboardFrame frame, KeyRegistry registry, KeyRing ring, KeyRequestReader reader, IProjectStore projects,
        TimeProvider time, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        var json = new FormBody(form).AnyText("name").Text("role");
        if (form.Text("projectIds").Length > 0)
            json.List("projectIds");
        var body = Body<KeyRequest>.Read(json.ToJson(), new FieldErrors());
        if (form.Text("projectIds").Length == 0 && !context.Holder().Projects.IsAll)
            body.Errors.AddIfNone("projectIds", "Choose one of your projects: your own key does not open all.");
        var wanted = await reader.ReadAsync(body.Value, setsProjects: true, context.Holder(), body.Errors, cancellationToken);
        if (body.Errors.Any)
            return await WriteAsync(context, frame, registry, projects, time, FormErrors.Of(body.Errors, form), cancellationToken);
        var (key, secret) = await ring.IssueAsync(
            wanted.Name!, wanted.Scope ?? ApiKeyScope.Read, wanted.Projects!, context.Holder().Author, cancellationToken);
        return frame.Done(
            context, Here, $"The key of {key.Name}, shown only now:",
            new AuditNote($"Made the key '{key.Name}' ({WireName.Of(RoleScopes.Of(key.Scope))} of {KeyWords.Of(key.Projects)})", key.Id),
            secret: secret.Text);
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, string keyId, DashboardFrame frame, KeyRegistry registry, SignInLinks links,
        CancellationToken cancellationToken)
    {
        if (!await registry.ManagesAsync(context.Holder(), keyId, cancellationToken)
            || await links.IssueAsync(keyId, SignInLinks.Lifetime, cancellationToken) is not { } link)
            return DashboardMessages.NotFound;
        var address = link.Address.IsAbsoluteUri
            ? link.Address.AbsoluteUri
            : $"{context.Request.Scheme}://{context.Request.Host}{link.Address}";
        return frame.Done(
            context, Here, "This address signs its holder in once, within 15 minutes:",
            new AuditNote(
                $"Made a sign-in link for the holder of the key {await NameOfAsync(context, registry, keyId, cancellationToken)}", keyId),
            secret: address);
    }

    private static async Task<IResult> SignOutAsync(
        HttpContext context, string keyId, DashboardFrame frame, KeyRegistry registry, CancellationToken cancellationToken) =>
        await registry.SignOutEverywhereAsync(context.Holder(), keyId, cancellationToken)
            ? frame.Done(
                context, Here, "All sessions of that key have ended. The key itself stays valid.",
                new AuditNote(
                    $"Signed the holder of the key {await NameOfAsync(context, registry, keyId, cancellationToken)} out everywhere", keyId))
            : DashboardMessages.NotFound;

    private static async Task<IResult> RevokeAsync(
        HttpContext context, string keyId, DashboardFrame frame, KeyRegistry registry, CancellationToken cancellationToken)
    {
        var result = await registry.RevokeAsync(context.Holder(), keyId, IfMatch.Any, cancellationToken);
        return result.Outcome switch
        {
            KeyOutcome.Done => frame.Done(
                context, Here, $"The key of {result.Key?.Name} is revoked: it opens nothing any more.",
                new AuditNote($"Revoked the key '{result.Key?.Name}'", keyId)),
            KeyOutcome.LastOwner => frame.Refused(
                context, Here, "It is the last owner of all projects, and stays: nobody would be left who may do everything."),
            _ => DashboardMessages.NotFound,
        };
    }

    // The configured keys have no names of their own.
    private static async Task<string> NameOfAsync(
        HttpContext context, KeyRegistry registry, string keyId, CancellationToken cancellationToken) =>
        await registry.FindAsync(context.Holder(), keyId, cancellationToken) is { } key ? $"'{key.Name}'" : keyId;

    private static async Task<IResult> WriteAsync(
        HttpContext context, DashboardFrame frame, KeyRegistry registry, IProjectStore projects, TimeProvider time, FormErrors errors,
        CancellationToken cancellationToken)
    {
        var holder = context.Holder();
        var known = await KnownAsync(holder, projects, cancellationToken);
        var moments = new MomentMaker("UTC", time.GetUtcNow());
        var keys = await registry.ListAsync(holder, cancellationToken);
        var fields = Fields(errors, known, holder.Projects.IsAll);
        return new SlicePage(
            People.Create(new PeopleModel(
                frame.Of(context, "People").LeavingOut(keys.SetAside.Count, "key"),
                [.. keys.Items.Select(key => LineOf(key, known, moments, holder))], fields, errors.Others(fields))),
            errors.Status);
    }

    // The few projects of a key are read by name: among many they may not be the first.
    private static async Task<IReadOnlyList<Project>> KnownAsync(
        KeyHolder holder, IProjectStore projects, CancellationToken cancellationToken) =>
        holder.Projects.Ids is { } ids
            ? (await projects.GetSomeAsync(ids, cancellationToken)).Items
            : (await projects.ListAsync(ProjectsShown, null, cancellationToken)).Items;

    private static PersonLine LineOf(ApiKey key, IReadOnlyList<Project> known, MomentMaker moments, KeyHolder you) => new(
        $"{Here}/{key.Id}",
        WebText.Visible(key.Name),
        WireName.Of(RoleScopes.Of(key.Scope)),
        key.Projects.Ids is { } ids
            ? string.Join(
                ", ",
                ids.Select(id => known.FirstOrDefault(each => each.Id == id) is { } one ? WebText.Visible(one.Name) : id.Value))
                    : "all projects",
        moments.Of(key.CreatedAt),
        key.CreatedBy is { } by ? WebText.Visible(by.Name) : null,
        moments.Of(key.LastUsedAt),
        key.Id == you.Id);

    private static Field[] Fields(FormErrors errors, IReadOnlyList<Project> known, bool opensAll) =>
    [
        errors.Named("name", help: "A person, or a program.") with { IsNeeded = true },
        errors.Named("role", WireName.Of(KeyRole.Viewer)) with
        {
            Type = "select",
            Choices = [("viewer", "viewer: reads"), ("editor", "editor: changes links and projects"), ("owner", "owner: also people")],
        },
        errors.Named("projectIds") with
        {
            Type = "select",
            Choices =
            [
                .. opensAll ? [("", "all")] : Array.Empty<(string, string)>(),
                .. known.Select(one => (one.Id.Value, WebText.Visible(one.Name))),
            ],
        },
    ];
}

/// <summary><c>/app/p/{id}/audit</c> and <c>/app/people/audit</c>: who did what.</summary>
internal static class AuditPage
{
    private const int PageSize = 50;
    private const int TextShown = 400;

    public static void MapAuditLog(this IEndpointRouteBuilder project) => project.MapGet("/audit", ShowAsync);

    /// <summary>What was done in the installation: keys, projects made and deleted, failed work.</summary>
    public static async Task<IResult> ShowInstallationAsync(
        HttpContext context, DashboardFrame frame, IAuditStore audit, TimeProvider time, CancellationToken cancellationToken,
        string? cursor = null) =>
        await WriteAsync(
            context, frame.Of(context, "What was done"), null, audit, new MomentMaker("UTC", time.GetUtcNow()), cursor, cancellationToken);

    private static async Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, IAuditStore audit, TimeProvider time, CancellationToken cancellationToken,
        string? cursor = null)
    {
        var project = context.CurrentProject();
        var moments = MomentMaker.Of(project, time.GetUtcNow());
        return await WriteAsync(
            context, frame.Of(context, "What was done", "settings"), project.Id, audit, moments, cursor, cancellationToken);
    }

    /// <summary>Where what an entry is about is shown; null when it has no page.</summary>
    /// <param name="about">An identity, which says by its form of what it is.</param>
    private static string? PathOf(ProjectId? project, string? about)
    {
        if (project is not { } id)
            return about is null ? null : ProjectId.IsValid(about) ? $"/app/p/{about}" : "/app/people";
        var at = $"/app/p/{id}";
        return about is null ? null
            : LinkIdFactory.IsValid(about) ? $"{at}/links/{about}"
            : CaseIds.IsValid(about) ? $"{at}/cases/{about}"
            : about.StartsWith("chn_", StringComparison.Ordinal) ? $"{at}/channels"
            : about == id.Value ? $"{at}/settings"
            : null;
    }

    private static async Task<SlicePage> WriteAsync(
        HttpContext context, Frame frame, ProjectId? project, IAuditStore audit, MomentMaker moments, string? cursor,
        CancellationToken cancellationToken)
    {
        var slice = await audit.ListAsync(project, PageSize, cursor, cancellationToken);
        return new SlicePage(Views.Slices.Audit.Create(new AuditModel(
            frame.LeavingOut(slice.SetAside, "entry", "entries"),
            [
                .. slice.Items
                .Select(entry => new AuditLine(
                    moments.Of(entry.At), WebText.Visible(entry.By.Name),
                    WebText.Cut(WebText.Readable(AuditWords.Readable(entry.What)), TextShown),
                    PathOf(project, entry.About))),
            ],
            Paging.Of(context, slice.Cursor, cursor))));
    }
}
