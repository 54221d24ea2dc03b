using System.Collections.Concurrent;
using System.Diagnostics;
using LinkMonitor.Storage.Telemetry;

namespace LinkMonitor.IntegrationTests.Telemetry;

/// <summary>Every span of the product that ended while it listened.</summary>
internal sealed class HeardSpans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;
    private readonly Lock _lock = new();
    private TaskCompletionSource _another = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HeardSpans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ProductTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Note,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> All => [.. _ended];

    /// <summary>The names of a trace's spans in the order in which they began.</summary>
    public IEnumerable<string> NamesOf(ActivityTraceId trace) =>
        All.Where(span => span.TraceId == trace).OrderBy(span => span.StartTimeUtc).Select(span => span.DisplayName);

    /// <summary>Waits until so many spans of this name have ended: that of a request ends after its answer.</summary>
    public async Task UntilAsync(string name, int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task another;
            lock (_lock)
                another = _another.Task;
            if (All.Count(span => span.DisplayName == name) >= count)
                return;
            await another.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, cancellationToken);
        }
    }

    private void Note(Activity span)
    {
        _ended.Enqueue(span);
        lock (_lock)
        {
            _another.SetResult();
            _another = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Dispose() => _listener.Dispose();
}
