using LinkMonitor.Alerts.Letters;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>
/// Says since when something is so, and by what it was confirmed; nothing where one check is enough, for that says nothing.
/// </summary>
internal sealed class ConfirmationText(Project project, ProjectTime time)
{
    private Language Say => time.Say;

    /// <summary>For the head of a mail.</summary>
    public IEnumerable<LeadPart> Of(IReadOnlyList<LinkChange> changes)
    {
        var (first, last) = (changes.Min(change => change.Transition.Since), changes.Max(change => change.Transition.Since));
        yield return new LeadPart(Say.Text("First seen"), last - first < TimeSpan.FromMinutes(1) || changes.Count == 1
            ? $"{time.Write(first)}."
            : Say.Text("between {first} and {last}.", ("first", time.Write(first)), ("last", time.Write(last))));
        if (changes.Count == 1)
        {
            if (Confirmation(changes[0].Transition) is { } confirmation)
                yield return new LeadPart(Say.Text("How sure we are"), $"{LetterWords.Capital(confirmation)}.");
            yield break;
        }

        var waited = changes.Min(change => Waited(change.Transition));
        if (waited > TimeSpan.Zero && changes.All(change => IsCounted(change.Transition)))
            yield return new LeadPart(
                Say.Text("How sure we are"),
                Say.Text(
                    "Each was seen at least {times}, at least {apart} apart.",
                    ("times", Times(changes.Min(change => Observations(change.Transition)))), ("apart", Apart(waited))));
    }

    /// <summary>For one change: a part of a sentence; null where one check is enough.</summary>
    public string? Confirmation(LinkTransition transition)
    {
        var waited = Waited(transition);
        if (waited <= TimeSpan.Zero)
            return null;
        if (ChangeKindOf.Of(transition) == ChangeKind.Unreachable)
            return Say.Text("no check has been able to read the page since, for {duration}", ("duration", time.Write(waited)));
        return transition.ReasonsAfter.Count == 0
            ? Say.Text("seen again {apart} later", ("apart", Apart(waited)))
            : Say.Text("seen at least {times}, {apart} apart", ("times", Times(Observations(transition))), ("apart", Apart(waited)));
    }

    // The rule says how many there were at least; how many more is not kept.
    private int Observations(LinkTransition transition) =>
        Math.Max(2, project.Confirmation.For(transition.ReasonsAfter[0].Code).Observations);

    private static bool IsCounted(LinkTransition transition) =>
        transition.ReasonsAfter.Count > 0 && ChangeKindOf.Of(transition) != ChangeKind.Unreachable;

    private string Times(int count) => count == 2 ? Say.Text("twice") : Say.Count(count, "{count} time", "{count} times");

    // Of an hour and a minute people read the hour only.
    private string Apart(TimeSpan waited) => waited < TimeSpan.FromHours(2) && waited >= TimeSpan.FromMinutes(2)
        ? Say.Count((int)waited.TotalMinutes, "{count} minute", "{count} minutes")
        : time.Write(waited);

    private static TimeSpan Waited(LinkTransition transition) => transition.At - transition.Since;
}
