using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Links;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Planning;

/// <summary>Finds links that change back and forth: that is reported once, and what they do from then on is held. Pure.</summary>
internal sealed class FlappingPlanner(AlertDrafting drafting, IOptions<AlertOptions> options)
{
    /// <summary>Opens an alert for each link that has become unstable.</summary>
    /// <param name="ready">Changes that would be reported now.</param>
    /// <returns>Those of links that are stable.</returns>
    public IReadOnlyList<LinkChange> Plan(PlanInput input, IReadOnlyList<LinkChange> ready, PlanDraft draft)
    {
        var stable = new List<LinkChange>();
        foreach (var link in ready.GroupBy(change => change.LinkId))
        {
            var unreported = link.OrderBy(change => change.Transition.At).ToList();
            var after = unreported[^1].Transition.At - options.Value.FlappingWindow;
            var counted = input.Histories.GetValueOrDefault(link.Key, []).Where(change => change.Transition.At > after).ToList();
            if (counted.Count <= options.Value.FlappingChanges)
                stable.AddRange(unreported);
            else
                Hold(input.Context, unreported, counted, draft);
        }

        return stable;
    }

    private void Hold(PlanContext context, List<LinkChange> unreported, List<LinkChange> counted, PlanDraft draft)
    {
        var link = unreported[0].LinkId;
        var reported = counted.TakeLast(Alert.MaxChanges).ToList();
        var content = new AlertContent { LinkId = link.Value, Count = counted.Count };
        var wanting = context.Channels.Where(channel => context.IsUnstableUrgent(channel, counted));
        var settlesAt = counted[^1].Transition.At + options.Value.FlappingWindow;
        var isAdded = draft.TryAdd(new AlertBundle
        {
            Opened = drafting.Draft(
                context, AlertKind.Unstable, [link.Value, reported[^1].Id], content,
                AlertDrafting.SubjectOf(IncidentFactsFactory.OfUnstable("", context.Project, reported, counted.Count, options.Value)),
                reported, wanting),
            Taken = [.. unreported.Select(change => change.OutboxKey)],
            Unstable =
            [
                new UnstableLink
                {
                    ProjectId = context.Project.Id,
                    LinkId = link,
                    Since = counted[^1].Transition.At,
                    StateBefore = unreported[0].Transition.From,
                    StateTold = counted[^1].Transition.To,
                    SettlesAt = settlesAt,
                },
            ],
        });
        if (isAdded)
            draft.WakeBy(settlesAt);
    }
}
