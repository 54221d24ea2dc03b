using LinkMonitor.Api;
using LinkMonitor.Auditing;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Exports;
using LinkMonitor.Filtering;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.SavedViews;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/exports</c>: links as files, and the secret addresses of views.</summary>
internal static class ExportsPage
{
    private const int NameLength = 80;
    private const int ProblemLength = 400;

    public static void MapExportPages(this IEndpointRouteBuilder project)
    {
        project.MapGet("/exports", (
                HttpContext context, DashboardFrame frame, LinkLists lists, NamedTypes types, ExportAddressBook book,
                ViewRegistry views, TimeProvider time, CancellationToken cancellationToken, string? q = null) =>
            ShowAsync(context, frame, lists, types, book, views, new FormErrors(), time.GetUtcNow(), q, cancellationToken));
        project.MapPost("/exports", MakeAsync).RequireAuthorization(SessionScheme.Editor);
        project.MapPost("/exports/{addressId}/revoke", RevokeAsync).RequireAuthorization(SessionScheme.Editor);
        foreach (var format in Enum.GetValues<ExportFormat>())
            project.MapGet($"/export.{WireName.Of(format)}", (
                    HttpContext context, LinkExport export, LinkLists lists, NamedTypes types, TimeProvider time,
                    CancellationToken cancellationToken, string? q = null) =>
                DownloadAsync(format, context, export, lists, types, time, q, cancellationToken));
    }

    /// <summary>The links of a line as files: what the button says, and where the file is.</summary>
    public static IReadOnlyList<(string Words, string Path)> FilesOf(Project project, string line)
    {
        var query = line.Length == 0 ? string.Empty : $"?q={Uri.EscapeDataString(line)}";
        return
        [
            ("CSV", $"/app/p/{project.Id}/export.csv{query}"), ("Excel", $"/app/p/{project.Id}/export.xlsx{query}"),
            ("JSON lines", $"/app/p/{project.Id}/export.jsonl{query}"),
        ];
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, LinkLists lists, NamedTypes types, ExportAddressBook book, ViewRegistry views,
        FormErrors errors, DateTimeOffset now, string? q, CancellationToken cancellationToken)
    {
        var (project, holder) = (context.CurrentProject(), context.Holder());
        if (await lists.OpenSoonAsync(project, cancellationToken) is not { } listing)
            return LoadingPage.Of(context, frame, lists, "Exports", "links");
        var reading = await types.ReadAsync(project, q, cancellationToken);
        var moments = MomentMaker.Of(project, now);
        var (saved, made) = (
            await views.ListAsync(project.Id, holder, cancellationToken), await book.ListAsync(project, holder, cancellationToken));
        var fields = Fields(errors, saved.Items);
        return new SlicePage(Views.Slices.Exports.Create(new ExportsModel
        {
            Frame = frame.Of(context, "Exports", "links").LeavingOut(listing.Snapshot.Unreadable.Count, "link")
                .LeavingOut(saved.SetAside.Count, "view").LeavingOut(made.SetAside.Count, "address", "addresses"),
            Filter = q ?? "",
            FilterProblems = [.. reading.Problems.Select(problem => WebText.Cut(problem, ProblemLength))],
            Found = reading.Line is { } line ? listing.Count(line) : 0,
            Files = FilesOf(project, reading.Line?.Text ?? ""),
            Addresses =
            [
                .. made.Items.Select(one => new AddressLine(
                    ExportFiles.WordsOf(one.Address.Gives), one.View is { } view ? WebText.Visible(view) : "a view that you do not see",
                    WebText.Visible(one.Address.By.Name), moments.Of(one.Address.CreatedAt),
                    one.Address.OpenedAt is { } opened ? moments.Of(opened) : null,
                    $"/app/p/{project.Id}/exports/{one.Address.Id}/revoke")),
            ],
            Fields = fields,
            Problems = errors.Others(fields),
        }), errors.Status);
    }

    private static List<Field> Fields(FormErrors errors, IReadOnlyList<SavedView> saved) =>
    [
        errors.Field("view", "View") with
        {
            Type = "select",
            Choices =
            [
                ("", ExportAddressBook.AllLinks), .. BuiltInViews.All.Select(view => (view.Id, view.Name)),
                .. saved.Select(view => (view.Id, WebText.Short(view.Name, NameLength))),
            ],
        },
        errors.Field("gives", "What it gives") with
        {
            Type = "select",
            Choices = [.. Enum.GetValues<ExportGift>().Select(gives => (WireName.Of(gives), ExportFiles.WordsOf(gives)))],
        },
    ];

    private static async Task<IResult> MakeAsync(
        HttpContext context, DashboardFrame frame, ExportAddressBook book, CancellationToken cancellationToken)
    {
        var (project, form) = (context.CurrentProject(), context.Request.Form);
        var back = $"/app/p/{project.Id}/exports";
        var gives = WireName.TryParse<ExportGift>(form.Text("gives"), out var wanted) ? wanted : ExportGift.Csv;
        var view = form.Text("view") is { Length: > 0 } id ? id : null;
        var made = await book.MakeAsync(project, context.Holder(), gives, view, cancellationToken);
        return made switch
        {
            { Address: { } address, Url: { } url } => frame.Done(
                context, back, "The address is made. It is shown this once: only a hash of it is kept.",
                new AuditNote(AddressWords.Made(address), address.Id), secret: url.AbsoluteUri),
            { Outcome: AddressOutcome.NoView } => frame.Refused(context, back, $"Nothing was made. {AddressWords.NoView}"),
            { Outcome: AddressOutcome.TooMany } => frame.Refused(
                context, back, $"Nothing was made: the project has as many addresses as it can. {AddressWords.TooMany}"),
            _ => frame.Refused(
                context, back, $"Nothing was made: this installation has no public address. {AddressWords.NoPublicUrl}"),
        };
    }

