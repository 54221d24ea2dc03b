using System.Globalization;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Says since when something is so, and how sure we are.</summary>
internal sealed class Sureness(Project project, ProjectTime time)
{
    /// <summary>For the head of a mail: one or two sentences.</summary>
    public string Of(IReadOnlyList<LinkChange> changes)
    {
        var (first, last) = (changes.Min(change => change.Transition.Since), changes.Max(change => change.Transition.Since));
        var seen = last - first < TimeSpan.FromMinutes(1) || changes.Count == 1
            ? $"First seen {time.Write(first)}"
            : $"First seen between {time.Write(first)} and {time.Write(last)}";
        if (changes.Count == 1)
            return $"{seen}; {Confirmation(changes[0].Transition)}.";
        var waited = changes.Min(change => Waited(change.Transition));
        if (waited <= TimeSpan.Zero)
            return $"{seen}.";
        var checks = changes.Min(change => Observations(change.Transition));
        return string.Create(CultureInfo.InvariantCulture,
            $"{seen}; each was confirmed by at least {checks} checks over {ProjectTime.Write(waited)} or more.");
    }

    /// <summary>For one change: the end of a sentence.</summary>
    public string Confirmation(LinkTransition transition)
    {
        var waited = Waited(transition);
        if (waited <= TimeSpan.Zero)
            return "one check is enough for this";
        if (ChangeKinds.Of(transition) == ChangeKind.Unreachable)
            return $"no check could read the page since, for {ProjectTime.Write(waited)}";
        if (transition.ReasonsAfter.Count == 0)
            return $"confirmed {ProjectTime.Write(waited)} later";
        return string.Create(CultureInfo.InvariantCulture, $"confirmed by at least {Observations(transition)} checks over {ProjectTime.Write(waited)}");
    }

    // The rule says how many there were at least; how many more is not kept.
    private int Observations(LinkTransition transition) =>
        transition.ReasonsAfter.Count == 0 ? 1 : Math.Max(2, project.Confirmation.For(transition.ReasonsAfter[0].Code).Observations);

    private static TimeSpan Waited(LinkTransition transition) => transition.At - transition.Since;
}
