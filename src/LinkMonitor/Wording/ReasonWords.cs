using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Wording;

/// <summary>The words of mails for each reason, from the <see cref="ReasonCatalogue"/>.</summary>
internal static class ReasonWords
{
    /// <summary>What differs, for a subject or the head of a line: for example <c>rel</c>.</summary>
    public static string Label(ReasonCode code, Language say) => say.Written(ReasonCatalogue.Of(code).Label);

    /// <summary>The label as it is true of a kind of change: what was never there was not removed, and is not gone.</summary>
    public static string Label(ReasonCode code, ChangeKind kind, Language say) =>
        (kind, code) switch
        {
            (ChangeKind.NotFound, ReasonCode.LinkRemoved) => say.Text("not on the page"),
            (ChangeKind.NotFound, ReasonCode.MentionOnly) => say.Text("only a mention"),
            (ChangeKind.NotFound, ReasonCode.PageGone) => say.Text("no such page"),
            (ChangeKind.NotFound, ReasonCode.DomainGone) => say.Text("no such domain"),
            _ => Label(code, say),
        };

    /// <summary>
    /// The sentence of a reason. Changes are stored with one in English, which names what was seen; another language has one of its own for
    /// each reason, and what was expected and found stands below it anyway.
    /// </summary>
    public static string Sentence(Reason reason, Language say) =>
        say.IsEnglish ? reason.Message : say.Written(ReasonCatalogue.Of(reason.Code).Sentence);

    /// <summary>Two sentences for a reason.</summary>
    public static Advice Advice(ReasonCode code, Language say)
    {
        var entry = ReasonCatalogue.Of(code);
        return new(say.Written(entry.Why), say.Written(entry.ToDo));
    }

    /// <summary>For a link that is as it should be again.</summary>
    public static Advice Recovered(Language say) => new(say.Text("The link is there again, as expected."), say.Text("Nothing to do."));

    /// <summary>For a link that the first observation of the page did not find.</summary>
    /// <param name="code">Why it was not found; null where nothing says.</param>
    public static Advice NotFound(ReasonCode? code, Language say) => new(
        say.Text("A link that is not there yet does not count."),
        code is { } known && ReasonCatalogue.Of(known).IsWithoutPage
            ? say.Text("Check the page's address, and ask whoever is to place the link for the right one.")
            : say.Text("Check that page and target are right, or ask the site's owner when the link will be placed."));
}

/// <summary>Why a change matters, and what to do.</summary>
internal sealed record Advice(string Why, string Todo);

internal static class ChangeKindOf
{
    public static ChangeKind Of(LinkTransition transition) => Of(transition.To);

    public static ChangeKind Of(LinkState state) => state switch
    {
        LinkState.Lost => ChangeKind.Lost,
        LinkState.Unreachable => ChangeKind.Unreachable,
        LinkState.Changed => ChangeKind.Changed,
        LinkState.Live => ChangeKind.Recovered,
        _ => ChangeKind.NotFound,
    };

    /// <summary>For example <c>Lost</c>: starts a heading or a subject.</summary>
    public static string Word(ChangeKind kind, Language say) => kind switch
    {
        ChangeKind.Lost => say.Text("Lost"),
        ChangeKind.Unreachable => say.Text("Unreachable"),
        ChangeKind.Changed => say.Text("Changed"),
        ChangeKind.Recovered => say.Text("Recovered"),
        _ => say.Text("Not found"),
    };

    public static Tone ToneOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Lost => Tone.Bad,
        ChangeKind.Unreachable => Tone.Unknown,
        ChangeKind.Changed => Tone.Warning,
        ChangeKind.NotFound => Tone.Absent,
        _ => Tone.Good,
    };
}

/// <summary>What the last check of a link said: the one source for all pages and the API.</summary>
internal static class CheckWords
{
    private const int LongestSentence = 600;

    /// <summary>
    /// One sentence; null before the first check. A check that confirms a loss that is held says what is held: what it said of itself alone
    /// leaves open what is known. An answer that was read and still decides nothing says why.
    /// </summary>
    public static string? SentenceOf(LinkStatus status) => status.LastEvidence is not { } last ? null
        : ConfirmsLoss(status) ? status.Reasons[0].Message
        : last.Explanation?.Sentence ?? last.Detail;

    /// <summary>The same, cut for a page.</summary>
    public static string? Said(LinkStatus status) => SentenceOf(status) is { } sentence ? WebText.Said(sentence, LongestSentence) : null;

    /// <summary>Whether the last check did not see the page, and confirms by that what is held of the link.</summary>
    public static bool ConfirmsLoss(LinkStatus status) =>
        status is { LastOutcome: { } look, Reasons.Count: > 0 } && !look.IsSeen() && StandingRule.IsTold(status) is true;

    /// <summary>What kept a check from telling, in the words of its reason.</summary>
    public static string Label(CheckOutcome outcome, Language say) =>
        WireName.TryParse<ReasonCode>(WireName.Of(outcome), out var code) ? ReasonWords.Label(code, say)
        : outcome == CheckOutcome.Gone ? say.Text("gone")
        : say.Text("observed");
}

/// <summary>What a change means to the reader, the worst first: mails are in this order.</summary>
internal enum ChangeKind
{
    Lost,
    Unreachable,
    Changed,
    NotFound,
    Recovered,
}

/// <summary>
/// The shapes of states as signs, where no drawing can be: what the dashboard draws (<c>States.Shape</c>), so that whoever reads a mail and
/// then a page sees one set. None of them is shown as a coloured picture by mail programs.
/// </summary>
internal static class StateMarks
{
    public const string Live = "✓";
    public const string Changed = "▲";

    /// <summary>Also of a link that was never found.</summary>
    public const string Lost = "✕";
    public const string Unknown = "?";
    public const string Pending = "◷";
}

/// <summary>How bad a thing is: it has a colour, and a shape, because colour alone says nothing to many readers (WCAG 1.4.1).</summary>
internal enum Tone
{
    Bad,
    Unknown,
    Warning,
    Absent,
    Good,

    /// <summary>Neither good nor bad.</summary>
    Plain,
}
