using LinkMonitor.Alerts.Planning;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Telling;

/// <summary>Reads everything that a planning decides from, each thing once.</summary>
internal sealed class PlanReader(ILinkStore links, IAlertStore alerts, IAlertPlanStore plans, IOptions<TellingOptions> options)
{
    // What one planning reads of the outbox at most: as much as one alert can report.
    private const int MaxRead = Alert.MaxChanges;

    public async Task<PlanInput> ReadAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var project = context.Project.Id;
        var input = await ReadOutboxAsync(new PlanInput { Context = context }, cancellationToken);
        input = await ReadLooksAsync(input, cancellationToken);
        input = input with { Unstable = (await plans.ReadUnstableAsync(project, cancellationToken)).Items };
        input = input with { Links = await ReadLinksAsync(input, cancellationToken) };
        return input with
        {
            Histories = await ReadHistoriesAsync(input, cancellationToken),
            ChannelsWithNews = await ReadNewsAsync(input, cancellationToken),
            Reminded = await ReadRemindedAsync(input, cancellationToken),
        };
    }

    /// <summary>What is in the outbox and in no open alert. What is in one was left by a worker that died after planning it, and leaves now.</summary>
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
        return input with { Waiting = [.. input.Waiting.Where(entry => !planned.Contains(entry.Key))] };
    }

    private async Task<PlanInput> ReadLooksAsync(PlanInput input, CancellationToken cancellationToken)
    {
        var due = new List<TermLook>();
        await foreach (var row in plans.ReadTermLooksAsync(input.Context.Project.Id, cancellationToken))
        {
            if (row.Item is not { } look)
                continue;
            if (look.At > input.Context.Now)
                return input with { Looks = due, NextLookAt = look.At };
            if (due.Count == TermPlanner.MaxReminders)
                return input with { Looks = due, HasMoreLooks = true };
            due.Add(look);
        }

        return input with { Looks = due };
    }

    private Task<IReadOnlyDictionary<LinkId, WatchedLink>> ReadLinksAsync(PlanInput input, CancellationToken cancellationToken) =>
        EachLink.ReadAsync(
            input.Waiting.Select(entry => entry.Change.LinkId).Concat(input.Looks.Select(look => look.LinkId)),
            (id, stop) => links.GetAsync(input.Context.Project.Id, id, stop),
            cancellationToken);

    private Task<IReadOnlyDictionary<LinkId, IReadOnlyList<LinkChange>>> ReadHistoriesAsync(
        PlanInput input, CancellationToken cancellationToken)
    {
        var ready = OutboxView.Of(input, options.Value).Ready
            .GroupBy(change => change.LinkId)
            .Select(link => (link.Key, After: link.Max(change => change.Transition.At) - options.Value.FlappingWindow));
        var settling = input.Unstable.Where(link => link.SettlesAt <= input.Context.Now).Select(link => (Key: link.LinkId, After: link.Since.AddTicks(-1)));
        var after = ready.Concat(settling).ToDictionary(one => one.Key, one => one.After);
        return EachLink.ReadAsync<IReadOnlyList<LinkChange>>(
            after.Keys,
            async (id, stop) => [
                .. (await links.ReadHistoryAsync(input.Context.Project.Id, id, after[id], stop)).Items
                    .Where(change => change.Transition.Alerts)
                    .OrderBy(change => change.Transition.At),
            ],
            cancellationToken);
    }

    private Task<IReadOnlyDictionary<LinkId, string>> ReadRemindedAsync(PlanInput input, CancellationToken cancellationToken) =>
        EachLink.ReadAsync(
            input.Looks.Select(look => look.LinkId).Where(input.Links.ContainsKey),
            (id, stop) => plans.GetRemindedAsync(input.Context.Project.Id, id, stop),
            cancellationToken);

    private async Task<IReadOnlySet<string>> ReadNewsAsync(PlanInput input, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var muted = new Dictionary<LinkId, bool>();
        foreach (var channel in input.Context.Channels.Where(DigestPlanner.NeedsNews))
        {
            if (DigestPlanner.Due(input.Context, channel) is { } period && await HasNewsAsync(input, channel, period, muted, cancellationToken))
                found.Add(channel.Id.Value);
        }

        return found;
    }

    private async Task<bool> HasNewsAsync(
        PlanInput input, Channel channel, (DateTimeOffset From, DateTimeOffset To) period, Dictionary<LinkId, bool> muted, CancellationToken cancellationToken)
    {
        var project = input.Context.Project.Id;
        await foreach (var change in links.ReadChangesAsync(project, period.From, period.To, cancellationToken))
        {
            if (!DigestMatters.IsTold(change, channel))
                continue;
            if (!muted.TryGetValue(change.LinkId, out var isMuted))
                muted[change.LinkId] = isMuted = (await links.GetAsync(project, change.LinkId, cancellationToken))?.IsMutedAt(input.Context.Now) == true;
            if (!isMuted)
                return true;
        }

        return false;
    }
}
