using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.LinkTypes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.LinkTypes;

/// <summary>
/// The routes under <c>/api/v1/projects/{id}/types</c>: what is expected of links of one kind, and what of them is urgent.
/// </summary>
internal static class TypeEndpoints
{
    public static IServiceCollection AddLinkTypes(this IServiceCollection services) => services.AddSingleton<TypeRegistry>();

    public static void MapLinkTypes(this IEndpointRouteBuilder api)
    {
        var types = api.MapProject().MapGroup("/types").WithTags("Types");
        types.MapGet("/", ListAsync).RequireAuthorization(KeyPolicies.Read)
            .WithSummary("The types of links: the built-in ones, and the project's own");
        types.MapPost("/", CreateAsync).RequireAuthorization(KeyPolicies.Write)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Make a type of your own")
            .WithDescription("A project has at most 50 of its own. Its key is made of its name.");
        types.MapGet("/{typeKey}", GetAsync).RequireAuthorization(KeyPolicies.Read).WithSummary("One type");
        types.MapPatch("/{typeKey}", ChangeAsync).RequireAuthorization(KeyPolicies.Write)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithSummary("Change what a type expects, and what of it is reported at once")
            .WithDescription(
                "Fields that are absent stay; null sets a part back. Links of the type follow with their next check, in the parts that "
                    + "were "
                    + "not given for the link itself. What a page was like before is shown then and reported to nobody. If-Match names the "
                    + "version that you have read.");
        types.MapDelete("/{typeKey}", DeleteAsync).RequireAuthorization(KeyPolicies.Write)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithSummary("Delete a type that no link has, or make a built-in one as it comes again");
    }

    private static async Task<Ok<SliceView<TypeView>>> ListAsync(
        string projectId, HttpContext context, TypeRegistry registry, LinkLists lists, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var listing = await lists.OpenAsync(project, cancellationToken);
        var types = await registry.ReadAsync(project.Id, cancellationToken);
        return TypedResults.Ok(new SliceView<TypeView>([.. types.All.Select(type => ViewOf(type, listing))], null, types.Unreadable));
    }

    private static async Task<Results<Ok<TypeView>, ProblemHttpResult>> GetAsync(
        string projectId, string typeKey, HttpContext context, TypeRegistry registry, LinkLists lists,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        return (await registry.ReadAsync(project.Id, cancellationToken)).Find(typeKey) is { } type
            ? Shown(context, type, await lists.OpenAsync(project, cancellationToken))
            : TypeWords.Refusal(new TypeResult(TypeOutcome.NotFound), typeKey);
    }

    private static async Task<Results<Created<TypeView>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        string projectId, Body<TypeRequest> body, HttpContext context, TypeRegistry registry, CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var result = await registry.CreateAsync(project.Id, body, cancellationToken);
        if (result.Outcome == TypeOutcome.Invalid)
            return Problems.Invalid(body.Errors.ToDictionary());
        if (result is not { Outcome: TypeOutcome.Done, Type: { } type })
            return TypeWords.Refusal(result, "");
        context.Audit(TypeWords.Made(type), type.Key);
        IfMatch.Tell(context.Response, TypeRegistry.VersionOf(type));
        return TypedResults.Created(
            $"/api/v1/projects/{project.Id}/types/{Uri.EscapeDataString(type.Key)}", TypeView.Of(type, 0));
    }

    private static async Task<Results<Ok<TypeView>, ValidationProblem, ProblemHttpResult>> ChangeAsync(
        string projectId, string typeKey, Body<TypeRequest> body, HttpContext context, TypeRegistry registry, LinkLists lists,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var result = await registry.ChangeAsync(project.Id, typeKey, IfMatch.Of(context.Request), body, cancellationToken);
        if (result.Outcome == TypeOutcome.Invalid)
            return Problems.Invalid(body.Errors.ToDictionary());
        if (result is not { Outcome: TypeOutcome.Done, Type: { } type })
            return TypeWords.Refusal(result, typeKey);
        context.Audit(TypeWords.Changed(result.Was!, type));
        return Shown(context, type, await lists.OpenAsync(project, cancellationToken));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string projectId, string typeKey, HttpContext context, TypeRegistry registry, LinkLists lists,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var result = await registry.DeleteAsync(
            project.Id, typeKey, IfMatch.Of(context.Request), await lists.OpenAsync(project, cancellationToken), cancellationToken);
        if (result is not { Outcome: TypeOutcome.Done, Type: { } type })
            return TypeWords.Refusal(result, typeKey);
        context.Audit(TypeWords.Deleted(type), type.Key);
        return TypedResults.NoContent();
    }

    private static Ok<TypeView> Shown(HttpContext context, LinkType type, LinkListing listing)
    {
        var view = ViewOf(type, listing);
        IfMatch.Tell(context.Response, view.Version);
        return TypedResults.Ok(view);
    }

    private static TypeView ViewOf(LinkType type, LinkListing listing) => TypeView.Of(type, TypeRegistry.CountLinks(listing, type));
}

/// <summary>What is said of types in the API, the dashboard and the audit log.</summary>
internal static class TypeWords
{
    public static string Made(LinkType type) => $"Made the type '{type.Name}'";

    /// <summary>What the audit log says of a change; null when nothing changed.</summary>
    public static AuditNote? Changed(LinkType before, LinkType after) =>
        TypeView.Difference(before, after).Note($"of the type '{after.Name}'", after.Key);

    public static string Deleted(LinkType type) =>
        type.IsBuiltIn ? $"Went back to the built-in type '{type.Name}'" : $"Deleted the type '{type.Name}'";

    /// <summary>The types as the choices of a field; one that is not known is there while it is chosen.</summary>
    /// <param name="chosen">Null for none.</param>
    public static IReadOnlyList<(string Value, string Words)> Choices(ProjectTypes types, string? chosen) =>
    [
        ("", "none"), .. types.All.Select(type => (type.Key, type.Name)),
        .. chosen is null || types.Find(chosen) is not null ? [] : new[] { (chosen, chosen) },
    ];

    /// <summary>Why nothing was done, in a sentence; the links of a type that is in use are counted in it.</summary>
    public static string Why(TypeResult result) => result.Outcome switch
    {
        TypeOutcome.InUse => $"{CountText.Of(result.Links, "link")} {(result.Links == 1 ? "has" : "have")} this type. Give "
            + $"{(result.Links == 1 ? "it" : "them")} another one first.",
        TypeOutcome.BuiltIn => "It is built in, and as it comes: it cannot be deleted.",
        TypeOutcome.TooMany => $"A project has at most {TypeRegistry.MaxOwn} types of its own. Delete one first.",
        TypeOutcome.Stale => "Somebody changed it since it was read.",
        _ => "There is no such type.",
    };

    public static ProblemHttpResult Refusal(TypeResult result, string key) => result.Outcome switch
    {
        TypeOutcome.Stale => IfMatch.Refused(),
        TypeOutcome.InUse => Problems.Conflict("Links have this type.", Why(result)),
        TypeOutcome.BuiltIn => Problems.Conflict("A built-in type cannot be deleted.", Why(result)),
        TypeOutcome.TooMany => Problems.Conflict("The project has as many types as it can.", Why(result)),
        _ => Problems.NotFound($"The project has no type '{FieldErrors.Cut(key)}'."),
    };
}
