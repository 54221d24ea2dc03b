using System.Text.Json;
using LinkMonitor.CommandLine.Output;

namespace LinkMonitor.CommandLine.Files;

/// <summary>A compact JSON object per line (https://jsonlines.org/).</summary>
internal sealed class JsonLinesResultWriter(TextWriter output) : IResultWriter
{
    public void Write(CheckView check)
    {
        output.Write(JsonSerializer.Serialize(check, CliJson.Compact.CheckView));
        output.Write('\n');
    }

    public void Flush() => output.Flush();
}
