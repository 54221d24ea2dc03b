using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Answers;

/// <summary>
/// Keeps what people say of links. Written over the newest version of the link: a check that ends meanwhile is never written over, and a
/// link that it could tell takes no answer.
/// </summary>
internal sealed class AnswerBook(ILinkStore links, TimeProvider time)
{
    public Task<AnswerResult> AnswerAsync(
        ProjectId project, LinkId id, AnswerDraft draft, Author by, CancellationToken cancellationToken) =>
        EditAsync(project, id, link =>
        {
            if (!link.Status.IsUntold())
                return new AnswerResult(AnswerOutcome.ChecksCanTell, link);
            var page = draft.FromHandedPage ? link.WaitingPage() : null;
            if (draft.FromHandedPage && page is null)
                return new AnswerResult(AnswerOutcome.NoPage, link);
            var answer = draft.By(by, time.GetUtcNow()) with { Proof = page };
            return new AnswerResult(AnswerOutcome.Done, link with { Answer = answer, HandedPage = page is null ? link.HandedPage : null });
        }, cancellationToken);

    /// <summary>Takes the answer back; the document that it rests on waits for one again.</summary>
    public Task<AnswerResult> WithdrawAsync(ProjectId project, LinkId id, CancellationToken cancellationToken) =>
        EditAsync(
            project, id,
            link => link.Answer is null
                ? new AnswerResult(AnswerOutcome.NoAnswer, link)
                : new AnswerResult(AnswerOutcome.Done, link with { Answer = null, HandedPage = link.HandedPage ?? link.Answer.Proof }),
            cancellationToken);

    /// <summary>Keeps what a document that was handed over says; an earlier one that nobody answered by is replaced.</summary>
    /// <param name="page">Null to forget the one that waits.</param>
    public Task<AnswerResult> KeepAsync(ProjectId project, LinkId id, HandedPage? page, CancellationToken cancellationToken) =>
        EditAsync(
            project, id,
            link => page is not null && !link.Status.IsUntold()
                ? new AnswerResult(AnswerOutcome.ChecksCanTell, link)
                : new AnswerResult(AnswerOutcome.Done, link with { HandedPage = page }),
            cancellationToken);

    private async Task<AnswerResult> EditAsync(
        ProjectId project, LinkId id, Func<WatchedLink, AnswerResult> edit, CancellationToken cancellationToken) =>
        await Contention.GetAsync($"Link {id}", async () =>
        {
            if (await links.GetAsync(project, id, cancellationToken) is not { } link)
                return new AnswerResult(AnswerOutcome.NoLink, null);
            var edited = edit(link);
            return edited.Outcome != AnswerOutcome.Done
                || await links.SaveAsync(edited.Link!, cancellationToken) == SaveOutcome.Saved ? edited : null;
        }, cancellationToken);
}

/// <summary>What came of an answer.</summary>
/// <param name="Link">As it is now; null when there is none.</param>
internal sealed record AnswerResult(AnswerOutcome Outcome, WatchedLink? Link);

/// <summary>What came of an answer.</summary>
internal enum AnswerOutcome
{
    Done,

    /// <summary>There is no such link.</summary>
    NoLink,

    /// <summary>There is no answer to take back.</summary>
    NoAnswer,

    /// <summary>No document that was handed over waits for an answer.</summary>
    NoPage,

    /// <summary>The last check could tell by itself, or there was none yet.</summary>
    ChecksCanTell,
}
