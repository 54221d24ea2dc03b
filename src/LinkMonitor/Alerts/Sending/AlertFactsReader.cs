using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Incidents;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Outreach;
using LinkMonitor.Placements;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Outages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Watching;
using Microsoft.Extensions.Options;

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
                .Where(link => OutreachComposer.TemplateFor(link) is not null && publicLinks.Link(project.Id, link.Id) is not null)
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
