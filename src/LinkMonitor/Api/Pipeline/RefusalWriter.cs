using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LinkMonitor.Api.Pipeline;

/// <summary>
/// Passes on what the web server writes, and puts a problem document behind a refusal of its own, which is a head without a body.
/// </summary>
/// <param name="traceId">What the log of the web server calls the connection: a request that cannot be read has no other name.</param>
internal sealed class RefusalWriter(PipeWriter inner, string traceId) : PipeWriter
{
    private const string NoBody = "\r\nContent-Length: 0\r\n";
    private const int MaxHead = 1024;

    // Every answer of ours bears it, see AnswerHeaders.
    private const string OursBears = "X-Content-Type-Options";

    private Memory<byte> _memory;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _memory = inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (Described(_memory.Span[..bytes], traceId) is not { } answer)
        {
            inner.Advance(bytes);
            _memory = _memory[bytes..];
            return;
        }

        answer.CopyTo(inner.GetSpan(answer.Length));
        inner.Advance(answer.Length);
        _memory = default;
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    /// <summary>The whole answer in place of a refusal without a body; null for whatever else is written.</summary>
    internal static byte[]? Described(ReadOnlySpan<byte> written, string traceId)
    {
        if (written.Length > MaxHead || !written.StartsWith("HTTP/1.1 4"u8) || !written.EndsWith("\r\n\r\n"u8))
            return null;
        var head = Encoding.Latin1.GetString(written);
        if (!head.Contains(NoBody, StringComparison.OrdinalIgnoreCase) || head.Contains(OursBears, StringComparison.OrdinalIgnoreCase)
            || !int.TryParse(head.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            return null;
        var body = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["title"] = StatusWords.Title(status),
            ["status"] = status,
            ["detail"] = StatusWords.Detail(status),
            ["traceId"] = traceId,
        }.ToJsonString());
        var headers = string.Create(
            CultureInfo.InvariantCulture,
            $"\r\nContent-Length: {body.Length}\r\nContent-Type: application/problem+json\r\nCache-Control: no-store\r\n{OursBears}: "
                + $"nosniff\r\n");
        return [.. Encoding.Latin1.GetBytes(head.Replace(NoBody, headers, StringComparison.OrdinalIgnoreCase)), .. body];
    }
}

/// <summary>
/// Gives a problem document to what the web server refuses by itself: a request that it cannot read (400, for example %00 in the path), an
/// address or headers that are too long (414, 431). It says only the status, before any code of ours runs, and offers no place to say more
/// but the connection. An encrypted connection is left alone, as what passes there cannot be read.
/// </summary>
internal static class ServerRefusals
{
    public static void Describe(KestrelServerOptions kestrel) =>
        kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => connection => RunAsync(connection, next)));

    private static async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var transport = connection.Transport;
        connection.Transport = new Pipes(transport.Input, new RefusalWriter(transport.Output, connection.ConnectionId));
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
