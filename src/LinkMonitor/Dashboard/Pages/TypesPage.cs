using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Filtering;
using LinkMonitor.LinkTypes;
using LinkMonitor.Projects;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;
using LinkMonitor.Views.Slices;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary><c>/app/p/{id}/types</c>: the types of a project's links, what they expect, and what of them is mailed at once.</summary>
internal static class TypesPage
{
    public static void MapLinkTypes(this IEndpointRouteBuilder project)
    {
        project.MapGet("/types", ShowAsync);
        var forms = project.MapGroup("/types").RequireAuthorization(SessionScheme.Editor);
        forms.MapGet("/new", (HttpContext context, DashboardFrame frame) => Form(context, frame, null, [], new FormErrors()));
        forms.MapPost("/", AddAsync);
        forms.MapGet("/{typeKey}/edit", EditAsync);
        forms.MapPost("/{typeKey}", SaveAsync);
        forms.MapPost("/{typeKey}/delete", DeleteAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext context, DashboardFrame frame, TypeRegistry registry, LinkLists lists, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        if (await lists.OpenSoonAsync(project, cancellationToken) is not { } listing)
            return LoadingPage.Of(context, frame, lists, "Types of links", "settings");
        var types = await registry.ReadAsync(project.Id, cancellationToken);
        return new SlicePage(Types.Create(new TypesModel(
            frame.Of(context, "Types of links", "settings").LeavingOut(types.Unreadable, "type"),
            [.. types.All.Select(type => LineOf(project, type, listing))])));
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, DashboardFrame frame, TypeRegistry registry, CancellationToken cancellationToken)
    {
        var body = BodyOf(context.Request.Form);
        var result = await registry.CreateAsync(context.CurrentProject().Id, body, cancellationToken);
        return result switch
        {
            { Outcome: TypeOutcome.Done, Type: { } type } =>
                frame.Done(
                    context, Path(context.CurrentProject()), $"{TypeWords.Made(type)}.", new AuditNote(TypeWords.Made(type), type.Key)),
            { Outcome: TypeOutcome.Invalid } => Form(context, frame, null, [], FormErrors.Of(body.Errors, context.Request.Form)),
            _ => frame.Refused(context, Path(context.CurrentProject()), $"Nothing was made. {TypeWords.Why(result)}"),
        };
    }

    private static async Task<IResult> EditAsync(
        HttpContext context, string typeKey, DashboardFrame frame, TypeRegistry registry, LinkLists lists,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        return (await registry.ReadAsync(project.Id, cancellationToken)).Find(typeKey) is { } type
            ? Form(context, frame, type, FollowersOf(await lists.OpenAsync(project, cancellationToken), type), new FormErrors())
            : DashboardMessages.NotFound;
    }

    private static async Task<IResult> SaveAsync(
        HttpContext context, string typeKey, DashboardFrame frame, TypeRegistry registry, LinkLists lists,
        CancellationToken cancellationToken)
    {
        var (project, form) = (context.CurrentProject(), context.Request.Form);
        var body = BodyOf(form);
        var match = form.Shown();
        var result = await registry.ChangeAsync(project.Id, typeKey, match, body, cancellationToken);
        if (result is { Outcome: TypeOutcome.Done, Type: { } type })
            return frame.Changed(
                context, Path(project), $"The type '{type.Name}' is changed. Its links follow with their next check.",
                TypeWords.Changed(result.Was!, type));
        if (result.Outcome == TypeOutcome.NotFound && form.Text(DashboardForm.ShownField).Length > 0)
            return Form(
                context, frame, null, [],
                FormErrors.Stale(
                    form,
                    "Somebody deleted this type since you opened the page, and nothing of yours is saved. Save to make it again, as a new "
                        + "type."));
        return result.Outcome is TypeOutcome.Invalid or TypeOutcome.Stale
            && (await registry.ReadAsync(project.Id, cancellationToken)).Find(typeKey) is { } standing
            ? Form(
                context, frame, standing, FollowersOf(await lists.OpenAsync(project, cancellationToken), standing),
                result.Outcome == TypeOutcome.Stale ? FormErrors.Stale(form) : FormErrors.Of(body.Errors, form))
            : DashboardMessages.NotFound;
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext context, string typeKey, DashboardFrame frame, TypeRegistry registry, LinkLists lists,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var match = context.Request.Form.Shown();
        var result = await registry.DeleteAsync(
            project.Id, typeKey, match, await lists.OpenAsync(project, cancellationToken), cancellationToken);
        return result switch
        {
            { Outcome: TypeOutcome.Done, Type: { } type } => frame.Done(
                context, Path(project), $"{TypeWords.Deleted(type)}.", new AuditNote(TypeWords.Deleted(type), type.Key)),
            { Outcome: TypeOutcome.NotFound } => DashboardMessages.NotFound,
            _ => frame.Refused(context, Path(project), $"Nothing was deleted. {TypeWords.Why(result)}"),
        };
    }

    // What the form calls "as first seen" says nothing, which is null in the API; what is not watched is in its list.
    private static Body<TypeRequest> BodyOf(IFormCollection form)
    {
        var json = ExpectationForm.Read(new FormBody(form).Text("name"), form, resets: true);
        json.Value("atOnce", new System.Text.Json.Nodes.JsonArray(
            [.. form["atOnce"].OfType<string>().Select(topic => (System.Text.Json.Nodes.JsonNode)topic)]));
        return Body<TypeRequest>.Read(json.ToJson(), new FieldErrors());
    }

    private static SlicePage Form(
        HttpContext context, DashboardFrame frame, LinkType? type, IReadOnlyList<string> follows, FormErrors errors)
    {
        var project = context.CurrentProject();
        var fields = Fields(type, errors);
        var stored = type?.AtOnce ?? TypeTopics.Default;
        var boxes = errors.Named("atOnce", string.Join(',', TypeTopics.All.Where(topic => stored.Contains(topic))));
        var chosen = boxes.Value.Split(',');
        bool? IsStored(string topic) => boxes.Stored is not null && stored.Contains(topic) != chosen.Contains(topic)
            ? stored.Contains(topic) : null;
        return new SlicePage(
            TypeForm.Create(new TypeFormModel(
                frame.Of(context, type is null ? "Add a type of links" : $"Change the type {type.Name}", "settings"),
                type is null ? Path(project) : $"{Path(project)}/{Uri.EscapeDataString(type.Key)}",
                fields,
                [.. TypeTopics.All.Select(topic => new TopicBox(topic, WordsOf(topic), chosen.Contains(topic, StringComparer.Ordinal))
                {
                    IsStored = IsStored(topic),
                })],
                follows,
                [.. errors.Others([.. fields, boxes]), .. boxes.Error is { } wrong ? [wrong] : Array.Empty<string>()])
            {
                Shown = errors.Over(type is null ? "" : TypeRegistry.VersionOf(type), [.. fields, boxes]),
                Second = SecondOf(project, type),
            }),
            errors.Status);
    }

    private static SecondForm? SecondOf(Project project, LinkType? type) => type switch
    {
        { IsBuiltIn: true, ETag: not null } => new SecondForm(
            $"{Path(project)}/{Uri.EscapeDataString(type.Key)}/delete", "Go back to ours",
            "The type is as it comes again. Its links follow with their next check."),
        { IsBuiltIn: false } => new SecondForm(
            $"{Path(project)}/{Uri.EscapeDataString(type.Key)}/delete", "Delete the type",
            "Only a type that no link has can be deleted."),
        _ => null,
    };

    private static IReadOnlyList<Field> Fields(LinkType? type, FormErrors errors)
    {
        var parts = ExpectationForm.Fields(
            errors,
            type is null ? new(default, default, default, default) : new(type.Rel, type.Anchor, type.Placement, type.Indexable),
            "as first seen");
        return type is { IsBuiltIn: true }
            ? parts
            : [errors.Named("name", type?.Name ?? "", "The key of a new type is made of it.") with { IsNeeded = true }, .. parts];
    }

    private static TypeLine LineOf(Project project, LinkType type, LinkListing listing) => new(
        type.Key,
        WebText.Visible(type.Name),
        type switch { { IsBuiltIn: false } => "your own", { ETag: null } => "built in", _ => "built in, changed here" },
        [.. ExpectsOf(type)],
        type.AtOnce.Count == 0 ? "nothing"
            : type.AtOnce.ToHashSet(StringComparer.Ordinal).SetEquals(TypeTopics.Default)
                ? "lost, gone, no longer followed, noindex, target broken"
                : string.Join(", ", type.AtOnce.Select(WordsOf)),
        TypeRegistry.CountLinks(listing, type),
        LinkListPage.PathOf(project, FilterLine.Of([FilterTerm.Of(FilterBy.Type, type.Key)])),
        EditPath(project, type.Key));

    private static IEnumerable<string> ExpectsOf(LinkType type)
    {
        if (RelText.Write(type.Rel) is { } rel)
            yield return $"rel: {rel}";
        if (type.Anchor.Kind != ExpectedKind.AsFirstSeen)
            yield return $"anchor: {(type.Anchor.Kind == ExpectedKind.Any ? "any" : WebText.Short(type.Anchor.Value!, 80))}";
        if (type.Placement.Kind != ExpectedKind.AsFirstSeen)
            yield return $"place: {ExpectationForm.NameOf(type.Placement, WireName.Of)}";
        if (type.Indexable.Kind != ExpectedKind.AsFirstSeen)
            yield return type.Indexable.Kind == ExpectedKind.Any ? "indexed or not"
                : type.Indexable.Value ? "may be indexed" : "is not to be indexed";
    }

    // Which links follow a change, and which do not.
    private static List<string> FollowersOf(LinkListing listing, LinkType type)
    {
        var links = listing.Matching(FilterLine.Of([FilterTerm.Of(FilterBy.Type, type.Key)]));
        if (links.Count == 0)
            return [];
        List<string> told =
        [
            (links.Count == 1 ? "1 link has this type. It follows a change with its next check"
                : $"{CountText.Of(links.Count, "link")} have this type. They follow a change with their next check")
                + ", in every part that was not given for the link itself; what was given stays.",
        ];
        told.AddRange(new (ExpectationParts Part, string Name, bool IsSaid)[]
        {
            (ExpectationParts.Rel, "Rel", type.Rel.Kind != default), (ExpectationParts.Anchor, "Anchor", type.Anchor.Kind != default),
            (ExpectationParts.Placement, "Placement", type.Placement.Kind != default),
            (ExpectationParts.Indexable, "May be indexed", type.Indexable.Kind != default),
        }
        .Where(one => one.IsSaid)
        .Select(one => (one.Name, Following: links.Count(link => link.TypeParts.HasFlag(one.Part))))
        .Select(one => $"{one.Name}: {Follow(one.Following)} the type, {CountText.Of(links.Count - one.Following, "link")} with one of "
            + $"{(links.Count - one.Following == 1 ? "its" : "their")} own {(links.Count - one.Following == 1 ? "does" : "do")} not."));
        told.Add("What their pages were like before the change is shown from then on, and nobody is notified of it.");
        return told;
    }

    private static string WordsOf(string topic) => topic switch
    {
        TypeTopics.NotFollowed => "nofollow, sponsored or ugc where a followed link is expected",
        TypeTopics.Unreachable => "could not be seen for long",
        _ when WireName.TryParse<ReasonCode>(topic, out var code) => code switch
        {
            ReasonCode.RelChanged => "any other change of rel",
            ReasonCode.AnchorChanged => "another anchor",
            ReasonCode.TargetChanged => "another address of your site",
            ReasonCode.PlacementChanged => "another place on the page",
            _ => ReasonWords.Label(code, Language.English),
        },
        _ => topic,
    };

    private static string Follow(int count) => $"{CountText.Of(count, "link")} {(count == 1 ? "follows" : "follow")}";

    private static string Path(Project project) => $"/app/p/{project.Id}/types";

    private static string EditPath(Project project, string key) => $"{Path(project)}/{Uri.EscapeDataString(key)}/edit";
}
