using System.Text;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Explaining;

namespace LinkMonitor.CommandLine.Results;

/// <summary>A line of text per link, and below it how it came about, where that is asked for.</summary>
internal sealed class TextFormat : IResultFormat
{
    public string Header => string.Empty;

    public string Write(CheckView check, IReadOnlyList<string> own, Explanation? explanation)
    {
        var text = new StringBuilder().AppendLine(CheckText.Line(check));
        if (explanation is null)
            return text.ToString();
        using var lines = new StringWriter(text);
        ExplanationText.Write(lines, explanation);
        lines.WriteLine();
        return text.ToString();
    }
}
