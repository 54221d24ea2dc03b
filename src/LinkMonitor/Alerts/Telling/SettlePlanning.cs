using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using Microsoft.Extensions.Options;
using TellingTime = LinkMonitor.Storage.Channels.Telling;

namespace LinkMonitor.Alerts.Telling;

/// <summary>Lets links go that were unstable and have kept their state: it is told if it is not the one that people know of.</summary>
internal sealed class SettlePlanning(ILinkStore links, AlertDrafting drafting, IOptions<TellingOptions> options)
{
    public async Task PlanAsync(
        PlanContext context, IReadOnlyList<UnstableLink> unstable, Planned planned, CancellationToken cancellationToken)
    {
        foreach (var link in unstable)
        {
            if (link.SettlesAt > context.Now)
                planned.WakeBy(link.SettlesAt);
            else
                await LookAsync(context, link, planned, cancellationToken);
        }
    }

    private async Task LookAsync(PlanContext context, UnstableLink link, Planned planned, CancellationToken cancellationToken)
    {
        var since = await links.ReadHistoryAsync(context.Project.Id, link.LinkId, link.Since.AddTicks(-1), cancellationToken)
            .Where(change => change.Transition.Alerts)
            .ToListAsync(cancellationToken);
        var settlesAt = (since.Count > 0 ? since[0].Transition.At : link.Since) + options.Value.FlappingWindow;
        if (settlesAt > context.Now)
        {
            planned.WakeBy(settlesAt);
            if (planned.Fits(1))
                planned.Unstable.Add(link with { SettlesAt = settlesAt });
            return;
        }

        var opened = since.Count > 0 && IsNews(link, since[0]) ? Draft(context, link, since) : [];
        if (!planned.Fits((opened.Count * PlanStep.RowsPerAlert) + 1))
            return;
        planned.Opened.AddRange(opened);
        planned.Settled.Add(link.LinkId);
    }

    // Some channels heard of the last state with the instability, some only of the one before it.
    private static bool IsNews(UnstableLink link, LinkChange last) =>
        last.Transition.To != link.StateBefore || last.Transition.To != link.StateTold;

    private IReadOnlyList<NewAlert> Draft(PlanContext context, UnstableLink link, List<LinkChange> newestFirst)
    {
        var last = newestFirst[0];
        var content = new AlertContent { LinkId = link.LinkId.Value, Count = newestFirst.Count(change => change.Held) };
        var wanting = context.Channels.Where(channel =>
            channel.Choice.For(Topics.Unstable) == TellingTime.AtOnce || channel.Choice.For(last) == TellingTime.AtOnce);
        return drafting.Draft(context, AlertKind.Settled, [last.Id], content, $"Settled: {last.Page.Host}", [last], wanting);
    }
}
