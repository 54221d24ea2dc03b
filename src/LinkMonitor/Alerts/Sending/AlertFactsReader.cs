using System.Collections.Concurrent;
using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Outreach;
using LinkMonitor.Placements;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Outages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Watching;
using Microsoft.Extensions.Options;
using Stake = LinkMonitor.Alerts.Composing.Facts.LinkCost;

namespace LinkMonitor.Alerts.Sending;

/// <summary>What a stored alert has to say, read anew for each attempt from what is kept for ever.</summary>
internal sealed class AlertFactsReader(
    ILinkStore links,
    IAlertStore alerts,
    IProjectStore projects,
    IOutageStore outages,
    IWatchdogStore watchdog,
    DigestFactsReader digests,
    TermFactsReader terms,
    CaseFactsReader cases,
    PublicAddresses addresses,
    IOptions<AlertOptions> options,
    TimeProvider time)
{
    /// <summary>The changes that an alert reports, the oldest first.</summary>
    public async Task<RowsRead<LinkChange>> ReadChangesAsync(Alert alert, CancellationToken cancellationToken) =>
        alert.ChangeCount == 0 ? new RowsRead<LinkChange>([], [])
        : await links.GetChangesAsync(alert.ProjectId, await alerts.GetChangeKeysAsync(alert, cancellationToken), cancellationToken);

    /// <param name="changes">Those to tell: all, or a part of them.</param>
    /// <returns>Null when what it was about no longer exists.</returns>
    public async Task<AlertFacts?> BuildAsync(
        DeliveryRun run, Alert alert, Channel? channel, IReadOnlyList<LinkChange> changes, CancellationToken cancellationToken)
    {
        if (alert.Kind == AlertKind.Notice)
            return await NoticeAsync(alert, cancellationToken);
        return run.Project is not { } project ? null : alert.Kind switch
        {
            AlertKind.Digest => channel is null ? null : await digests.GatherAsync(run, project, alert, channel, cancellationToken),
            AlertKind.Cases => await cases.GatherAsync(project, alert, cancellationToken),
            AlertKind.Terms => await terms.GatherAsync(project, alert, cancellationToken),
            _ when changes.Count == 0 => null,
            AlertKind.Incident => await IncidentAsync(project, alert, changes, cancellationToken),
            AlertKind.Unstable =>
                IncidentFactsFactory.OfUnstable(alert.Id, project, changes, alert.Content?.Count ?? changes.Count, options.Value),
            AlertKind.Settled => IncidentFactsFactory.OfSettled(alert.Id, project, changes[^1], alert.CreatedAt, alert.Content?.Count ?? 0),
            _ => throw new InvalidOperationException($"Alert {alert.Id} has a kind that is never stored, {alert.Kind}."),
        };
    }

    private async Task<IncidentFacts> IncidentAsync(
        Project project, Alert alert, IReadOnlyList<LinkChange> changes, CancellationToken cancellationToken)
    {
        var links = await terms.ReadLinksAsync(project.Id, changes.Select(change => change.LinkId), cancellationToken);
        var publicLinks = await addresses.GetAsync(project, cancellationToken);
        var today = LocalTimes.Day(time.GetUtcNow(), project.TimeZone);
        return IncidentFactsFactory.OfIncident(alert.Id, project, new Incident(CauseOf(alert), changes)) with
        {
            Stakes = TermFactsReader.StakesOf(links, today),
            AtStake = TermFactsReader.SumsOf(MoneyAtStake.Of(links, today)),
            Drafts = links
                .Where(link => OutreachComposer.IsNeeded(link) && publicLinks.Link(project.Id, link.Id) is not null)
                .ToDictionary(link => link.Id, link => new Uri(publicLinks.Link(project.Id, link.Id)!, "#draft")),
        };
    }

    public static Cause CauseOf(Alert alert) => alert.Cause is { } cause
        ? new Cause(WireName.Parse<CauseKind>(cause.Kind), cause.Subject)
        : new Cause(CauseKind.Link, null);

    // Such a notice seldom leaves before the network is back: by then more is known than when it was made.
    private async Task<NetworkNotice> NetworkAsync(Alert alert, AlertContent content, CancellationToken cancellationToken)
    {
        var latest = await LatestAsync(cancellationToken) is { } outage && outage.Since == content.From ? outage : null;
        return new NetworkNotice
        {
            AlertId = alert.Id,
            Since = content.From ?? alert.CreatedAt,
            Until = latest is { } known && time.GetUtcNow() - known.LastAt > NetworkNotice.BackAfter ? known.LastAt : null,
            NotJudged = (int)Math.Min(latest?.Checks ?? content.Count ?? 0, int.MaxValue),
            FailedControls = content.Controls ?? [],
        };
    }

    private async Task<Outage?> LatestAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await outages.GetLatestAsync(cancellationToken);
        }
        catch (UnreadableRowException)
        {
            // What was known when the notice was made is enough to send it.
            return null;
        }
    }

    private async Task<ScheduleNotice> ScheduleAsync(Alert alert, AlertContent content, CancellationToken cancellationToken) => new()
    {
        AlertId = alert.Id,
        Since = content.From ?? alert.CreatedAt,
        Until = await watchdog.GetStallAsync(cancellationToken) is { } stall && stall.Since == content.From ? stall.EndedAt : null,
    };

    private async Task<AlertFacts?> NoticeAsync(Alert alert, CancellationToken cancellationToken)
    {
        var content = alert.Content ?? new AlertContent();
        return content.Notice switch
        {
            NoticeNames.ScheduleStalled => await ScheduleAsync(alert, content, cancellationToken),
            NoticeNames.CheckFailed => CheckFault(alert, content),
            _ when content.ProjectId is { } project => await ChannelAsync(alert, content, new ProjectId(project), cancellationToken),
            _ => await NetworkAsync(alert, content, cancellationToken),
        };
    }

    private static CheckFaultNotice CheckFault(Alert alert, AlertContent content) => new()
    {
        AlertId = alert.Id,
        Page = content.Page ?? "",
        Fault = content.Text ?? "",
        At = content.From ?? alert.CreatedAt,
    };

    private async Task<ChannelNotice?> ChannelAsync(
        Alert alert, AlertContent content, ProjectId projectId, CancellationToken cancellationToken) =>
        await projects.GetAsync(projectId, cancellationToken) is not { } project ? null : new ChannelNotice
        {
            AlertId = alert.Id,
            Project = project,
            TimeZone = project.TimeZone,
            Channel = content.Channel ?? ChannelKind.Email,
            Name = content.ChannelName ?? content.ChannelId ?? "",
            Reason = content.Text ?? "",
            IsStillTried = content.Notice == NoticeNames.ChannelFailing,
            At = alert.CreatedAt,
        };
}

