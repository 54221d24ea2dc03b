using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>Keeps what is logged at Information and above, exceptions included.</summary>
internal sealed class LoggedText : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyCollection<string> Lines => _lines;

    public string Text => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        _lines.Enqueue($"{formatter(state, exception)} {exception}");
        Interlocked.Exchange(ref _more, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    /// <summary>Completes when a line with these words has been written.</summary>
    public async Task WaitForAsync(string words, CancellationToken cancellationToken)
    {
        while (true)
        {
            var more = Volatile.Read(ref _more).Task;
            if (_lines.Any(line => line.Contains(words, StringComparison.Ordinal)))
                return;
            await more.WaitAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
    }
}
