using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LinkMonitor.Api.Pipeline;

/// <summary>
/// Passes on what the web server writes, and puts a body behind a refusal of its own, which is a head without one: a page for whoever
/// opened the address in a browser, and a problem document for programs.
/// </summary>
/// <param name="traceId">What the log of the web server calls the connection: a request that cannot be read has no other name.</param>
/// <param name="page">The page of a status, when the request that was read last is a browser's; null when it is not.</param>
internal sealed class RefusalWriter(PipeWriter inner, string traceId, Func<Func<int, RefusalPage>?> page) : PipeWriter
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
        if (Described(_memory.Span[..bytes], traceId, page()) is not { } answer)
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
    internal static byte[]? Described(ReadOnlySpan<byte> written, string traceId, Func<int, RefusalPage>? page = null)
    {
        if (written.Length > MaxHead || !written.StartsWith("HTTP/1.1 4"u8) || !written.EndsWith("\r\n\r\n"u8))
            return null;
        var head = Encoding.Latin1.GetString(written);
        if (!head.Contains(NoBody, StringComparison.OrdinalIgnoreCase) || head.Contains(OursBears, StringComparison.OrdinalIgnoreCase)
            || !int.TryParse(head.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            return null;
        if (page?.Invoke(status) is { } told)
            return Answer(head, told.Html, $"text/html; charset=utf-8\r\nContent-Security-Policy: {told.Policy}");
        return Answer(head, new JsonObject
        {
            ["title"] = StatusWords.Title(status),
            ["status"] = status,
            ["detail"] = StatusWords.Detail(status),
            ["traceId"] = traceId,
        }.ToJsonString(), "application/problem+json");
    }

    private static byte[] Answer(string head, string text, string type)
    {
        var body = Encoding.UTF8.GetBytes(text);
        var headers = string.Create(
            CultureInfo.InvariantCulture,
            $"\r\nContent-Length: {body.Length}\r\nContent-Type: {type}\r\nCache-Control: no-store\r\n{OursBears}: "
                + $"nosniff\r\n");
        return [.. Encoding.Latin1.GetBytes(head.Replace(NoBody, headers, StringComparison.OrdinalIgnoreCase)), .. body];
    }
}

/// <summary>What a browser shows of a refusal.</summary>
/// <param name="Policy">Its content security policy.</param>
internal sealed record RefusalPage(string Html, string Policy);

/// <summary>
/// Passes on what the web server reads, and remembers whether the last of it is the head of a request for a page that a person opens: of
/// what the server refuses, nothing else of ours sees the headers (https://www.w3.org/TR/fetch-metadata/#sec-fetch-mode-header).
/// </summary>
internal sealed class RequestPeek(PipeReader inner) : PipeReader
{
    // As much as the server takes of a head; of a body nothing is looked at.
    private const int Most = 40 * 1024;

    /// <summary>It asks for a page of the dashboard, or comes from a browser that opens what is no part of the API.</summary>
    public bool IsNavigation { get; private set; }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        Seen(await inner.ReadAsync(cancellationToken));

    public override bool TryRead(out ReadResult result)
    {
        if (!inner.TryRead(out result))
            return false;
        Seen(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    internal static bool IsOfBrowser(ReadOnlySequence<byte> read)
    {
        if (!read.FirstSpan.StartsWith("GET /"u8) || read.FirstSpan.StartsWith("GET /api/"u8))
            return false;
        if (read.FirstSpan.StartsWith("GET /app"u8) || read.FirstSpan.StartsWith("GET /sign-in"u8))
            return true;
        var head = read.IsSingleSegment ? read.FirstSpan : read.Slice(0, Math.Min(read.Length, Most)).ToArray();

        // Browsers write it so; what passes their request on may write names small.
        return head.IndexOf("\r\nSec-Fetch-Mode: navigate\r\n"u8) >= 0 || head.IndexOf("\r\nsec-fetch-mode: navigate\r\n"u8) >= 0;
    }

    private ReadResult Seen(ReadResult result)
    {
        if (result.Buffer.Length > 0)
            IsNavigation = IsOfBrowser(result.Buffer);
        return result;
    }
}

/// <summary>
/// Gives a page or a problem document to what the web server refuses by itself: a request that it cannot read (400, for example %00 in the
/// path), an address or headers that are too long (414, 431). It says only the status, before any code of ours runs, and offers no place
/// to say more but the connection. An encrypted connection is left alone, as what passes there cannot be read.
/// </summary>
internal static class ServerRefusals
{
    /// <param name="page">What people read of a status.</param>
    public static void Describe(KestrelServerOptions kestrel, Func<int, RefusalPage> page) =>
        kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => connection => RunAsync(connection, next, page)));

    private static async Task RunAsync(ConnectionContext connection, ConnectionDelegate next, Func<int, RefusalPage> page)
    {
        var transport = connection.Transport;
        var input = new RequestPeek(transport.Input);
        connection.Transport = new Pipes(
            input, new RefusalWriter(transport.Output, connection.ConnectionId, () => input.IsNavigation ? page : null));
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
