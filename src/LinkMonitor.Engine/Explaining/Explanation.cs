namespace LinkMonitor.Engine.Explaining;

/// <summary>How a verdict came about.</summary>
public sealed record Explanation
{
    /// <summary>What is so and what to do about it, in plain words, at most 600 characters.</summary>
    public required string Sentence { get; init; }

    /// <summary>The page of the standard or of the search engine behind the verdict; null for a link as expected, and for rules of our own.</summary>
    public string? Source { get; init; }

    /// <summary>In the order in which they were taken; exactly one <see cref="StepState.Decides"/>.</summary>
    public required IReadOnlyList<ExplanationStep> Steps { get; init; }
}
