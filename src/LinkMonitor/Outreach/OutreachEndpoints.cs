using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Keys;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Outreach;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LinkMonitor.Outreach;

/// <summary>Drafts to page owners, and a project's own templates for them.</summary>
internal static class OutreachEndpoints
{
    public static IServiceCollection AddOutreach(this IServiceCollection services) => services.AddSingleton<OutreachCaseFinder>();

    public static void MapOutreach(this IEndpointRouteBuilder api)
    {
        var project = api.MapProject().WithTags("Outreach");
        project.MapGet("/links/{linkId}/outreach", DraftAsync).RequireAuthorization(KeyPolicies.Read)
            .WithSummary("A draft to the owner of the page, for a link that is lost or changed or was never there")
            .WithDescription("When there is nothing to ask for or nobody to ask, isNeeded is false and note says why.");
        var templates = project.MapGroup("/outreach-templates");
        templates.MapGet("/", ListAsync)
            .RequireAuthorization(KeyPolicies.Read)
            .WithSummary("All templates: the project's own, and the built-in ones for the rest");
        templates.MapGet("/{name}", GetAsync).RequireAuthorization(KeyPolicies.Read).WithSummary("One template");
        templates.MapPut("/{name}", PutAsync).RequireAuthorization(KeyPolicies.Write).WithSummary("Replace a built-in template with "
            + "your own");
        templates.MapDelete("/{name}", DeleteAsync).RequireAuthorization(KeyPolicies.Write).WithSummary("Go back to the built-in template");
    }

    private static async Task<Results<Ok<OutreachDraft>, ProblemHttpResult>> DraftAsync(
        string projectId,
        string linkId,
        HttpContext context,
        ILinkStore links,
        OutreachCaseFinder cases,
        CancellationToken cancellationToken)
    {
        if (await links.FindAsync(context, linkId, cancellationToken) is not { } link)
            return RouteLink.NotFound(linkId);

        return TypedResults.Ok(await cases.DraftAsync(context.CurrentProject(), link, cancellationToken));
    }

    private static async Task<Ok<SliceView<OutreachTemplateView>>> ListAsync(
        string projectId, HttpContext context, IOutreachTemplateStore templates, CancellationToken cancellationToken)
    {
        var own = await templates.ListAsync(context.CurrentProject().Id, cancellationToken).ToDictionaryAsync(
            row => row.Key, cancellationToken: cancellationToken);

        // Ours in the place of one that cannot be read would say that the project has none of its own.
        return TypedResults.Ok(new SliceView<OutreachTemplateView>(
            [
                .. BuiltInTemplates.All.Where(ours => !own.TryGetValue(ours.Name, out var row) || row.IsRead)
                .Select(ours => OutreachTemplateView.Of(own.GetValueOrDefault(ours.Name).Item ?? ours, own.ContainsKey(ours.Name))),
            ], null, own.Values.Count(row => !row.IsRead)));
    }

    private static async Task<Results<Ok<OutreachTemplateView>, ProblemHttpResult>> GetAsync(
        string projectId, string name, HttpContext context, IOutreachTemplateStore templates, CancellationToken cancellationToken)
    {
        if (BuiltInTemplates.Find(name) is not { } ours)
            return UnknownName(name);
        var own = await templates.GetAsync(context.CurrentProject().Id, name, cancellationToken);
        return TypedResults.Ok(OutreachTemplateView.Of(own ?? ours, own is not null));
    }

    private static async Task<Results<Ok<OutreachTemplateView>, ValidationProblem, ProblemHttpResult>> PutAsync(
        string projectId,
        string name,
        Body<OutreachTemplateRequest> body,
        HttpContext context,
        IOutreachTemplateStore templates,
        CancellationToken cancellationToken)
    {
        if (BuiltInTemplates.Find(name) is null)
            return UnknownName(name);
        var errors = body.Errors;
        var template = OutreachTemplateReader.Read(name, body.Value, errors);
        if (errors.Any)
            return Problems.Invalid(errors.ToDictionary());

        var own = await templates.GetAsync(context.CurrentProject().Id, name, cancellationToken);
        await templates.PutAsync(context.CurrentProject().Id, template, cancellationToken);
        context.Audit(own == template ? null : new AuditNote($"Changed the outreach template '{name}'", name));
        return TypedResults.Ok(OutreachTemplateView.Of(template, true));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string projectId, string name, HttpContext context, IOutreachTemplateStore templates, CancellationToken cancellationToken)
    {
        if (BuiltInTemplates.Find(name) is null)
            return UnknownName(name);
        context.Audit($"Went back to the built-in outreach template '{name}'", name);
        return await templates.DeleteAsync(context.CurrentProject().Id, name, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound($"The project has no template '{name}' of its own.");
    }

    private static ProblemHttpResult UnknownName(string name) =>
        Problems.NotFound($"There is no template '{name}'. Known templates: {string.Join(", ", OutreachNames.All)}.");
}
