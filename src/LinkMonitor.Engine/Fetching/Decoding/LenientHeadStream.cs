namespace LinkMonitor.Engine.Fetching.Decoding;

/// <summary>
/// A connection that speaks HTTP/1, whose answers are repaired by <see cref="AnswerMending"/> before the client reads them.
/// </summary>
internal sealed class LenientHeadStream(Stream inner, int maxHeadBytes) : Stream
{
    private readonly AnswerMending _answer = new(maxHeadBytes);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (_answer.HasReady)
                return _answer.Give(buffer.Span);
            var count = await inner.ReadAsync(buffer, cancellationToken);
            if (buffer.IsEmpty)
                return 0;
            if (!_answer.IsHead)
                return _answer.TakeBody(buffer.Span[..count]);
            if (count > 0)
                _answer.Take(buffer.Span[..count]);
            else if (!_answer.EndEarly())
                return 0;
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // A long request comes in parts; only the first begins an answer.
        if (!_answer.IsHead && buffer.Span.StartsWith("GET "u8))
            _answer.Begin();
        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
