using System.Text.Json;
using LinkMonitor.Links;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Exports;

/// <summary>JSON lines: each link as the API gives it (<see cref="LinkView"/>), one a line, with a line feed after each. All of it
/// is ASCII, so that no reader has to guess an encoding.</summary>
internal sealed class JsonLinesExport(Stream output) : IExportWriter
{
    public byte[] Row(WatchedLink link) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(LinkView.Of(link), LinkJson.Default.LinkView), (byte)'\n'];

    public Task BeginAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task WriteAsync(ReadOnlyMemory<byte> row, string page, CancellationToken cancellationToken) =>
        await output.WriteAsync(row, cancellationToken);

    public Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
