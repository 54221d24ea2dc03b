using System.Text.Json;
using LinkMonitor.Api;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Links;

/// <summary>Registers an array of links; a broken item does not keep the others out.</summary>
internal sealed class LinkBatch(LinkRegistry registry, LinkRequestReader reader)
{
    public const int MaxItems = 1000;
    private const int AtATime = 16;

    public async Task<LinkBatchResult> RegisterAsync(Project project, JsonElement items, CancellationToken cancellationToken)
    {
        var results = new LinkItemResult[items.GetArrayLength()];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(items.EnumerateArray().Index(), parallel, async (item, token) =>
            results[item.Index] = await RegisterAsync(project, item.Index, item.Item, token));
        return LinkBatchResult.Of(results);
    }

    /// <summary>Registers one item, of a batch or alone.</summary>
    public async Task<LinkItemResult> RegisterAsync(
        Project project, int index, JsonElement item, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var draft = Read(item, errors);
        if (draft is null)
            return Invalid(index, errors);

        var (outcome, link) = await registry.RegisterAsync(project, draft, cancellationToken);
        return new LinkItemResult
        {
            Index = index,
            Status = outcome == RegistrationOutcome.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK,
            Outcome = outcome,
            Link = LinkView.Of(link),
        };
    }

    private LinkDraft? Read(JsonElement item, FieldErrors errors)
    {
        var request = LinkJson.Read(item, errors);
        return request is null ? null : reader.Read(request, errors);
    }

    private static LinkItemResult Invalid(int index, FieldErrors errors) => new()
    {
        Index = index,
        Status = StatusCodes.Status400BadRequest,
        Outcome = RegistrationOutcome.Invalid,
        Problem = new HttpValidationProblemDetails(errors.ToDictionary())
        {
            Status = StatusCodes.Status400BadRequest,
            Title = "The link is not valid.",
        },
    };
}
