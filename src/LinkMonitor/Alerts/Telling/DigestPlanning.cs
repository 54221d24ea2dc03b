using System.Globalization;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Telling;

/// <summary>
/// Makes a digest for each channel whose time has come. The plan keeps how far each channel's digests reach, so that no period comes twice and
/// missed periods come in one.
/// </summary>
internal sealed class DigestPlanning(ILinkStore links, AlertDrafting drafting)
{
    public async Task PlanAsync(PlanContext context, Planned planned, CancellationToken cancellationToken)
    {
        foreach (var channel in context.Channels)
        {
            if (channel.Digest is { } schedule)
                await PlanAsync(context, channel, schedule, planned, cancellationToken);
        }
    }

    private async Task PlanAsync(
        PlanContext context, Channel channel, DigestSchedule schedule, Planned planned, CancellationToken cancellationToken)
    {
        // The first period of a channel begins when its digest was first seen here.
        var from = context.Plan.Digests.TryGetValue(channel.Id.Value, out var last) ? last : context.Now;
        planned.Digests[channel.Id.Value] = from;
        planned.WakeBy(DigestTimes.Next(channel, schedule, context.Project, context.Now));
        if (DigestTimes.Last(channel, schedule, context.Project, from, context.Now) is not { } to)
            return;

        // A week without news is news; a day without is noise.
        var opened = schedule.Day is not null || await HasNewsAsync(context, channel, from, to, cancellationToken)
            ? Draft(context, channel, from, to)
            : [];
        if (!planned.Fits(opened.Count * PlanStep.RowsPerAlert))
            return;
        planned.Opened.AddRange(opened);
        planned.Digests[channel.Id.Value] = to;
    }

    private async Task<bool> HasNewsAsync(
        PlanContext context, Channel channel, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await foreach (var change in links.ReadChangesAsync(context.Project.Id, from, to, cancellationToken))
        {
            if (DigestMatters.IsTold(change, channel) && !await IsMutedAsync(context, change, cancellationToken))
                return true;
        }

        return false;
    }

    private async Task<bool> IsMutedAsync(PlanContext context, LinkChange change, CancellationToken cancellationToken) =>
        await links.GetAsync(context.Project.Id, change.LinkId, cancellationToken) is { } link && link.IsMutedAt(context.Now);

    private IReadOnlyList<NewAlert> Draft(PlanContext context, Channel channel, DateTimeOffset from, DateTimeOffset to)
    {
        var content = new AlertContent { ChannelId = channel.Id.Value, From = from, To = to };
        var name = string.Create(CultureInfo.InvariantCulture, $"{to.UtcTicks}");
        return drafting.Draft(context, AlertKind.Digest, [channel.Id.Value, name], content, $"Digest - {context.Project.Name}", [], [channel]);
    }
}
