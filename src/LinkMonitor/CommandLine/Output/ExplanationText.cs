using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.CommandLine.Output;

/// <summary>The steps of a check as text for people.</summary>
internal static class ExplanationText
{
    private static readonly int NameWidth = WireName.All<StepName>().Max(name => name.Length);

    /// <summary>One line per step; the deciding one begins with an arrow, one that is worth a look with an exclamation mark.</summary>
    public static void Write(TextWriter output, Explanation explanation)
    {
        output.WriteLine();
        foreach (var step in explanation.Steps)
            output.WriteLine($"{Mark(step.State)} {WireName.Of(step.Name).PadRight(NameWidth)}  {TerminalText.Safe(step.Seen)}");
        output.WriteLine();
        output.WriteLine(TerminalText.Safe(explanation.Sentence, 1_000));
        if (explanation.Source is { } source)
            output.WriteLine($"Source: {source}");
    }

    private static string Mark(StepState state) => state switch
    {
        StepState.Decides => "=>",
        StepState.Notice => " !",
        _ => "  ",
    };
}
