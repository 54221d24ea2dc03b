namespace LinkMonitor.Testing;

/// <summary>A request as <see cref="LocalWeb"/> received it.</summary>
public sealed record RecordedRequest
{
    public required string Method { get; init; }

    /// <summary>The Host header, with its port.</summary>
    public required string Host { get; init; }

    public required string Path { get; init; }

    /// <summary>With its question mark; empty when there is none.</summary>
    public required string Query { get; init; }

    /// <summary>HTTP/1.1, HTTP/2 ...</summary>
    public required string Protocol { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public string BodyText => System.Text.Encoding.UTF8.GetString(Body.Span);
}
