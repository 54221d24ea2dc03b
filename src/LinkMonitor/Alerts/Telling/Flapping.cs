using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using Microsoft.Extensions.Options;
using TellingTime = LinkMonitor.Storage.Channels.Telling;

namespace LinkMonitor.Alerts.Telling;

/// <summary>Finds links that change back and forth: that is told once, and what they do from then on is held.</summary>
internal sealed class Flapping(ILinkStore links, AlertDrafting drafting, IOptions<TellingOptions> options)
{
    /// <summary>Opens an alert for each link that has become unstable.</summary>
    /// <param name="ready">Changes that would be told now.</param>
    /// <returns>Those of links that are stable.</returns>
    public async Task<IReadOnlyList<LinkChange>> PlanAsync(
        PlanContext context, IReadOnlyList<LinkChange> ready, Planned planned, CancellationToken cancellationToken)
    {
        var stable = new List<LinkChange>();
        foreach (var link in ready.GroupBy(change => change.LinkId))
        {
            var untold = link.OrderBy(change => change.Transition.At).ToList();
            var after = untold[^1].Transition.At - options.Value.FlappingWindow;
            var counted = await links.ReadHistoryAsync(context.Project.Id, link.Key, after, cancellationToken)
                .Where(change => change.Transition.Alerts)
                .OrderBy(change => change.Transition.At)
                .ToListAsync(cancellationToken);
            if (counted.Count <= options.Value.FlappingChanges)
                stable.AddRange(untold);
            else
                Hold(context, untold, counted, planned);
        }

        return stable;
    }

    private void Hold(PlanContext context, List<LinkChange> untold, List<LinkChange> counted, Planned planned)
    {
        var link = untold[0].LinkId;
        var told = counted.TakeLast(Alert.MaxChanges).ToList();
        var content = new AlertContent { LinkId = link.Value, Count = counted.Count };
        var wanting = context.Channels.Where(channel => channel.Choice.For(Topics.Unstable) == TellingTime.AtOnce);
        var opened = drafting.Draft(
            context, AlertKind.Unstable, [link.Value, told[^1].Id], content, $"Unstable: {untold[0].Page.Host}", told, wanting);
        if (!planned.Fits((opened.Count * PlanStep.RowsPerAlert) + 1))
            return;

        planned.Opened.AddRange(opened);
        planned.Taken.AddRange(untold.Select(change => change.OutboxKey));
        var settlesAt = counted[^1].Transition.At + options.Value.FlappingWindow;
        planned.WakeBy(settlesAt);
        planned.Unstable.Add(new UnstableLink
        {
            ProjectId = context.Project.Id,
            LinkId = link,
            Since = counted[^1].Transition.At,
            StateBefore = untold[0].Transition.From,
            StateTold = counted[^1].Transition.To,
            SettlesAt = settlesAt,
        });
    }
}