    private static async Task<IResult> RevokeAsync(
        string addressId, HttpContext context, DashboardFrame frame, ExportAddressBook book, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        return await book.RevokeAsync(project, addressId, cancellationToken) is { } address
            ? frame.Done(
                context, $"/app/p/{project.Id}/exports", "The address is revoked.",
                new AuditNote(AddressWords.Revoked(address), address.Id))
            : DashboardMessages.NotFound;
    }

    private static async Task<IResult> DownloadAsync(
        ExportFormat format, HttpContext context, LinkExport export, LinkLists lists, NamedTypes types, TimeProvider time, string? q,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        // What is wrong with a filter is said where it can be mended.
        if ((await types.ReadAsync(project, q, cancellationToken)).Line is not { } line)
            return Results.LocalRedirect($"/app/p/{project.Id}/exports?q={Uri.EscapeDataString(q ?? "")}");
        var listing = await lists.OpenAsync(project, cancellationToken);
        return export.Answer(context, listing, line, format, withMark: true, ExportEndpoints.FileName(project.Name, time.GetUtcNow()));
    }
}

/// <summary><c>/app/p/{id}/disavow</c>: what such a file is for, what would be in one, and the file once its project was named.</summary>
internal static class DisavowPage
{
    private const int Shown = 200;
    private const int PageLength = 200;
    private const string Yes = "yes";

    public static void MapDisavowPages(this IEndpointRouteBuilder project)
    {
        project.MapGet("/disavow", AskAsync).RequireAuthorization(SessionScheme.Editor);
        project.MapPost("/disavow", MakeAsync).RequireAuthorization(SessionScheme.Editor);
    }

    private static Task<IResult> AskAsync(
        HttpContext context, DashboardFrame frame, LinkLists lists, NamedTypes types, CancellationToken cancellationToken,
        string? of = null,
        string? scope = null, string? wanted = null)
    {
        var request = new DisavowRequest { Filter = of, Scope = ScopeOf(scope), WithWanted = wanted == Yes };
        return ShowAsync(context, frame, lists, types, request, new FieldErrors(), isAsked: of is not null, cancellationToken);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, LinkLists lists, NamedTypes types, DisavowRequest request, FieldErrors errors,
        bool isAsked,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var unread = new FieldErrors();
        var read = isAsked ? await DisavowEndpoints.ReadAsync(project, request, lists, types, unread, cancellationToken) : null;
        var said = errors.ToDictionary().Concat(unread.ToDictionary()).ToLookup(field => field.Key, field => field.Value);
        string? Said(string field) => said.Contains(field) ? string.Join(' ', said[field].SelectMany(problems => problems)) : null;
        Field[] fields =
        [
            new("of", "Filter", request.Filter ?? $"tag:{DisavowFile.Tag}", Said("filter"), IsNeeded: true),
            new("scope", "What", WireName.Of(request.Scope ?? DisavowScope.Domain), Type: "select")
            {
                Choices = [("domain", "whole domains"), ("url", "single pages")],
            },
            new("wanted", $"Links without the tag “{DisavowFile.Tag}”", request.WithWanted is true ? Yes : "", Type: "select")
            {
                Choices = [("", "leave them out"), (Yes, "take them, too: I know that they are not wanted")],
            },
        ];
        return new SlicePage(
            Views.Slices.Disavow.Create(new DisavowModel(
                frame.Of(context, "Disavow file", "links").LeavingOut(read?.File.Unreadable ?? 0, "link"), fields, [],
                read is null ? null : new Field(
                    "confirm", "To go on, type the name of the project", Error: Said("confirm"),
                    Help: WebText.Visible(project.Name), IsNeeded: true),
                [.. read?.File.Lines.Take(Shown).Select(line => WebText.Short(line, PageLength)) ?? []], read?.File.Lines.Count ?? 0,
                [.. read?.File.Left.Take(Shown).Select(link => (WebText.Short(link.Page, PageLength), WordsOf(link.Why))) ?? []],
                read?.File.Left.Count ?? 0,
                [("of", request.Filter ?? ""), ("scope", fields[1].Value), ("wanted", fields[2].Value)])),
            errors.Any ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    private static async Task<IResult> MakeAsync(
        HttpContext context, DashboardFrame frame, LinkLists lists, NamedTypes types, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (project, form, errors) = (context.CurrentProject(), context.Request.Form, new FieldErrors());
        var request = new DisavowRequest
        {
            Filter = form.Text("of"),
            Scope = ScopeOf(form.Text("scope")),
            WithWanted = form.Text("wanted") == Yes,
            Confirm = form.Text("confirm"),
        };
        var read = await DisavowEndpoints.ReadAsync(project, request, lists, types, new FieldErrors(), cancellationToken);
        DisavowEndpoints.CheckConfirmed(project, request, read?.File, errors);
        return errors.Any || read is not { } made
            ? await ShowAsync(context, frame, lists, types, request, errors, isAsked: true, cancellationToken)
            : DisavowEndpoints.Answer(context, project, made, time.GetUtcNow());
    }

    private static DisavowScope? ScopeOf(string? text) => WireName.TryParse<DisavowScope>(text, out var scope) ? scope : null;

    private static string WordsOf(DisavowLeft why) => why switch
    {
        DisavowLeft.Wanted => $"it does not have the tag “{DisavowFile.Tag}”",
        DisavowLeft.SharesDomain => "another link of yours is on its domain",
        _ => "its URL is longer than Google takes",
    };
}
