using System.IO.Compression;

namespace LinkMonitor.Engine.Fetching.Decoding;

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
