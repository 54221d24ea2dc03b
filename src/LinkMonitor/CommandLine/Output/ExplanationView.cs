using LinkMonitor.Engine.Explaining;

namespace LinkMonitor.CommandLine.Output;

/// <summary>How a verdict came about, as <c>.jsonl</c> files with <c>--explain</c> hold it.</summary>
internal sealed record ExplanationView(string Sentence, string? Source, IReadOnlyList<ExplanationStep> Steps)
{
    public static ExplanationView Of(Explanation explanation) => new(explanation.Sentence, explanation.Source, explanation.Steps);
}
