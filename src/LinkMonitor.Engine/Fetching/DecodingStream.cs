using System.IO.Compression;

namespace LinkMonitor.Engine.Fetching;

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
