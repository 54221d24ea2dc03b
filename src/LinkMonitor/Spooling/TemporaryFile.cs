namespace LinkMonitor.Spooling;

/// <summary>Files on this machine for as long as they are open: only this user may read them, and they are gone with the process.</summary>
internal static class TemporaryFile
{
    /// <param name="purpose">A part of its name, for example <c>rows</c>.</param>
    /// <param name="bufferSize">Bytes that are held before they are written; 0 for none.</param>
    /// <param name="isAsync">Whether it is read and written without waiting.</param>
    /// <exception cref="IOException">The folder for temporary files takes none.</exception>
    /// <exception cref="UnauthorizedAccessException">We may not write there.</exception>
    public static FileStream Create(string purpose, int bufferSize, bool isAsync = false)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | (isAsync ? FileOptions.Asynchronous : FileOptions.None),
            BufferSize = bufferSize,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), $"linkmonitor-{purpose}-{Guid.NewGuid():N}"), options);
    }
}

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
