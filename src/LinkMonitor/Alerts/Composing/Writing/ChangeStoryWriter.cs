using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Letters;
using LinkMonitor.Engine.Reasons;
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
    private const int MaxBrief = 60;

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
            Differences = [.. transition.ReasonsAfter.Select(reason => Differ(reason, kind, transition.After, number is null))],
            Resolved = [.. Resolved(transition).Select(Resolve)],
            Advice = SaysAdvice ? Advise(transition, Say) : null,
            Evidence = EvidenceTable.Rows(transition.Before, transition.After, time),
            Snippets = SnippetDifference.Compare(transition.Before?.Snippet, transition.After.Snippet),
            SameSnippet = transition.ReasonsAfter.Any(reason => reason.Code == ReasonCode.Hidden)
                ? Say.Text("HTML, the same in both checks; what hides the link is around it")
                : Say.Text("HTML, the same in both checks"),
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

    /// <summary>
    /// A reason in a few words, for example <c>rel: follow → nofollow</c>; without what was expected and found where that is too long.
    /// </summary>
    public static string Shortly(Reason reason, ChangeKind kind, int maxLength, Language say)
    {
        var brief = Brief(reason, kind, say);
        return brief.Length <= maxLength ? brief : WebText.Short(ReasonWords.Label(reason.Code, kind, say), maxLength);
    }

    /// <summary>A reason in a few words, for example <c>rel: follow → nofollow</c>.</summary>
    public static string Brief(Reason reason, ChangeKind kind, Language say)
    {
        string Value(string value) => WebText.Short(EvidenceWords.Value(reason.Code, value, say), MaxBrief);
        return reason switch
        {
            { Code: ReasonCode.MentionOnly or ReasonCode.Soft404 } => ReasonWords.Label(reason.Code, kind, say),
            { Expected: { } expected, Found: { } found } =>
                $"{ReasonWords.Label(reason.Code, kind, say)}: {Value(expected)} → {Value(found)}",
            { Found: { } found } => $"{ReasonWords.Label(reason.Code, kind, say)}: {Value(found)}",
            _ => ReasonWords.Label(reason.Code, kind, say),
        };
    }

    /// <summary>A change in a few words, never longer than allowed: the reasons that fit, and an ellipsis for others.</summary>
    public static string Gist(LinkTransition transition, int maxLength, Language say)
    {
        var whole = Gist(transition, say);
        if (whole.Length <= maxLength || transition.ReasonsAfter.Count == 0)
            return WebText.Short(whole, maxLength);
        var (kind, more) = (ChangeKindOf.Of(transition), "; " + WebText.Ellipsis);
        var room = maxLength - (transition.ReasonsAfter.Count > 1 ? more.Length : 0);
        var gist = Shortly(transition.ReasonsAfter[0], kind, room, say);
        foreach (var reason in transition.ReasonsAfter.Skip(1).SkipLast(1))
        {
            var next = $"{gist}; {Brief(reason, kind, say)}";
            if (next.Length > room)
                break;
            gist = next;
        }

        return transition.ReasonsAfter.Count > 1 ? gist + more : gist;
    }

    /// <summary>A change in a few words: its reasons, or what is over.</summary>
    public static string Gist(LinkTransition transition, Language say)
    {
        if (transition.ReasonsAfter.Count > 0)
            return string.Join("; ", transition.ReasonsAfter.Select(reason => Brief(reason, ChangeKindOf.Of(transition), say)));
        var resolved = Resolved(transition);
        return resolved.Count > 0
            ? say.Text("was: {reasons}", ("reasons", string.Join("; ", resolved.Select(reason => ReasonWords.Label(reason.Code, say)))))
            : say.Text("as expected");
    }

    public static Advice Advise(LinkTransition transition, Language say) => ChangeKindOf.Of(transition) switch
    {
        ChangeKind.Recovered => ReasonWords.Recovered(say),
        ChangeKind.NotFound => ReasonWords.NotFound(
            transition.ReasonsAfter.Count > 0 ? transition.ReasonsAfter[0].Code : null, say),
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

    private Difference Differ(Reason reason, ChangeKind kind, Evidence after, bool isAlone) => new(
        LetterWords.Capital(ReasonWords.Label(reason.Code, kind, Say)),
        Say.Cut(ReadableHost.In(Sentence(reason, after, isAlone)), MaxSentence),
        reason.Expected is { } expected ? Say.Cut(EvidenceWords.Expected(reason.Code, expected, Say), MaxValue) : null,
        reason.Found is { } found ? Say.Cut(EvidenceWords.Found(reason.Code, found, Say), MaxValue) : null);

    // The head of a mail about one link has said it already.
    private string Sentence(Reason reason, Evidence after, bool isAlone)
    {
        var (sentence, ofScope) = (ReasonWords.Sentence(reason, Say), ScopeWords.Sentence(reason, after, Say));
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
    private string WithoutSnippet(Evidence? evidence) => evidence?.Look() switch
    {
        null => Say.Text("No earlier check saw the page."),
        { } look when look.IsSeen() || look is CheckOutcome.PageReplaced or CheckOutcome.Parked => Say.Text("The link was not there."),
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
