using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>Turns a project's stored changes into what the mail says of them.</summary>
internal sealed class ChangeStoryWriter(Project project, ProjectTime time, PublicLinks links)
{
    private const int MaxSentence = 600;
    private const int MaxValue = 300;

    // Longer ones open in no mail program.
    private const int LongestUrl = 2_083;

    private Language Say => time.Say;

    public IReadOnlyDictionary<LinkId, LinkCost> Stakes { get; init; } = new Dictionary<LinkId, LinkCost>();

    public IReadOnlyDictionary<LinkId, Uri> Drafts { get; init; } = new Dictionary<LinkId, Uri>();

    /// <summary>False when the head of the mail says for all why it matters and what to do.</summary>
    public bool SaysAdvice { get; init; } = true;

    /// <param name="change">What is reported.</param>
    /// <param name="number">Its place; null when it is alone: then the head of the mail says since when, and how sure we are.</param>
    public ChangeStory Tell(LinkChange change, int? number)
    {
        var transition = change.Transition;
        var kind = ChangeKindOf.Of(transition);
        return new ChangeStory
        {
            EventId = change.Id,
            Number = number,
            Kind = kind,
            Page = change.Page,
            Target = change.Target,
            Gist = Gist(transition, Say),
            Facts = [.. Facts(change, kind, number is null)],
            Differences = [.. transition.ReasonsAfter.Select(reason => Differ(reason, kind, transition.After.Scope, number is null))],
            Resolved = [.. Resolved(transition).Select(Resolve)],
            Advice = SaysAdvice ? Advise(transition, Say) : null,
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
        var kind = ChangeKindOf.Of(change.Transition);
        return new LetterRow
        {
            Number = number,
            Tone = ChangeKindOf.ToneOf(kind),
            Head = $"{ChangeKindOf.Word(kind, Say)}: {Gist(change.Transition, Say)}",
            Link = LinkName.Of(change),
            Notes =
            [
                .. showsTime ? [Say.Text("Since {time}", ("time", time.Write(change.Transition.Since)))] : Array.Empty<string>(),
                .. Stakes.TryGetValue(change.LinkId, out var stake) ? [MoneyText.Of(stake, Say)] : Array.Empty<string>(),
            ],
            Details = links.Link(project.Id, change.LinkId),
        };
    }

    /// <summary>What the reader can do about a link, the most useful first.</summary>
    public IReadOnlyList<LetterButton> Buttons(LinkName link)
    {
        (string Label, string? Url)[] all =
        [
            (Say.Text("Details"), links.Link(project.Id, link.Id)?.AbsoluteUri),
            (Say.Text("Open the page"), link.Page is { IsHttp: true, Href.Length: <= LongestUrl } ? link.Page.Href : null),
            (Say.Text("Check again"), links.Recheck(project.Id, link.Id)?.AbsoluteUri),
            (Say.Text("Draft a message"), Drafts.TryGetValue(link.Id, out var draft) ? draft.AbsoluteUri : null),
            (Say.Text("Mute this link"), links.Mute(project.Id, link.Id)?.AbsoluteUri),
        ];
        return [.. all.Where(button => button.Url is not null).Select(button => new LetterButton(button.Label, button.Url!))];
    }

    /// <summary>A reason in a few words, for example <c>rel: follow → nofollow</c>.</summary>
    public static string Brief(Reason reason, ChangeKind kind, int maxValue, Language say)
    {
        string Value(string value) => WebText.Short(EvidenceWords.Value(reason.Code, value, say), maxValue);
        return reason switch
        {
            { Expected: { } expected, Found: { } found } => $"{ReasonWords.Label(reason.Code, say)}: {Value(expected)} → {Value(found)}",
            { Found: { } found } => $"{ReasonWords.Label(reason.Code, say)}: {Value(found)}",
            _ => ReasonWords.Label(reason.Code, kind, say),
        };
    }

    /// <summary>A change in a few words: its reasons, or what is over.</summary>
    public static string Gist(LinkTransition transition, Language say)
    {
        if (transition.ReasonsAfter.Count > 0)
            return string.Join("; ", transition.ReasonsAfter.Select(reason => Brief(reason, ChangeKindOf.Of(transition), 60, say)));
        var resolved = Resolved(transition);
        return resolved.Count > 0
            ? say.Text("was: {reasons}", ("reasons", string.Join("; ", resolved.Select(reason => ReasonWords.Label(reason.Code, say)))))
            : say.Text("as expected");
    }

    public static Advice Advise(LinkTransition transition, Language say) => ChangeKindOf.Of(transition) switch
    {
        ChangeKind.Recovered => ReasonWords.Recovered(say),
        ChangeKind.NotFound => ReasonWords.NotFound(say),
        ChangeKind.Lost when transition.After.MovedTo is not null && transition.ReasonsAfter.Count > 0 =>
            ReasonWords.Advice(
                transition.ReasonsAfter[0].Code,
                say) with
            {
                Todo = say.Text("Watch the page that now carries the link instead of this one."),
            },
        _ when transition.ReasonsAfter.Count > 0 => ReasonWords.Advice(transition.ReasonsAfter[0].Code, say),
        _ => new Advice(say.Text("The link is not as expected."), say.Text("Look at the evidence below.")),
    };

    private static List<Reason> Resolved(LinkTransition transition) =>
        [.. transition.ReasonsBefore.Where(before => !transition.ReasonsAfter.Any(before.IsSameAs))];

    private Difference Differ(Reason reason, ChangeKind kind, ScopeFinding? scope, bool isAlone) => new(
        LetterWords.Capital(ReasonWords.Label(reason.Code, kind, Say)),
        Say.Cut(Sentence(reason, scope, isAlone), MaxSentence),
        reason.Expected is { } expected ? Say.Cut(EvidenceWords.Value(reason.Code, expected, Say), MaxValue) : null,
        reason.Found is { } found ? Say.Cut(EvidenceWords.Value(reason.Code, found, Say), MaxValue) : null);

    // The head of a mail about one link has said it already.
    private string Sentence(Reason reason, ScopeFinding? scope, bool isAlone)
    {
        var (sentence, ofScope) = (ReasonWords.Sentence(reason, Say), ScopeWords.Sentence(reason, scope, Say));
        if (ofScope is null || Say.IsEnglish != isAlone)
            return sentence;
        return isAlone ? sentence.Replace(ofScope, "", StringComparison.Ordinal) : $"{sentence} {ofScope}";
    }

    private string Resolve(Reason reason)
    {
        var label = ReasonWords.Label(reason.Code, Say);
        return reason.Found is { } found
            ? Say.Text(
                "{reason} (was: {found})", ("reason", label), ("found", Say.Cut(EvidenceWords.Value(reason.Code, found, Say), MaxValue)))
            : label;
    }

    // Only a page that was read, or that says it is gone, proves that there is no link.
    private string WithoutSnippet(Evidence? evidence) => evidence?.Observation switch
    {
        null => Say.Text("No earlier check saw the page."),
        ObservationKind.Observed or ObservationKind.Gone => Say.Text("The link was not there."),
        _ => Say.Text("The page could not be read, so nothing is known of the link."),
    };

    private IEnumerable<LabelledValue> Facts(LinkChange change, ChangeKind kind, bool isAlone)
    {
        var transition = change.Transition;
        yield return new LabelledValue(Say.Text("State"), StateWords.Move(transition, Say));
        if (!isAlone)
        {
            yield return new LabelledValue(Say.Text("Since"), time.Write(transition.Since));
            if (new ConfirmationText(project, time).Confirmation(transition) is { } confirmation)
                yield return new LabelledValue(Say.Text("How sure"), LetterWords.Capital(confirmation));
        }

        if (kind != ChangeKind.Recovered && transition.Before is { Occurrences: > 0 } before)
            yield return new LabelledValue(Say.Text("Last seen alive"), time.Write(before.UnchangedAt ?? before.CheckedAt));
        if (Stakes.TryGetValue(change.LinkId, out var stake))
            yield return new LabelledValue(Say.Text("Price"), MoneyText.Of(stake, Say));
    }
}
