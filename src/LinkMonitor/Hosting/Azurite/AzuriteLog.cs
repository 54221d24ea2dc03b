namespace LinkMonitor.Hosting.Azurite;

/// <summary>What Azurite prints: all of it in a file, and its last lines for the message of a failure.</summary>
internal sealed class AzuriteLog : IDisposable
{
    private const int KeptLines = 20;

    private readonly StreamWriter _file;
    private readonly Queue<string> _last = new();
    private readonly Lock _lock = new();

    /// <param name="isFirst">Whether what an earlier start left is dropped.</param>
    public AzuriteLog(string path, bool isFirst)
    {
        Path = path;
        _file = new StreamWriter(new FileStream(path, isFirst ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
    }

    public string Path { get; }

    /// <summary>The last lines, oldest first, one per line.</summary>
    public string Tail
    {
        get
        {
            lock (_lock)
            {
                return string.Join('\n', _last);
            }
        }
    }

    /// <summary>Copies a stream until it ends, showing each line to <paramref name="seen"/>.</summary>
    public async Task CopyAsync(StreamReader reader, Action<string> seen)
    {
        while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lock (_lock)
            {
                _file.WriteLine(line);
                _last.Enqueue(line);
                if (_last.Count > KeptLines)
                    _last.Dequeue();
            }

            seen(line);
        }
    }

    public void Dispose() => _file.Dispose();
}
