using LinkMonitor.Engine.Urls;
using LinkMonitor.Wording;

namespace LinkMonitor.Alerts.Letters;

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
