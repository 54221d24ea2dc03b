using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Alerts.Composing.Writing;
using LinkMonitor.Engine.Comparing;
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

    // Longer ones open in no mail program.
    private const int LongestUrl = 2_083;

    public IReadOnlyDictionary<LinkId, Stake> Stakes { get; init; } = new Dictionary<LinkId, Stake>();

    public IReadOnlyDictionary<LinkId, Uri> Drafts { get; init; } = new Dictionary<LinkId, Uri>();

    /// <summary>False when the head of the mail says for all why it matters and what to do.</summary>
    public bool SaysAdvice { get; init; } = true;

    /// <param name="change">What is told.</param>
    /// <param name="number">Its place; null when it is alone: then the head of the mail says since when, and how sure we are.</param>
    public ChangeStory Tell(LinkChange change, int? number)
    {
        var transition = change.Transition;
        var kind = ChangeKinds.Of(transition);
        return new ChangeStory
        {
            EventId = change.Id,
            Number = number,
            Kind = kind,
            Page = change.Page,
            Target = change.Target,
            Gist = Gist(transition),
            Facts = [.. Facts(change, kind, number is null)],
            Differences = [.. transition.ReasonsAfter.Select(reason => Differ(reason, kind, transition.After.Scope, number is null))],
            Resolved = [.. Resolved(transition).Select(Resolve)],
            Advice = SaysAdvice ? Advise(transition) : null,
            Evidence = EvidenceTable.Rows(transition.Before, transition.After, time),
            Snippets = SnippetDifference.Compare(transition.Before?.Snippet, transition.After.Snippet),
            NoSnippetBefore = WithoutSnippet(transition.Before),
            NoSnippetAfter = WithoutSnippet(transition.After),
            Buttons = number is null ? [] : Buttons(LinkName.Of(change)),
        };
    }

    /// <summary>As a row of a list.</summary>
    /// <param name="showsTime">Whether the row says since when.</param>
    public LetterRow TellShortly(LinkChange change, int? number, bool showsTime = true)
    {
        var kind = ChangeKinds.Of(change.Transition);
        return new LetterRow
        {
            Number = number,
            Tone = ChangeKinds.ToneOf(kind),
            Head = $"{ChangeKinds.Word(kind)}: {Gist(change.Transition)}",
            Link = LinkName.Of(change),
            Notes =
            [
                .. showsTime ? [$"Since {time.Write(change.Transition.Since)}"] : Array.Empty<string>(),
                .. Stakes.TryGetValue(change.LinkId, out var stake) ? [Money.Of(stake)] : Array.Empty<string>(),
            ],
            Details = links.Link(project.Id, change.LinkId),
        };
    }

    /// <summary>What the reader can do about a link, the most useful first.</summary>
    public IReadOnlyList<LetterButton> Buttons(LinkName link)
    {
        (string Label, string? Url)[] all =
        [
            ("Details", links.Link(project.Id, link.Id)?.AbsoluteUri),
            ("Open the page", link.Page is { IsHttp: true, Href.Length: <= LongestUrl } ? link.Page.Href : null),
            ("Check again", links.Recheck(project.Id, link.Id)?.AbsoluteUri),
            ("Draft a message", Drafts.TryGetValue(link.Id, out var draft) ? draft.AbsoluteUri : null),
            ("Mute this link", links.Mute(project.Id, link.Id)?.AbsoluteUri),
        ];
        return [.. all.Where(button => button.Url is not null).Select(button => new LetterButton(button.Label, button.Url!))];
    }

    /// <summary>A reason in a few words, for example <c>rel: follow → nofollow</c>.</summary>
    public static string Brief(Reason reason, ChangeKind kind, int maxValue) => reason switch
    {
        { Expected: { } expected, Found: { } found } =>
            $"{ReasonWords.Label(reason.Code)}: {WebText.Short(expected, maxValue)} → {WebText.Short(found, maxValue)}",
        { Found: { } found } => $"{ReasonWords.Label(reason.Code)}: {WebText.Short(found, maxValue)}",
        _ => ReasonWords.Label(reason.Code, kind),
    };

    /// <summary>A change in a few words: its reasons, or what is over.</summary>
    public static string Gist(LinkTransition transition)
    {
        if (transition.ReasonsAfter.Count > 0)
            return string.Join("; ", transition.ReasonsAfter.Select(reason => Brief(reason, ChangeKinds.Of(transition), 60)));
        var resolved = Resolved(transition);
        return resolved.Count > 0 ? "was: " + string.Join("; ", resolved.Select(reason => ReasonWords.Label(reason.Code))) : "as expected";
    }

    public static Advice Advise(LinkTransition transition) => ChangeKinds.Of(transition) switch
    {
        ChangeKind.Recovered => ReasonWords.Recovered,
        ChangeKind.NotFound => ReasonWords.NotFound,
        ChangeKind.Lost when transition.After.MovedTo is not null && transition.ReasonsAfter.Count > 0 =>
            ReasonWords.Advice(transition.ReasonsAfter[0].Code) with { Todo = "Watch the page that carries the link now in place of this one." },
        _ when transition.ReasonsAfter.Count > 0 => ReasonWords.Advice(transition.ReasonsAfter[0].Code),
        _ => new Advice("The link is not as expected.", "Look at the evidence below."),
    };

    private static List<Reason> Resolved(LinkTransition transition) =>
        [.. transition.ReasonsBefore.Where(before => !transition.ReasonsAfter.Any(before.IsSameAs))];

    private static Difference Differ(Reason reason, ChangeKind kind, ScopeFinding? scope, bool isAlone) => new(
        LetterWords.Capital(ReasonWords.Label(reason.Code, kind)),
        WebText.Cut(isAlone ? WithoutScope(reason, scope) : reason.Message, MaxSentence),
        reason.Expected is { } expected ? WebText.Cut(expected, MaxValue) : null,
        reason.Found is { } found ? WebText.Cut(found, MaxValue) : null);

    // The head of a mail about one link has said it already.
    private static string WithoutScope(Reason reason, ScopeFinding? scope) =>
        ScopeWords.Sentence(reason, scope) is { } sentence
            ? reason.Message.Replace(sentence, "", StringComparison.Ordinal)
            : reason.Message;

    private static string Resolve(Reason reason) => reason.Found is { } found
        ? $"{ReasonWords.Label(reason.Code)} (was: {WebText.Cut(found, MaxValue)})"
        : ReasonWords.Label(reason.Code);

    // Only a page that was read, or that says it is gone, proves that there is no link.
    private static string WithoutSnippet(Evidence? evidence) => evidence?.Observation switch
    {
        null => "No earlier check saw the page.",
        ObservationKind.Observed or ObservationKind.Gone => "The link was not there.",
        _ => "The page could not be read, so nothing is known of the link.",
    };

    private IEnumerable<Fact> Facts(LinkChange change, ChangeKind kind, bool isAlone)
    {
        var transition = change.Transition;
        yield return new Fact("State", $"{WireName.Of(transition.From)} → {WireName.Of(transition.To)}");
        if (!isAlone)
        {
            yield return new Fact("Since", time.Write(transition.Since));
            if (new Sureness(project, time).Confirmation(transition) is { } confirmation)
                yield return new Fact("How sure", LetterWords.Capital(confirmation));
        }

        if (kind != ChangeKind.Recovered && transition.Before is { Occurrences: > 0 } before)
            yield return new Fact("Last seen alive", time.Write(before.UnchangedAt ?? before.CheckedAt));
        if (Stakes.TryGetValue(change.LinkId, out var stake))
            yield return new Fact("Price", Money.Of(stake));
    }
}
