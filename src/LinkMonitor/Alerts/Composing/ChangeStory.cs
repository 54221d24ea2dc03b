using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Alerts.Composing;

/// <summary>Everything a mail says of one change, in words that are safe to read but not yet encoded for HTML.</summary>
internal sealed record ChangeStory
{
    public required string EventId { get; init; }

    public required ChangeKind Kind { get; init; }

    public required string Host { get; init; }

    public required WebUrl Page { get; init; }

    public required WebUrl Target { get; init; }

    /// <summary>For example <c>live → lost</c>.</summary>
    public required string Move { get; init; }

    public required IReadOnlyList<Difference> Differences { get; init; }

    /// <summary>What is as expected again.</summary>
    public required IReadOnlyList<string> Resolved { get; init; }

    public required IReadOnlyList<Fact> Times { get; init; }

    public required Advice Advice { get; init; }

    public required IReadOnlyList<EvidenceRow> Evidence { get; init; }

    public required SnippetPair Snippets { get; init; }

    /// <summary>What stands where the first snippet would be, when there is none.</summary>
    public required string NoSnippetBefore { get; init; }

    /// <summary>What stands where the second snippet would be, when there is none.</summary>
    public required string NoSnippetAfter { get; init; }

    /// <summary>The link's page in the dashboard.</summary>
    public required Uri? Details { get; init; }

    /// <summary>What is told on one line when there is no room for all: the reasons, or what was resolved.</summary>
    public required string Gist { get; init; }
}

/// <summary>A label and its value.</summary>
internal sealed record Fact(string Label, string Value);

/// <summary>One reason with what was expected and what was found; either may be absent.</summary>
internal sealed record Difference(string Label, string Sentence, string? Expected, string? Found);

/// <summary>One line of the evidence; a side is null when that check did not see it.</summary>
internal sealed record EvidenceRow(string Label, string? Before, string? After)
{
    public bool Differs => !string.Equals(Before, After, StringComparison.Ordinal);
}
