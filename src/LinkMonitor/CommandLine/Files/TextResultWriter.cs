using LinkMonitor.CommandLine.Output;

namespace LinkMonitor.CommandLine.Files;

/// <summary>A line of text per link.</summary>
internal sealed class TextResultWriter(TextWriter output) : IResultWriter
{
    public void Write(CheckView check) => output.WriteLine(CheckText.Line(check));

    public void Flush() => output.Flush();
}
