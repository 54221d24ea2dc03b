using LinkMonitor.Alerts.Planning;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Rows;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Sending;

/// <summary>Reads everything that a planning decides from, each thing once.</summary>
internal sealed class PlanReader(
    ILinkStore links, ICaseStore cases, IAlertStore alerts, IAlertPlanStore plans, IOptions<AlertOptions> options)
{
    // What one planning reads of the outbox at most: as much as one alert can report.
    private const int MaxRead = Alert.MaxChanges;

    public async Task<PlanInput> ReadAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var project = context.Project.Id;
        var input = await ReadOutboxAsync(new PlanInput { Context = context }, cancellationToken);
        input = await ReadLooksAsync(input, cancellationToken);
        input = await ReadCaseChecksAsync(input, cancellationToken);
        var unstable = await plans.ReadUnstableAsync(project, cancellationToken);
        input = input with
        {
            Unstable = unstable.Items,
            UnreadableUnstable = unstable.SetAside,
            HasUnreadable = input.HasUnreadable || unstable.SetAside.Count > 0,
        };
        input = input with { Links = await ReadLinksAsync(input, cancellationToken) };
        var histories = await ReadHistoriesAsync(input, cancellationToken);
        return input with
        {
            Histories = histories.ToDictionary(link => link.Key, link => link.Value.Items),
            UnreadableHistories = histories.Where(link => link.Value.SetAside.Count > 0).Select(link => link.Key).ToHashSet(),
            ChannelsWithNews = await ReadNewsAsync(input, cancellationToken),
        };
    }

    /// <summary>
    /// What is in the outbox and in no open alert. What is in one was left by a worker that died after planning it, and leaves now.
    /// </summary>
    private async Task<PlanInput> ReadOutboxAsync(PlanInput input, CancellationToken cancellationToken)
    {
        // The alerts first: one that is opened after this took its changes from the plan that we would then not be able to write.
        var project = input.Context.Project.Id;
        var open = await alerts.ReadOpenAsync(project, cancellationToken);
        var entries = await links.ReadOutboxAsync(project, cancellationToken).Take(MaxRead + 1).ToListAsync(cancellationToken);
        input = input with { IsCut = entries.Count > MaxRead, Waiting = [.. entries.Take(MaxRead)] };
        if (entries.Count == 0)
            return input;

        var planned = await alerts.ReadReportedAsync(project, open, cancellationToken);
        var left = input.Waiting.Select(entry => entry.Key).Where(planned.Contains).ToList();
        if (left.Count > 0)
            await links.RemoveFromOutboxAsync(project, left, cancellationToken);
        input = input with { Waiting = [.. input.Waiting.Where(entry => !planned.Contains(entry.Key))] };
        return input.Waiting.Count == 0
            ? input
            : input with { Context = input.Context with { WaitingSince = input.Waiting.Min(entry => entry.Change.Transition.At) } };
    }

    private async Task<PlanInput> ReadLooksAsync(PlanInput input, CancellationToken cancellationToken)
    {
        var due = new List<TermCheck>();
        var reminded = new Dictionary<LinkId, string>();
        input = input with { Reminded = reminded };
        await foreach (var row in plans.ReadTermChecksAsync(input.Context.Project.Id, cancellationToken))
        {
            if (row.Item is not { } check)
                input = input with { HasUnreadable = true };
            else if (check.At > input.Context.Now)
                return input with { TermChecks = due, NextTermCheckAt = check.At };
            else if (due.Count == TermPlanner.MaxReminders)
                return input with { TermChecks = due, HasMoreTermChecks = true };
            else if (await IsReadableAsync(input.Context.Project.Id, check.LinkId, reminded, cancellationToken))
                due.Add(check);
            else
                input = input with { HasUnreadable = true };
        }

        return input with { TermChecks = due };
    }

    private async Task<PlanInput> ReadCaseChecksAsync(PlanInput input, CancellationToken cancellationToken)
    {
        var project = input.Context.Project.Id;
        var due = new List<CaseCheck>();
        var found = new Dictionary<string, LinkCase>(StringComparer.Ordinal);
        var reminded = new Dictionary<string, string>(StringComparer.Ordinal);
        input = input with { CaseChecks = due, Cases = found, CasesReminded = reminded };
        await foreach (var row in plans.ReadCaseChecksAsync(project, cancellationToken))
        {
            if (row.Item is not { } look)
                input = input with { HasUnreadable = true };
            else if (look.At > input.Context.Now)
                return input with { NextCaseCheckAt = look.At };
            else if (due.Count == CasePlanner.MaxCases)
                return input with { HasMoreCaseChecks = true };
            else if (await IsCaseReadableAsync(project, look.CaseId, found, reminded, cancellationToken))
                due.Add(look);
            else
                input = input with { HasUnreadable = true };
        }

        return input;
    }

    private async Task<bool> IsCaseReadableAsync(
        ProjectId project, string id, Dictionary<string, LinkCase> found, Dictionary<string, string> reminded,
        CancellationToken cancellationToken)
    {
        try
        {
            if (await cases.GetAsync(project, id, cancellationToken) is { } one)
                found[id] = one;
            if (await plans.GetCaseRemindedAsync(project, id, cancellationToken) is { } told)
                reminded[id] = told;
            return true;
        }
        catch (UnreadableRowException)
        {
            return false;
        }
    }

    /// <summary>Whether it is known of a link what its terms are and which reminder was sent last; that is noted.</summary>
    private async Task<bool> IsReadableAsync(
        ProjectId project, LinkId id, Dictionary<LinkId, string> reminded, CancellationToken cancellationToken)
    {
        try
        {
            if (await links.GetAsync(project, id, cancellationToken) is not null
                && await plans.GetRemindedAsync(project, id, cancellationToken) is { } last)
                reminded[id] = last;
            return true;
        }
        catch (UnreadableRowException)
        {
            return false;
        }
    }

    private Task<IReadOnlyDictionary<LinkId, WatchedLink>> ReadLinksAsync(PlanInput input, CancellationToken cancellationToken) =>
        LinkReads.ReadAsync(
            input.Waiting.Select(entry => entry.Change.LinkId).Concat(input.TermChecks.Select(check => check.LinkId)),
            (id, stop) => links.FindReadableAsync(input.Context.Project.Id, id, stop),
            cancellationToken);

    private Task<IReadOnlyDictionary<LinkId, RowsRead<LinkChange>>> ReadHistoriesAsync(PlanInput input, CancellationToken cancellationToken)
    {
        var ready = OutboxView.Of(input, options.Value).Ready
            .GroupBy(change => change.LinkId)
            .Select(link => (link.Key, After: link.Max(change => change.Transition.At) - options.Value.FlappingWindow));
        var settling = input.Unstable.Where(
            link => StoredTime.Due(link.SettlesAt, options.Value.FlappingWindow, input.Context.Now) <= input.Context.Now).Select(
                link => (Key: link.LinkId, After: link.Since.AddTicks(-1)));
        var after = ready.Concat(settling).ToDictionary(one => one.Key, one => one.After);
        return LinkReads.ReadAsync(
            after.Keys, (id, stop) => ReadHistoryAsync(input.Context.Project.Id, id, after[id], stop), cancellationToken);
    }

    private async Task<RowsRead<LinkChange>?> ReadHistoryAsync(
        ProjectId project, LinkId id, DateTimeOffset after, CancellationToken cancellationToken)
    {
        var history = await links.ReadHistoryAsync(project, id, after, cancellationToken);
        return history with
        {
            Items = [.. history.Items.Where(change => change.Transition.Alerts).OrderBy(change => change.Transition.At)],
        };
    }

    private async Task<IReadOnlySet<string>> ReadNewsAsync(PlanInput input, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var muted = new Dictionary<LinkId, bool>();
        foreach (var channel in input.Context.Channels.Where(DigestPlanner.NeedsNews))
        {
            if (DigestPlanner.Due(input.Context, channel) is { } period
                && await HasNewsAsync(input, channel, period, muted, cancellationToken))
                found.Add(channel.Id.Value);
        }

        return found;
    }

    private async Task<bool> HasNewsAsync(
        PlanInput input, Channel channel, (DateTimeOffset From, DateTimeOffset To) period, Dictionary<LinkId, bool> muted,
        CancellationToken cancellationToken)
    {
        var project = input.Context.Project.Id;
        await foreach (var change in links.ReadChangesAsync(project, period.From, period.To, cancellationToken))
        {
            if (!DigestPlanner.IsNews(input.Context, channel, change))
                continue;
            if (!muted.TryGetValue(change.LinkId, out var isMuted))
                muted[change.LinkId] =
                    isMuted =
                        (await links.FindReadableAsync(project, change.LinkId, cancellationToken))?.IsMutedAt(input.Context.Now) == true;
            if (!isMuted)
                return true;
        }

        return false;
    }
}