/// <summary>What reminders say of cases, read anew for each attempt.</summary>
internal sealed class CaseFactsReader(ICaseStore cases)
{
    /// <summary>Null when none of the cases is open any more: what was done meanwhile needs no reminder.</summary>
    public async Task<CasesFacts?> GatherAsync(Project project, Alert alert, CancellationToken cancellationToken)
    {
        // As of the day of the alert: a copy that is sent late says what the others said.
        var today = LocalTimes.Day(alert.CreatedAt, project.TimeZone);
        var events = new List<DueCase>();
        UnreadableRowException? unreadable = null;
        foreach (var reminder in alert.Content?.CaseReminders ?? [])
        {
            try
            {
                if (await cases.GetAsync(project.Id, reminder.CaseId, cancellationToken) is { IsOpen: true } one)
                    events.Add(CaseEvents.Of(one, reminder, today));
            }
            catch (UnreadableRowException e)
            {
                unreadable = e;
            }
        }

        // One that cannot be read holds up no other; alone it waits until it can.
        return events.Count > 0 ? new CasesFacts { AlertId = alert.Id, Project = project, Events = events }
            : unreadable is not null ? throw unreadable : null;
    }
}

/// <summary>What alerts say of paid placements.</summary>
internal sealed class TermFactsReader(ILinkStore links, TimeProvider time)
{
    /// <summary>The links as they are now; those that are gone, or cannot be read, are left out.</summary>
    public async Task<IReadOnlyCollection<WatchedLink>> ReadLinksAsync(
        ProjectId project, IEnumerable<LinkId> ids, CancellationToken cancellationToken) =>
        [.. (await LinkReads.ReadAsync(ids, (id, stop) => links.FindReadableAsync(project, id, stop), cancellationToken)).Values];

    /// <summary>Null when none of the links is there any more.</summary>
    public async Task<TermsFacts?> GatherAsync(Project project, Alert alert, CancellationToken cancellationToken)
    {
        var today = LocalTimes.Day(time.GetUtcNow(), project.TimeZone);
        var events = new List<DueTerm>();
        UnreadableRowException? unreadable = null;
        foreach (var reminder in alert.Content?.Reminders ?? [])
        {
            try
            {
                if (await links.GetAsync(project.Id, new LinkId(reminder.LinkId), cancellationToken) is { } link)
                    events.Add(TermsEvents.Of(link, reminder.End, reminder.DaysLeft, today));
            }
            catch (UnreadableRowException e)
            {
                unreadable = e;
            }
        }

        // One that cannot be read holds up no other; alone it waits until it can.
        return events.Count == 0 && unreadable is not null
            ? throw unreadable
            : events.Count == 0 ? null : IncidentFactsFactory.OfTerms(alert.Id, project, events);
    }

    /// <summary>What is at stake, as every report has it, in the form of a mail.</summary>
    public static IReadOnlyList<CostSum> SumsOf(IEnumerable<Placements.Stake> atStake) =>
        [.. atStake.Select(sum => new CostSum(sum.Currency, sum.PerMonth, sum.Links) { OneOff = sum.OneOff })];

    /// <summary>By link: what it costs, for those that are known to cost something.</summary>
    /// <param name="today">The day in the project's time zone.</param>
    public static IReadOnlyDictionary<LinkId, Stake> StakesOf(IEnumerable<WatchedLink> links, DateOnly today) => links
        .Select(link => (link.Id, Stake: TermsEvents.StakeOf(link, today)))
        .Where(one => one.Stake is not null)
        .ToDictionary(one => one.Id, one => one.Stake!);
}

/// <summary>Reads something of many links, several at a time.</summary>
internal static class LinkReads
{
    private const int ParallelReads = 8;

    /// <summary>By link; those of which there is nothing are left out.</summary>
    /// <param name="ids">May name a link more than once; it is read once.</param>
    public static async Task<IReadOnlyDictionary<LinkId, T>> ReadAsync<T>(
        IEnumerable<LinkId> ids, Func<LinkId, CancellationToken, Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        var found = new ConcurrentDictionary<LinkId, T>();
        var reading = new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(ids.Distinct(), reading, async (id, stop) =>
        {
            if (await read(id, stop) is { } one)
                found[id] = one;
        });
        return found;
    }
}
