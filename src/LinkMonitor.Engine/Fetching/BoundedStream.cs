namespace LinkMonitor.Engine.Fetching;

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
