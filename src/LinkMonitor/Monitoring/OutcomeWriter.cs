using System.Diagnostics;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Cases;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Failures;
using LinkMonitor.Retention;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Telemetry;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring;

/// <summary>
/// Writes what a round has found of links, each with its change and its case in one transaction, and those of a project together; then it
/// has the changes reported.
/// </summary>
internal sealed partial class OutcomeWriter(
    ILinkStore links,
    ICaseStore cases,
    NudgeSender nudges,
    ISetAside aside,
    ProductMeter meter,
    IOptions<AlertOptions> alertOptions,
    IOptions<RetentionOptions> retention,
    TimeProvider time,
    ILogger<OutcomeWriter> logger)
{
    /// <summary>Writes links that were judged, those of a project together; what is refused is done again one by one.</summary>
    /// <param name="again">Reads, judges and writes the link of this place in the round.</param>
    internal async Task SaveAsync(
        RoundLinks known, List<HeldLink> held, LinkOutcome?[] outcomes, Func<int, Task<LinkOutcome?>> again,
        CancellationToken cancellationToken)
    {
        try
        {
            foreach (var own in held.GroupBy(one => one.Watcher.ProjectId))
                await SaveOfProjectAsync(own.Key, [.. own], known, outcomes, again, cancellationToken);
        }
        finally
        {
            held.ForEach(one => one.Span?.Dispose());
        }
    }

    private async Task SaveOfProjectAsync(
        ProjectId project, List<HeldLink> all, RoundLinks known, LinkOutcome?[] outcomes, Func<int, Task<LinkOutcome?>> again,
        CancellationToken cancellationToken)
    {
        var saved = await TrySaveAsync(project, all, known, cancellationToken);
        foreach (var (one, outcome) in all.Zip(saved))
        {
            if (outcome is { Written: { } link })
                known.Remember(link);
            else
                known.Forget(one.Watcher);
            outcomes[one.Index] = outcome;
        }

        await NudgeAsync(project, all, saved, cancellationToken);
        foreach (var one in all.Where((_, place) => saved[place] is null))
        {
            Log.LinkMoved(logger, one.Watcher.LinkId);
            one.Span?.Dispose();
            outcomes[one.Index] = await again(one.Index);
        }
    }

    private async Task<IReadOnlyList<LinkOutcome?>> TrySaveAsync(
        ProjectId project, List<HeldLink> held, RoundLinks known, CancellationToken cancellationToken)
    {
        try
        {
            return await WriteNewsAsync(project, held, known, cancellationToken);
        }
        catch (Exception fault) when (CheckFaults.IsOurs(fault))
        {
            // One by one only the link at fault is left out, and noted.
            return new LinkOutcome?[held.Count];
        }
    }

    /// <returns>Null when others wrote the link meanwhile.</returns>
    internal async Task<LinkOutcome?> SaveOneAsync(HeldLink held, CancellationToken cancellationToken)
    {
        try
        {
            var saved = await WriteNewsAsync(held.Watcher.ProjectId, [held], null, cancellationToken);
            await NudgeAsync(held.Watcher.ProjectId, [held], saved, cancellationToken);
            if (saved[0] is null)
                Log.LinkMoved(logger, held.Watcher.LinkId);
            return saved[0];
        }
        finally
        {
            held.Span?.Dispose();
        }
    }

    /// <param name="known">What is kept of their cases; null to read these.</param>
    /// <returns>In their order; null for each that was not written because others wrote meanwhile.</returns>
    private async Task<IReadOnlyList<LinkOutcome?>> WriteNewsAsync(
        ProjectId project, List<HeldLink> held, RoundLinks? known, CancellationToken cancellationToken)
    {
        List<HeldLink> news = [.. held.Where(one => one.IsNews)];
        if (news.Exists(one => one.Read.Stored.Status.LastCheckedAt is { } last && StoredTime.IsFromFuture(last, time.GetUtcNow())))
            await aside.NoteFutureAsync($"links of {project}", cancellationToken);

        var outcomes = new Dictionary<int, LinkOutcome>();
        await WriteAsync(project, news, known, outcomes, cancellationToken);

        // Where somebody wrote a case since it was kept, only the cases need be read.
        var refused = news.FindAll(one => !outcomes.ContainsKey(one.Index));
        if (refused.Exists(one => one.Change is not null && known?.FindCase(one.Read.Link) is not null))
            await WriteAsync(project, refused, null, outcomes, cancellationToken);
        foreach (var one in news)
            if (one.Change is { } change && outcomes.ContainsKey(one.Index))
                meter.Changed(change.Transition);
        return held.ConvertAll(
            one => !one.IsNews ? one.Outcome with { Written = one.Read.Stored, Case = known?.FindCase(one.Read.Stored) }
                : outcomes.TryGetValue(one.Index, out var outcome) ? outcome
                : default(LinkOutcome?));
    }

    private async Task WriteAsync(
        ProjectId project, List<HeldLink> news, RoundLinks? known, Dictionary<int, LinkOutcome> outcomes,
        CancellationToken cancellationToken)
    {
        // In one transaction with the change: a change without its case, or the other way round, cannot be.
        var ids = news.Where(one => one.Change is not null && known?.FindCase(one.Read.Link) is null)
            .Select(one => one.Read.Link.CaseId).OfType<string>().ToList();
        var read = ids.Count > 0 ? await cases.FindAllAsync(project, ids, cancellationToken) : null;
        var last = news.ConvertAll(
            one => known?.FindCase(one.Read.Link) ?? (one.Read.Link.CaseId is { } id ? read?.GetValueOrDefault(id) : null));
        List<JudgedWrite> writes = [.. news.Zip(last, WriteOf)];
        var saved = writes.Count > 0 ? await links.SaveAllAsync(project, writes, cancellationToken) : [];
        foreach (var (place, one) in news.Index())
        {
            if (saved[place] is { } versions)
                outcomes[one.Index] = one.Outcome with
                {
                    Written = writes[place].Link with { ETag = versions.Version },
                    Case = writes[place].Taken is { } step ? step.Case with { ETag = versions.CaseVersion } : last[place],
                };
        }
    }

    private JudgedWrite WriteOf(HeldLink one, LinkCase? last)
    {
        var link = one.Read.Link;
        var step = one.Change is { } change ? CaseRules.Of(last, change, link.IsMutedAt(time.GetUtcNow())) : null;
        var written = link with { Status = Kept(one.Result.Status), CaseId = step?.Case.Id ?? link.CaseId };
        return new JudgedWrite(written, one.Change, step);
    }

    private async Task NudgeAsync(
        ProjectId project, List<HeldLink> held, IReadOnlyList<LinkOutcome?> saved, CancellationToken cancellationToken)
    {
        // After the changes: a check that dies between the two comes again, and finds links that were written by a check that its page does
        // not know of. Who takes the message notes the project, so that the sweep goes on with it.
        if (held.Where((one, place) => (one.Alerts || one.MayBeUntold) && saved[place] is not null).FirstOrDefault() is not { } first)
            return;

        // What is sent goes on with the trace of a link, here and not in the caller.
        if (first.Span is { } span)
            Activity.Current = span;
        await nudges.NudgeForCheckAsync(project, time.GetUtcNow() + alertOptions.Value.GroupingDelay, cancellationToken);
    }

    // Every check takes the marks away that have been kept for long enough, so that nobody has to go through all links for it.
    private LinkStatus Kept(LinkStatus status) =>
        status with { Days = status.Days.Since(DayLogEntry.Day(time.GetUtcNow()).AddDays(1 - retention.Value.DayMarks)) };

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Debug,
            Message = "Link {LinkId} was not written together with others, or not over what was read; judging again.")]
        public static partial void LinkMoved(ILogger logger, LinkId linkId);
    }
}

/// <summary>A link that is judged and not written yet.</summary>
/// <param name="Index">Its place in the round.</param>
/// <param name="Outcome">What comes of it when it is written.</param>
internal sealed record HeldLink(
    int Index, Watcher Watcher, TypedLink Read, TrackingResult Result, LinkChange? Change, LinkOutcome Outcome)
{
    /// <summary>The trace of its check, which ends when it is written.</summary>
    public Activity? Span { get; init; }

    public bool IsNews => !ReferenceEquals(Result.Status, Read.Link.Status);

    /// <summary>A check that did not come to its end has written it last, perhaps with a change and without telling of it.</summary>
    public bool MayBeUntold { get; init; }

    public bool Alerts => Change is { Transition.Alerts: true };
}
