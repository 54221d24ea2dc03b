namespace LinkMonitor.Alerts.Composing;

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
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    public IReadOnlyList<LetterButton> Buttons { get; init; } = [];

    public IReadOnlyList<LetterSection> Sections { get; init; } = [];

    /// <summary>What stands below everything, line by line.</summary>
    public IReadOnlyList<string> Footer { get; init; } = [];

    /// <summary>The alert in a browser; null without a public address.</summary>
    public Uri? Whole { get; init; }

    public required AlertSummary Summary { get; init; }

    /// <summary>Of the changes told, in the order of the mail.</summary>
    public IReadOnlyList<string> EventIds { get; init; } = [];
}

/// <summary>A paragraph, with what it is about in front; null for a plain one.</summary>
internal sealed record LeadPart(string? Label, string Text);

/// <summary>A picture, and the words that stand there where it is not shown.</summary>
internal sealed record LetterLogo(Uri Url, string Text);

/// <summary>Something the reader can do. Absolute http or https URL.</summary>
internal sealed record LetterButton(string Label, string Url);
