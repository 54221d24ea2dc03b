using System.IO.Compression;

namespace LinkMonitor.Engine.Fetching.Decoding;

/// <summary>Opens what Content-Encoding has wrapped: gzip, br and deflate, one inside another if need be.</summary>
internal static class ContentDecoder
{
    /// <summary>Honest servers apply one, a careless proxy a second.</summary>
    public const int MaxLayers = 4;

    /// <summary>
    /// The codings in the order applied, in lower case. What is no coding that browsers know is left out: servers put all sorts of words
    /// there (<c>none</c>,
    /// <c>aws-chunked</c>, a charset, a media type), and browsers show such a body as it stands.
    /// </summary>
    /// <param name="fields">The values of Content-Encoding, each a list.</param>
    public static IReadOnlyList<string> Codings(IEnumerable<string> fields) => [.. Words(fields).Where(IsKnown)];

    /// <summary>Whether a word was left out that may be a coding: a body that turns out to be no text is in it.</summary>
    public static bool HasUnknown(IEnumerable<string> fields) => Words(fields).Any(word => !IsKnown(word) && word is not "identity");

    /// <summary>True when all codings can be undone, and are not too many.</summary>
    public static bool CanDecode(IReadOnlyList<string> codings) => codings.Count <= MaxLayers && codings.All(IsDecoded);

    /// <summary>The decoded stream, every layer bounded by <paramref name="limit"/> bytes. It owns <paramref name="wire"/>.</summary>
    public static Stream Open(Stream wire, IReadOnlyList<string> codings, long limit)
    {
        Stream stream = new BoundedStream(wire, limit);
        foreach (var coding in codings.Reverse())
            stream = new BoundedStream(new DecodingStream(stream, (inner, stop) => DecodeAsync(inner, coding, stop)), limit);
        return stream;
    }

    private static IEnumerable<string> Words(IEnumerable<string> fields) => fields
        .SelectMany(field => field.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .Select(coding => coding.ToLowerInvariant());

    private static bool IsKnown(string coding) => IsDecoded(coding) || coding is "zstd" or "dcb" or "dcz";

    private static bool IsDecoded(string coding) => coding is "gzip" or "x-gzip" or "br" or "deflate";

    private static async ValueTask<Stream> DecodeAsync(PrefixedStream stream, string coding, CancellationToken cancellationToken)
    {
        if (coding is "br")
            return new BrotliStream(stream, CompressionMode.Decompress);

        // The frames around the data are taken off here: a checksum or length that is wrong or missing keeps no browser from showing the
        // page.
        if (coding is not "deflate")
            await GzipHeader.SkipAsync(stream, cancellationToken);
        else if (IsZlib(stream.Prefix))
            stream.Skip(stream.Prefix.Length);
        return new DeflateStream(stream, CompressionMode.Decompress);
    }

    /// <summary>
    /// HTTP's "deflate" means the zlib format, but many servers send it raw: https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1.2
    /// </summary>
    private static bool IsZlib(ReadOnlySpan<byte> start) =>
        start.Length == 2 && (start[0] & 0x0f) == 8 && ((start[0] << 8) | start[1]) % 31 == 0;
}

/// <summary>
/// Reads another stream and throws <see cref="BodyTooLargeException"/> as soon as it has given more than a limit. One stands after
/// every step of decompression, because a bomb may hide in any of them.
/// </summary>
internal sealed class BoundedStream(Stream inner, long limit) : ReadOnlyStream
{
    private long _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        _read += count;
        return _read <= limit ? count : throw new BodyTooLargeException();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>The header in front of the data of a gzip file: https://www.rfc-editor.org/rfc/rfc1952#section-2.3</summary>
internal static class GzipHeader
{
    // The name, the comment and the extra field may be longer; no server sends any of them.
    private const int MaxLength = 128 * 1024;

