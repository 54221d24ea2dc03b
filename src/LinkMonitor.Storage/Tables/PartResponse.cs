using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace LinkMonitor.Storage.Tables;

/// <summary>The answer to one action of a transaction.</summary>
internal sealed class PartResponse(int status, string reasonPhrase, Dictionary<string, string> headers, byte[] body) : Response
{
    private readonly Dictionary<string, string> _headers = new(headers, StringComparer.OrdinalIgnoreCase);

    public override int Status => status;

    public override string ReasonPhrase => reasonPhrase;

    public override Stream? ContentStream { get; set; } = new MemoryStream(body, writable: false);

    public override string ClientRequestId { get; set; } = "";

    public ReadOnlyMemory<byte> Body => body;

    /// <summary>The answer a lost one would have been.</summary>
    public static PartResponse Written(ETag? etag) =>
        new(204, "No Content", etag is { } version ? new() { ["ETag"] = version.ToString("H") } : [], []);

    public override void Dispose() => ContentStream?.Dispose();

    protected override bool ContainsHeader(string name) => _headers.ContainsKey(name);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => _headers.Select(header => new HttpHeader(header.Key, header.Value));

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => _headers.TryGetValue(name, out value);

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = _headers.TryGetValue(name, out var value) ? [value] : null;
        return values is not null;
    }
}
