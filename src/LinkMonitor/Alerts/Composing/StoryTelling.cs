using System.Globalization;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Composing;

/// <summary>Turns a project's stored changes into what the mail says of them.</summary>
internal sealed class StoryTelling(Project project, ProjectTime time, PublicLinks links)
{
    private const int MaxSentence = 600;
    private const int MaxValue = 300;

    public ChangeStory Tell(LinkChange change)
    {
        var transition = change.Transition;
        var kind = ChangeKinds.Of(transition);
        var resolved = transition.ReasonsBefore.Where(before => !transition.ReasonsAfter.Any(before.IsSameAs)).ToList();
        return new ChangeStory
        {
            EventId = change.Id,
            Kind = kind,
            Host = change.Page.Host ?? "(no host)",
            Page = change.Page,
            Target = change.Target,
            Move = $"{WireName.Of(transition.From)} → {WireName.Of(transition.To)}",
            Differences = [.. transition.ReasonsAfter.Select(Differ)],
            Resolved = [.. resolved.Select(Resolve)],
            Times = [.. Times(transition, kind)],
            Advice = Advise(transition, kind),
            Evidence = EvidenceTable.Rows(transition.Before, transition.After, time),
            Snippets = SnippetDifference.Compare(transition.Before?.Snippet, transition.After.Snippet),
            NoSnippetBefore = WithoutSnippet(transition.Before),
            NoSnippetAfter = WithoutSnippet(transition.After),
            Details = links.Link(change.ProjectId, change.LinkId),
            Gist = Gist(transition, resolved),
        };
    }

    /// <summary>A reason in a few words, for example <c>rel: follow → nofollow</c>.</summary>
    public static string Brief(Reason reason, int maxValue) => reason switch
    {
        { Expected: { } expected, Found: { } found } =>
            $"{ReasonWords.Label(reason.Code)}: {WebText.Short(expected, maxValue)} → {WebText.Short(found, maxValue)}",
        { Found: { } found } => $"{ReasonWords.Label(reason.Code)}: {WebText.Short(found, maxValue)}",
        _ => ReasonWords.Label(reason.Code),
    };

    private static string Gist(LinkTransition transition, List<Reason> resolved) => transition.ReasonsAfter.Count > 0
        ? string.Join("; ", transition.ReasonsAfter.Select(reason => Brief(reason, 60)))
        : resolved.Count > 0 ? "was: " + string.Join("; ", resolved.Select(reason => ReasonWords.Label(reason.Code))) : "as expected";

    private static Difference Differ(Reason reason) => new(
        ReasonWords.Label(reason.Code),
        WebText.Cut(reason.Message, MaxSentence),
        reason.Expected is { } expected ? WebText.Cut(expected, MaxValue) : null,
        reason.Found is { } found ? WebText.Cut(found, MaxValue) : null);

    private static string Resolve(Reason reason) => reason.Found is { } found
        ? $"{ReasonWords.Label(reason.Code)} (was: {WebText.Cut(found, MaxValue)})"
        : ReasonWords.Label(reason.Code);

    private static Advice Advise(LinkTransition transition, ChangeKind kind) => kind switch
    {
        ChangeKind.Recovered => ReasonWords.Recovered,
        ChangeKind.NotFound => ReasonWords.NotFound,
        _ when transition.ReasonsAfter.Count > 0 => ReasonWords.Advice(transition.ReasonsAfter[0].Code),
        _ => new Advice("The link is not as expected.", "Look at the evidence below."),
    };

    // Only a page that was read, or that says it is gone, proves that there is no link.
    private static string WithoutSnippet(Evidence? evidence) => evidence?.Observation switch
    {
        null => "No earlier check saw the page.",
        ObservationKind.Observed or ObservationKind.Gone => "The link was not there.",
        _ => "The page could not be read, so nothing is known of the link.",
    };

    private IEnumerable<Fact> Times(LinkTransition transition, ChangeKind kind)
    {
        yield return new Fact("Since", time.Write(transition.Since));
        yield return new Fact("Confirmed", Confirmed(transition, kind));
        if (kind != ChangeKind.Recovered && transition.Before is { Occurrences: > 0 } before)
            yield return new Fact("Last seen alive", time.Write(before.UnchangedAt ?? before.CheckedAt));
    }

    private string Confirmed(LinkTransition transition, ChangeKind kind)
    {
        var waited = transition.At - transition.Since;
        if (waited <= TimeSpan.Zero)
            return "by the same check; this needs no second one";
        var after = $"{time.Write(transition.At)}, {ProjectTime.Write(waited)} after the first sign";
        if (kind == ChangeKind.Unreachable)
            return $"{after}; no check could read the page for {ProjectTime.Write(project.Confirmation.UnreachableAfter)} or longer";
        if (transition.ReasonsAfter.Count == 0)
            return after;
        var rule = project.Confirmation.For(transition.ReasonsAfter[0].Code);
        return string.Create(CultureInfo.InvariantCulture,
            $"{after}, by {rule.Observations} or more checks (this project's rule: at least {rule.Observations} over {ProjectTime.Write(rule.Over)})");
    }
}
