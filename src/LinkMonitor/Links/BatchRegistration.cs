using System.Text.Json;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Links;

/// <summary>
/// Registers an array of links; a broken item does not keep the others out. Links on pages that nobody watches yet are written together,
/// the others one by one.
/// </summary>
internal sealed class BatchRegistration(
    LinkRegistry registry, ManyLinks many, LinkRequestReader reader, ILinkTypeStore types, IPageStore pages)
{
    public const int MaxItems = 1000;
    private const int PagesAtATime = 16;

    public async Task<LinkBatchResult> RegisterAsync(Project project, JsonElement items, CancellationToken cancellationToken)
    {
        var results = new LinkItemResult[items.GetArrayLength()];
        var drafts = Read(items, await types.ReadAsync(project.Id, cancellationToken), results);

        // Of a link that is there twice the first is new; the other says what becomes of it then.
        var first = drafts.DistinctBy(item => item.Draft.Id).ToList();
        var added = await many.RegisterNewAsync(project, [.. first.Select(item => item.Draft)], cancellationToken);
        foreach (var (index, draft) in first)
        {
            if (added.TryGetValue(draft.Id, out var link))
                results[index] = Result(index, draft, new Registration(RegistrationOutcome.Created, link));
        }

        var rest = drafts.Where(item => results[item.Index] is null);
        await EachAsync(project, rest, results, registry.RegisterAsync, cancellationToken);
        return LinkBatchResult.Of(results);
    }

    /// <summary>What registering would do now, item by item. Writes nothing.</summary>
    public async Task<LinkBatchResult> PlanAsync(Project project, JsonElement items, CancellationToken cancellationToken)
    {
        var results = new LinkItemResult[items.GetArrayLength()];
        var drafts = Read(items, await types.ReadAsync(project.Id, cancellationToken), results);
        await EachAsync(project, drafts, results, registry.PlanAsync, cancellationToken);
        return LinkBatchResult.Of(results);
    }

    private async Task EachAsync(
        Project project,
        IEnumerable<(int Index, LinkDraft Draft)> drafts,
        LinkItemResult[] results,
        Func<Project, LinkDraft, CancellationToken, Task<Registration>> act,
        CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = PagesAtATime, CancellationToken = cancellationToken };

        // Links of one page are registered one after the other: side by side they would only fight for the page's row.
        await Parallel.ForEachAsync(drafts.GroupBy(item => PageRowKeys.For(item.Draft.Page)), parallel, async (page, token) =>
        {
            var created = new List<WatchedLink>();
            foreach (var (index, draft) in page)
            {
                if (await LinkRegistry.IfReadableAsync(act(project, draft, token)) is not { } registered)
                {
                    results[index] = Unreadable(index);
                    continue;
                }

                results[index] = Result(index, draft, registered);
                if (registered is { Outcome: RegistrationOutcome.Created, Link: { ETag: not null } link })
                    created.Add(link);
            }

            // One alone is read with one request, too.
            if (created.Count > 1)
                await pages.TryKeepAsync(LinkKeeping.ByPage(created), created[0].CreatedAt, token);
        });
    }

    /// <summary>Registers a single link. One that is new is checked at once: who adds it waits for its verdict.</summary>
    /// <param name="leavesKnown">See <see cref="LinkDraft.LeavesKnown"/>.</param>
    /// <param name="errors">What is wrong with the request so far.</param>
    public async Task<LinkItemResult> RegisterOneAsync(
        Project project, JsonElement item, bool leavesKnown, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (Read(item, await types.ReadAsync(project.Id, cancellationToken), errors) is not { } read)
            return Invalid(0, errors);
        var draft = read with { LeavesKnown = leavesKnown };
        var registered = await registry.RegisterAsync(project, draft, cancellationToken);
        if (registered.Outcome == RegistrationOutcome.Created)
            await registry.CheckNewAsync(registered.Link, cancellationToken);
        return Result(0, draft, registered);
    }

    private List<(int Index, LinkDraft Draft)> Read(JsonElement items, ProjectTypes known, LinkItemResult[] results)
    {
        var drafts = new List<(int Index, LinkDraft Draft)>(results.Length);
        foreach (var (index, item) in items.EnumerateArray().Index())
        {
            var errors = new FieldErrors();
            if (Read(item, known, errors) is { } draft)
                drafts.Add((index, draft));
            else
                results[index] = Invalid(index, errors);
        }

        return drafts;
    }

    private LinkDraft? Read(JsonElement item, ProjectTypes known, FieldErrors errors)
    {
        var request = Body<LinkRequest>.Read(item, errors).Value;
        return item.ValueKind == JsonValueKind.Object ? reader.Read(request, known, errors) : null;
    }

    private static LinkItemResult Result(int index, LinkDraft draft, Registration registered)
    {
        var (outcome, link) = registered;
        if (outcome == RegistrationOutcome.Invalid)
        {
            TermsRules.Guard(link, draft.Parts.ApplyTo(link), out var misfits);
            return Invalid(index, misfits);
        }

        return new LinkItemResult
        {
            Index = index,
            Status = outcome == RegistrationOutcome.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK,
            Outcome = outcome,
            Link = LinkView.Of(link),
            Stored = link,
            Was = registered.Was,
        };
    }

    private static LinkItemResult Invalid(int index, FieldErrors errors) =>
        Refused(index, StatusCodes.Status400BadRequest, "The link is not valid.", errors);

    private static LinkItemResult Unreadable(int index)
    {
        var errors = new FieldErrors();
        errors.Add(
            "$", "The project watches this link, and its row cannot be read. An administrator finds it under /api/v1/failures/set-aside.");
        return Refused(index, StatusCodes.Status503ServiceUnavailable, "A stored row cannot be read.", errors);
    }

    private static LinkItemResult Refused(int index, int status, string title, FieldErrors errors) => new()
    {
        Index = index,
        Status = status,
        Outcome = RegistrationOutcome.Invalid,
        Problem = new HttpValidationProblemDetails(errors.ToDictionary()) { Status = status, Title = title },
    };
}
