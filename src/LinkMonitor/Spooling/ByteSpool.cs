namespace LinkMonitor.Spooling;

/// <summary>
/// Pieces of bytes on disk, each found by its number: what comes in one order and leaves in another passes through here, and memory holds a
/// few bytes a piece. The file is a temporary one.
/// </summary>
internal sealed class ByteSpool : IAsyncDisposable
{
    private readonly List<long> _ends = [];
    private readonly FileStream _file = TemporaryFile.Create("out", 64 * 1024, isAsync: true);

    /// <summary>How many pieces there are.</summary>
    public int Count => _ends.Count;

    /// <summary>Adds a piece, which has the number <see cref="Count"/>.</summary>
    /// <exception cref="IOException">There is no room for it.</exception>
    public async Task AddAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        _file.Seek(0, SeekOrigin.End);
        await _file.WriteAsync(piece, cancellationToken);
        _ends.Add((_ends.Count == 0 ? 0 : _ends[^1]) + piece.Length);
    }

    /// <param name="number">From 0.</param>
    public async Task<byte[]> ReadAsync(int number, CancellationToken cancellationToken)
    {
        var start = number == 0 ? 0 : _ends[number - 1];
        var piece = new byte[_ends[number] - start];
        _file.Seek(start, SeekOrigin.Begin);
        await _file.ReadExactlyAsync(piece, cancellationToken);
        return piece;
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
