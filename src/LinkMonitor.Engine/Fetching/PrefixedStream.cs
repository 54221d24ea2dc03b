namespace LinkMonitor.Engine.Fetching;

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
