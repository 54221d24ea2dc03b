namespace LinkMonitor.Engine.Fetching;

/// <summary>
/// Waits for the first two bytes of a stream before it chooses a decoder for it. A stream without any byte stays empty: servers
/// name a Content-Encoding on empty bodies too, and decoders call those cut off.
/// </summary>
internal sealed class NonEmptyStream(Stream inner, Func<PrefixedStream, Stream> decode) : ReadOnlyStream
{
    private Stream? _decoded;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _decoded ??= await StartAsync(cancellationToken);
        return await _decoded.ReadAsync(buffer, cancellationToken);
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
        return count == 0 ? stream : decode(stream);
    }
}
