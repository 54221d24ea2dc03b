using LinkMonitor.Engine.Urls;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Letters;

/// <summary>What both parts of a mail say, before either is laid out. All texts are safe to read but not yet encoded for HTML.</summary>
internal sealed record Letter
{
    public required string Subject { get; init; }

    /// <summary>Of all its texts.</summary>
    public Language Say { get; init; } = Language.English;

    /// <summary>Stands above everything in the HTML; null for none.</summary>
    public LetterLogo? Logo { get; init; }

    /// <summary>Null for a notice that is about no project.</summary>
    public string? ProjectName { get; init; }

    public required Tone Tone { get; init; }

    /// <summary>What happened, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>Of several links, one line for each, before everything else; empty for a letter about one.</summary>
    public IReadOnlyList<OverviewLine> Overview { get; init; } = [];

    /// <summary>How many more there are than lines in <see cref="Overview"/>.</summary>
    public int OverviewMore { get; init; }

    /// <summary>What is to be known before anything else: the cause, what is at stake, what to do, how sure we are.</summary>
    public IReadOnlyList<LeadPart> Lead { get; init; } = [];

    /// <summary>Counts, as a small table.</summary>
    public IReadOnlyList<LabelledValue> Facts { get; init; } = [];

    public IReadOnlyList<LetterButton> Buttons { get; init; } = [];

    public IReadOnlyList<LetterSection> Sections { get; init; } = [];

    /// <summary>What stands below everything, line by line.</summary>
    public IReadOnlyList<string> Footer { get; init; } = [];

    /// <summary>The alert in a browser; null without a public address.</summary>
    public Uri? Whole { get; init; }

    public required AlertSummary Summary { get; init; }

    /// <summary>Of the changes reported, in the order of the mail.</summary>
    public IReadOnlyList<string> EventIds { get; init; } = [];
}

/// <summary>The words of one alert. They are the same for every recipient but for what <see cref="For"/> adds.</summary>
public sealed record AlertMail
{
    /// <summary>What every <see cref="Html"/> ends with; values are encoded, so that none of them can end it earlier.</summary>
    internal const string HtmlEnd = "</div>\n</td></tr></table>\n</body>\n</html>\n";

    /// <summary>Of all texts: ISO 639-1, <c>en</c> by default.</summary>
    public string Language { get; init; } = Wording.Language.EnglishCode;

    /// <summary>At most 150 characters on one line, without control or bidirectional characters.</summary>
    public required string Subject { get; init; }

    /// <summary>Complete on its own; lines end with LF and are at most 78 characters long unless a single word is longer.</summary>
    public required string Text { get; init; }

    /// <summary>A whole document that loads nothing but the logo that a project wants, and reads well without it and without CSS.</summary>
    public required string Html { get; init; }

    /// <summary>The alert in a few lines, for chats.</summary>
    public required AlertSummary Summary { get; init; }

    /// <summary>The ids of the changes reported, in the order of the mail; empty when the alert is not about changes.</summary>
    public required IReadOnlyList<string> EventIds { get; init; }

    /// <summary>One recipient's copy: the same words with the recipient's own way out at the end.</summary>
    /// <param name="unsubscribe">Asks before it ends the mails to this recipient; null leaves the mail as it is.</param>
    public AlertMail For(Uri? unsubscribe)
    {
        if (unsubscribe is null)
            return this;
        var say = Wording.Language.Of(Language);
        var words = say.Text("Stop these mails to this address");
        var line = Markup.Of($"""
            <p class="muted" style="{HtmlStyles.Footer}">{Markup.Anchor(unsubscribe.AbsoluteUri, words)}</p>

            """);
        return this with
        {
            Text = $"{Text}{words}:\n{unsubscribe.AbsoluteUri}\n",
            Html = Html.Insert(Html.LastIndexOf(HtmlEnd, StringComparison.Ordinal), line.Html),
        };
    }
}

/// <summary>A paragraph, with what it is about in front; null for a plain one.</summary>
internal sealed record LeadPart(string? Label, string Text);

/// <summary>A picture, and the words that stand there where it is not shown.</summary>
internal sealed record LetterLogo(Uri Url, string Text);

/// <summary>Something the reader can do. Absolute http or https URL.</summary>
internal sealed record LetterButton(string Label, string Url);

/// <summary>How much of an alert stands in a mail.</summary>
/// <param name="Full">So many things are reported with all their evidence.</param>
/// <param name="Short">So many further ones get a few lines each.</param>
internal sealed record LetterRoom(int Full, int Short)
{
    /// <summary>So many changes are reported with all their evidence, at most.</summary>
    public const int MaxInFull = 12;

    /// <summary>
    /// So many further changes get a few lines each, at most. The rest is at the alert's public address; without one all are listed.
    /// </summary>
    public const int MaxShortly = 100;

    public static LetterRoom Unbounded { get; } = new(int.MaxValue, int.MaxValue);

    /// <summary>From all that is reported at most, down to the least that is tried to keep a mail whole in Gmail.</summary>
    public static IReadOnlyList<LetterRoom> Steps { get; } =
    [
        new(MaxInFull, MaxShortly),
        new(MaxInFull, 80),
        new(MaxInFull, 60),
        new(MaxInFull, 40),
        new(MaxInFull, 20),
        new(6, 20),
        new(3, 20),
        new(3, 10),
        new(1, 5),
    ];
}

/// <summary>Everything a mail says of one change, in words that are safe to read but not yet encoded for HTML.</summary>
internal sealed record ChangeStory
{
    public required string EventId { get; init; }

    /// <summary>Its place in the mail, 1 for the first; null when it is the only one.</summary>
    public int? Number { get; init; }

    public required ChangeKind Kind { get; init; }

    public required WebUrl Page { get; init; }

    public required WebUrl Target { get; init; }

    /// <summary>The reasons in a few words, or what was resolved.</summary>
    public required string Gist { get; init; }

    public required IReadOnlyList<LabelledValue> Facts { get; init; }

    public required IReadOnlyList<Difference> Differences { get; init; }

    /// <summary>What is as expected again.</summary>
    public required IReadOnlyList<string> Resolved { get; init; }

    /// <summary>Null when the head of the mail says it for all.</summary>
    public required Advice? Advice { get; init; }

    public required IReadOnlyList<EvidenceRow> Evidence { get; init; }

    /// <summary>The number of the story that tells what the checks saw of the page; null for this one.</summary>
    public int? PageToldAt { get; init; }

    public required SnippetPair Snippets { get; init; }

    /// <summary>The label of the snippet when both are the same.</summary>
    public required string SameSnippet { get; init; }

    /// <summary>What stands where the first snippet would be, when there is none.</summary>
    public required string NoSnippetBefore { get; init; }

    /// <summary>What stands where the second snippet would be, when there is none.</summary>
    public required string NoSnippetAfter { get; init; }

    public required IReadOnlyList<LetterButton> Buttons { get; init; }

    public IEnumerable<EvidenceRow> Differing => Evidence.Where(row => row.Differs);

    /// <summary>What both checks saw alike, in one line; empty for nothing.</summary>
    public string Alike => string.Join("; ", Evidence.Where(row => !row.Differs).Select(row => $"{row.Label}: {row.After}"));
}

/// <summary>A label and its value.</summary>
internal sealed record LabelledValue(string Label, string Value);

/// <summary>One reason with what was expected and what was found; either may be absent.</summary>
internal sealed record Difference(string Label, string Sentence, string? Expected, string? Found);
