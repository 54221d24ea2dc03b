using LinkMonitor.Api;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Answers;

/// <summary>
/// Keeps what people say of links. Written over the newest version of the link: a check that ends meanwhile is never written over, and a
/// link that it could tell takes no answer. The answer before stays among the former ones.
/// </summary>
internal sealed class AnswerBook(ILinkStore links, IFormerAnswerStore former, TimeProvider time)
{
    private const int MaxSought = 100;

    private const string None = "none";

    /// <summary>What people have answered of a link, as a text that is another one after every answer and taking back.</summary>
    public static string VersionOf(WatchedLink link) => VersionOf(link.Answer);

    /// <summary>The same of one answer; <c>none</c> for none.</summary>
    public static string VersionOf(HumanAnswer? answer) => VersionOf(answer?.At);

    /// <summary>A document that was handed over, as a text that is another one for every document.</summary>
    public static string VersionOf(HandedPage? page) => VersionOf(page?.At);

    private static string VersionOf(DateTimeOffset? at) =>
        at?.UtcTicks.ToString("x", System.Globalization.CultureInfo.InvariantCulture) ?? None;

    /// <param name="version">The answer that whoever answers has seen, see <see cref="VersionOf(WatchedLink)"/>.</param>
    public Task<AnswerResult> AnswerAsync(
        ProjectId project, LinkId id, AnswerDraft draft, IfMatch version, Author by, CancellationToken cancellationToken) =>
        EditAsync(project, id, async link =>
        {
            if (!version.Allows(VersionOf(link)))
                return new AnswerResult(AnswerOutcome.Stale, link);
            if (!link.Status.IsUntold())
                return new AnswerResult(AnswerOutcome.ChecksCanTell, link);
            var page = draft.FromHandedPage ? link.WaitingPage() : null;
            if (draft.FromHandedPage && page is null)
                return new AnswerResult(AnswerOutcome.NoPage, link);
            if (page is not null && !draft.Handed.Allows(VersionOf(page)))
                return new AnswerResult(AnswerOutcome.OtherPage, link);
            var answer = draft.By(by, time.GetUtcNow()) with { Proof = page };
            if (link.Answer is { } before)
                await former.PutAsync(project, id, new FormerAnswer(before, answer.At, by, IsTakenBack: false), cancellationToken);
            return new AnswerResult(AnswerOutcome.Done, link with { Answer = answer, HandedPage = page is null ? link.HandedPage : null });
        }, cancellationToken);

    /// <summary>Takes the answer back; the document that it rests on waits for one again.</summary>
    /// <param name="version">The answer that is meant, see <see cref="VersionOf(WatchedLink)"/>.</param>
    public Task<AnswerResult> WithdrawAsync(
        ProjectId project, LinkId id, IfMatch version, Author by, CancellationToken cancellationToken) =>
        EditAsync(project, id, async link =>
        {
            if (link.Answer is not { } answer)
                return new AnswerResult(AnswerOutcome.NoAnswer, link);
            if (!version.Allows(VersionOf(link)))
                return new AnswerResult(AnswerOutcome.Stale, link);
            await former.PutAsync(project, id, new FormerAnswer(answer, time.GetUtcNow(), by, IsTakenBack: true), cancellationToken);
            return new AnswerResult(AnswerOutcome.Done, link with { Answer = null, HandedPage = link.HandedPage ?? answer.Proof });
        }, cancellationToken);

    /// <summary>Undoes an answer: the one before it counts again. One that somebody has given since stays.</summary>
    /// <param name="given">When the answer was given.</param>
    public async Task<AnswerResult> UndoAsync(
        ProjectId project, LinkId id, DateTimeOffset given, Author by, CancellationToken cancellationToken)
    {
        FormerAnswer? before = null;
        var result = await EditAsync(project, id, async link =>
        {
            if (link.Answer is not { } answer || answer.At != given)
                return new AnswerResult(AnswerOutcome.Superseded, link);
            await former.PutAsync(project, id, new FormerAnswer(answer, time.GetUtcNow(), by, IsTakenBack: true), cancellationToken);
            before = (await former.ListAsync(project, id, MaxSought, cancellationToken)).Items
                .FirstOrDefault(one => !one.IsTakenBack && one.EndedAt == given);
            return new AnswerResult(
                AnswerOutcome.Done, link with { Answer = before?.Answer, HandedPage = link.HandedPage ?? answer.Proof });
        }, cancellationToken);
        if (result.Outcome == AnswerOutcome.Done && before is not null)
            await former.RemoveAsync(project, id, before, cancellationToken);
        return result;
    }

    /// <summary>
    /// Keeps what a document that was handed over says; an earlier one that nobody answered by is replaced, but not one that tells
    /// something by one that tells nothing.
    /// </summary>
    public Task<AnswerResult> KeepAsync(ProjectId project, LinkId id, HandedPage page, CancellationToken cancellationToken) =>
        EditAsync(
            project, id,
            link => Task.FromResult(!link.Status.IsUntold()
                ? new AnswerResult(AnswerOutcome.ChecksCanTell, link)
                : page is { Proposes: null } && link.WaitingPage() is { Proposes: not null }
                ? new AnswerResult(AnswerOutcome.TellsNothing, link)
                : new AnswerResult(AnswerOutcome.Done, link with { HandedPage = page })),
            cancellationToken);

    /// <summary>Forgets the document that waits; nothing to do where there is none.</summary>
    /// <param name="version">The document that is meant, see <see cref="VersionOf(HandedPage)"/>.</param>
    public Task<AnswerResult> ForgetAsync(ProjectId project, LinkId id, IfMatch version, CancellationToken cancellationToken) =>
        EditAsync(
            project, id,
            link => Task.FromResult(link.HandedPage is { } page && !version.Allows(VersionOf(page))
                ? new AnswerResult(AnswerOutcome.OtherPage, link)
                : new AnswerResult(AnswerOutcome.Done, link with { HandedPage = null })),
            cancellationToken);

    private async Task<AnswerResult> EditAsync(
        ProjectId project, LinkId id, Func<WatchedLink, Task<AnswerResult>> edit, CancellationToken cancellationToken) =>
        await Contention.GetAsync($"Link {id}", async () =>
        {
            if (await links.GetAsync(project, id, cancellationToken) is not { } link)
                return new AnswerResult(AnswerOutcome.NoLink, null);
            var edited = await edit(link);
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

    /// <summary>Somebody has answered, or taken the answer back, since who answers looked.</summary>
    Stale,

    /// <summary>There is no such link.</summary>
    NoLink,

    /// <summary>There is no answer to take back.</summary>
    NoAnswer,

    /// <summary>Somebody has answered since, or the answer was taken back.</summary>
    Superseded,

    /// <summary>No document that was handed over waits for an answer.</summary>
    NoPage,

    /// <summary>Another document has been handed over since.</summary>
    OtherPage,

    /// <summary>The document does not tell how the link is, and an earlier one that waits does.</summary>
    TellsNothing,

    /// <summary>The last check could tell by itself, or there was none yet.</summary>
    ChecksCanTell,
}
