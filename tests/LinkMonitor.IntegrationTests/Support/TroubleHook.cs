using System.Collections.Concurrent;
using System.Threading.Channels;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>
/// Has one kind of storage call fail or hang for one project, host or page only; remembers which kinds there are. Whom a call is for shows
/// a mark in its rows or message.
/// </summary>
internal sealed class TroubleHook : StorageHook
{
    private readonly ConcurrentDictionary<(string Place, string Operation), bool> _met = new();
    private TaskCompletionSource _hang = new();
    private Channel<string> _sent = Channel.CreateUnbounded<string>();
    private Channel<bool> _hung = Channel.CreateUnbounded<bool>();
    private Task? _next;
    private volatile Trouble? _trouble;

    /// <summary>The kinds of calls that were made for a project so far.</summary>
    public IReadOnlyList<(string Place, string Operation)> Met => [.. _met.Keys.Order()];

    public bool HasStruck { get; private set; }

    /// <summary>
    /// Completes when a call hangs that was not said yet. The same until it is taken: none is missed by who stops waiting.
    /// </summary>
    public Task NextHangAsync(CancellationToken cancellationToken) => _next ??= _hung.Reader.ReadAsync(cancellationToken).AsTask();

    public void TakeHang() => _next = null;

    /// <summary>
    /// Completes when each of these projects has had a message since it was armed; other projects' messages do not count.
    /// </summary>
    public Task SentAsync(IEnumerable<ProjectId> projects, CancellationToken cancellationToken) =>
        SentAsync([.. projects.Select(project => project.Value)], cancellationToken);

    /// <inheritdoc cref="SentAsync(IEnumerable{ProjectId}, CancellationToken)"/>
    public async Task SentAsync(IReadOnlyList<string> marks, CancellationToken cancellationToken)
    {
        var waited = marks.ToList();
        while (waited.Count > 0)
        {
            var message = await _sent.Reader.ReadAsync(cancellationToken);
            waited.RemoveAll(mark => message.Contains(mark, StringComparison.Ordinal));
        }
    }

    public void Watch(ProjectId project) => Watch(project.Value);

    public void Watch(string mark)
    {
        _met.Clear();
        _trouble = new Trouble(mark, null, false);
    }

    public void Arm(ProjectId project, (string Place, string Operation) call, bool hangs) => Arm(project.Value, call, hangs);

    public void Arm(string mark, (string Place, string Operation) call, bool hangs)
    {
        HasStruck = false;
        _sent = Channel.CreateUnbounded<string>();
        _hung = Channel.CreateUnbounded<bool>();
        _next = null;
        _hang = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _trouble = new Trouble(mark, call, hangs);
    }

    public void Disarm() => _trouble = null;

    /// <summary>What hangs fails, as a request does that gets no answer.</summary>
    public void EndHangs() =>
        _hang.TrySetException(new StorageFailureException(StorageFailureKind.NoAnswer, 0, "It did not answer.", new TimeoutException()));

    public override Task BeforeAsync(StorageCall call)
    {
        if (_trouble is not { } trouble || call.Rows?.Contains(trouble.Mark, StringComparison.Ordinal) != true)
            return Task.CompletedTask;
        if (trouble.Call is not { } wanted)
        {
            _met[(call.Place, call.Operation)] = true;
            return Task.CompletedTask;
        }

        if ((call.Place, call.Operation) != wanted)
            return Task.CompletedTask;
        HasStruck = true;
        _hung.Writer.TryWrite(true);
        return trouble.Hangs ? _hang.Task : throw new StorageFailureException("It fails for this project.");
    }

    public override Task AfterAsync(StorageCall call)
    {
        if (call is { Place: QueueNames.Alerts or QueueNames.PageChecks, Operation: nameof(IQueueAccess.SendAsync) })
            _sent.Writer.TryWrite(call.Rows ?? "");
        return Task.CompletedTask;
    }

    private sealed record Trouble(string Mark, (string Place, string Operation)? Call, bool Hangs);
}