    private const int HasCrc = 2;
    private const int HasExtra = 4;
    private const int HasName = 8;
    private const int HasComment = 16;

    /// <summary>Reads up to the data.</summary>
    /// <exception cref="InvalidDataException">This is no gzip, or it ends in its header.</exception>
    public static async ValueTask SkipAsync(Stream stream, CancellationToken cancellationToken)
    {
        var reader = new HeaderReader(stream, cancellationToken);
        var isGzip = await reader.NextAsync() == 0x1f & await reader.NextAsync() == 0x8b & await reader.NextAsync() == 8;
        if (!isGzip)
            throw new InvalidDataException("The bytes do not start as gzip does.");
        var flags = await reader.NextAsync();
        await reader.SkipAsync(6);
        if ((flags & HasExtra) != 0)
            await reader.SkipAsync(await reader.NextAsync() | (await reader.NextAsync() << 8));
        if ((flags & HasName) != 0)
            await reader.SkipTextAsync();
        if ((flags & HasComment) != 0)
            await reader.SkipTextAsync();
        if ((flags & HasCrc) != 0)
            await reader.SkipAsync(2);
    }

    private sealed class HeaderReader(Stream stream, CancellationToken cancellationToken)
    {
        private readonly byte[] _one = new byte[1];
        private int _read;

        public async ValueTask<int> NextAsync()
        {
            if (++_read > MaxLength || await stream.ReadAsync(_one, cancellationToken) == 0)
                throw new InvalidDataException("The header of the gzip data does not end.");
            return _one[0];
        }

        public async ValueTask SkipAsync(int count)
        {
            for (; count > 0; count--)
                await NextAsync();
        }

        public async ValueTask SkipTextAsync()
        {
            while (await NextAsync() != 0)
            {
            }
        }
    }
}

/// <summary>
/// Waits for the first two bytes of a stream before it chooses a decoder for it. A stream without any byte stays empty: servers
/// name a Content-Encoding on empty bodies too, and decoders call those cut off. Damaged data throws InvalidDataException.
/// </summary>
internal sealed class DecodingStream(Stream inner, Func<PrefixedStream, CancellationToken, ValueTask<Stream>> decode) : ReadOnlyStream
{
    private Stream? _decoded;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _decoded ??= await StartAsync(cancellationToken);
        try
        {
            return await _decoded.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidOperationException e) when (_decoded is BrotliStream)
        {
            // The other decoders throw InvalidDataException themselves.
            throw new InvalidDataException(e.Message, e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            (_decoded ?? inner).Dispose();
        base.Dispose(disposing);
    }

    private async Task<Stream> StartAsync(CancellationToken cancellationToken)
    {
        var prefix = new byte[2];
        var count = await inner.ReadAtLeastAsync(prefix, prefix.Length, throwOnEndOfStream: false, cancellationToken);
        var stream = new PrefixedStream(prefix[..count], inner);
        return count == 0 ? stream : await decode(stream, cancellationToken);
    }
}

/// <summary>A stream whose first bytes were already read.</summary>
internal sealed class PrefixedStream(byte[] prefix, Stream rest) : ReadOnlyStream
{
    private int _given;

    public ReadOnlySpan<byte> Prefix => prefix;

    /// <summary>Leaves out the first bytes, as many as were read already at most.</summary>
    public void Skip(int count) => _given = Math.Min(prefix.Length, _given + count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_given == prefix.Length)
            return rest.ReadAsync(buffer, cancellationToken);

        var count = Math.Min(buffer.Length, prefix.Length - _given);
        prefix.AsSpan(_given, count).CopyTo(buffer.Span);
        _given += count;
        return ValueTask.FromResult(count);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            rest.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>What the streams of this room have in common: they are read forwards, asynchronously, and nothing else.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => false;

    public sealed override long Length => throw new NotSupportedException();

    public sealed override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public sealed override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public sealed override void Flush() => throw new NotSupportedException();

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();

    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
