using LinkMonitor.Alerts.Composing.Matters;

namespace LinkMonitor.Alerts.Composing;

/// <summary>A part of a letter: things of one sort.</summary>
internal sealed record LetterSection
{
    /// <summary>Null where a heading would not help.</summary>
    public string? Heading { get; init; }

    public Tone Tone { get; init; } = Tone.Plain;

    /// <summary>What is to be known of all of them; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Changes told with all their evidence, before the rows.</summary>
    public IReadOnlyList<ChangeStory> Stories { get; init; } = [];

    public IReadOnlyList<LetterRow> Rows { get; init; } = [];

    /// <summary>How many more there are than stories and rows.</summary>
    public int More { get; init; }

    /// <summary>Where those are; null without a public address.</summary>
    public Uri? MoreAt { get; init; }
}

/// <summary>Something told in two or three lines.</summary>
internal sealed record LetterRow
{
    /// <summary>Its place in the mail, 1 for the first; null when nothing is numbered.</summary>
    public int? Number { get; init; }

    public Tone Tone { get; init; } = Tone.Plain;

    /// <summary>What it is or what happened; empty when the heading says it for all.</summary>
    public string Head { get; init; } = "";

    /// <summary>Null for what is about no link.</summary>
    public LinkName? Link { get; init; }

    /// <summary>False when every row has the same target, which is said once.</summary>
    public bool ShowsTarget { get; init; } = true;

    /// <summary>In a smaller line below.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The link's own page here.</summary>
    public Uri? Details { get; init; }
}
