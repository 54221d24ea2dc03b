using System.Text.Json;
using LinkMonitor.Links;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Exports;

/// <summary>JSON lines: each link as the API gives it (<see cref="LinkView"/>), one a line, with a line feed after each. All of it
/// is ASCII, so that no reader has to guess an encoding.</summary>
internal sealed class JsonLinesExport(Stream output) : IExportWriter
{
    public async Task WriteAsync(IReadOnlyList<WatchedLink> links, CancellationToken cancellationToken)
    {
        using var lines = new MemoryStream();
        foreach (var link in links)
        {
            JsonSerializer.Serialize(lines, LinkView.Of(link), LinkJson.Default.LinkView);
            lines.WriteByte((byte)'\n');
        }

        await output.WriteAsync(lines.GetBuffer().AsMemory(0, (int)lines.Length), cancellationToken);
    }

    public ValueTask EndAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
