using System.Collections.Concurrent;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Telemetry;

namespace LinkMonitor.Failures;

/// <summary>
/// Lists what is set aside under <c>/api/v1/failures</c>: a row and a line in the log for each thing, whether it is met once or every
/// minute. It may fail and never holds anybody up for long: what is not listed now is listed when it is met again.
/// </summary>
internal sealed partial class SetAsideList(ISetAsideStore store, ProductMeter meter, TimeProvider time, ILogger<SetAsideList> logger)
    : ISetAside
{
    /// <summary>How often the list says that a thing was met again.</summary>
    internal static readonly TimeSpan NoteEvery = TimeSpan.FromHours(1);

    /// <summary>How long a reader waits for a note at most.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>After a note that failed nobody waits for another so soon.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    /// <summary>New notes of one process in a minute; a whole table of a later version is listed bit by bit.</summary>
    internal const int MaxNotesPerMinute = 100;

    /// <summary>Things that one process remembers; more are not listed until some of these are repaired.</summary>
    internal const int MaxKnown = 10_000;

    // Of one review; the rest waits for the next.
    private const int MaxReviewed = 500;

    private static readonly TimeSpan Over = TimeSpan.FromDays(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<SetAsideName, Known> _known = new();
    private readonly NoteAllowance _allowance = new(time, MaxNotesPerMinute, Minute);
    private string? _reviewed;
    private int _count;

    public async ValueTask NoteAsync(SetAsideNote note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        var now = time.GetUtcNow();
        var known = _known.GetValueOrDefault(note.Name);
        var isSame = known is not null && known.Version == note.Version && known.Problem == note.Problem;
        if (isSame && StoredTime.IsWithin(known!.ListedAt, NoteEvery, now))
            return;
        if ((known is null && _count >= MaxKnown) || !_allowance.TryTake())
        {
            if (_allowance.IsFirstRefusal())
                Log.TooMany(logger, note.Name.Area);
            return;
        }

        // Remembered before it is written, so that others who meet it meanwhile go on.
        Remember(note, now);
        if (!isSame)
        {
            meter.SetAside(note.Name.Area);
            Log.SetAside(logger, note.Name, note.Problem, note.Advice);
        }

        if (!await TryAsync(stop => store.PutAsync(note, now, stop), note.Name, cancellationToken))
            Forget(note.Name);
    }

    public async ValueTask ClearAsync(SetAsideName name, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _count) == 0 || !_known.TryGetValue(name, out var known) || !_allowance.IsOpen || !Forget(name))
            return;
        if (await TryAsync(stop => store.RemoveAsync(name, stop), name, cancellationToken))
            Log.Solved(logger, name);
        else if (_known.TryAdd(name, known))
            Interlocked.Increment(ref _count);
    }

    /// <summary>
    /// Goes through the list: what was repaired, deleted or is known by now is taken off, the rest is remembered, so that this process
    /// takes it off when it can read it. Leaves the rest of a very long list to the next time.
    /// </summary>
    public async Task ReviewAsync(CancellationToken cancellationToken)
    {
        var entries = await store.ListAsync(MaxReviewed, _reviewed, cancellationToken);
        _reviewed = entries.Cursor;
        foreach (var entry in entries.Items)
        {
            if (!IsOver(entry) && !await store.IsOutdatedAsync(entry, cancellationToken))
            {
                Remember(entry.Note, entry.LastAt);
                continue;
            }

            Forget(entry.Note.Name);
            await store.RemoveAsync(entry.Note.Name, cancellationToken);
            Log.Solved(logger, entry.Note.Name);
        }
    }

    // What is no row is said to be done by whoever does it; what nobody does or meets any more is over.
    private bool IsOver(SetAsideEntry entry) =>
        entry.Note.Version is null && !StoredTime.IsWithin(entry.LastAt, Over, time.GetUtcNow());

    private void Remember(SetAsideNote note, DateTimeOffset listedAt)
    {
        var known = new Known(note.Version, note.Problem, listedAt);
        if (_known.TryAdd(note.Name, known))
            Interlocked.Increment(ref _count);
        else
            _known[note.Name] = known;
    }

    private bool Forget(SetAsideName name)
    {
        if (!_known.TryRemove(name, out _))
            return false;
        Interlocked.Decrement(ref _count);
        return true;
    }

    private async Task<bool> TryAsync(Func<CancellationToken, Task> write, SetAsideName name, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await write(either.Token).WaitAsync(either.Token);
            return true;
        }
        catch (Exception e) when (e is StorageFailureException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            _allowance.Close(Rest);
            Log.NotListed(logger, name, e);
            return false;
        }
    }

    private sealed record Known(string? Version, string Problem, DateTimeOffset ListedAt);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Set aside: {Name}. {Problem} {Advice}")]
        public static partial void SetAside(ILogger logger, SetAsideName name, string problem, string advice);

        [LoggerMessage(Level = LogLevel.Information, Message = "No longer set aside: {Name}.")]
        public static partial void Solved(ILogger logger, SetAsideName name);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "More is set aside in {Area} than is listed at once; the rest is listed when it is found again.")]
        public static partial void TooMany(ILogger logger, string area);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Name} is set aside and could not be listed.")]
        public static partial void NotListed(ILogger logger, SetAsideName name, Exception exception);
    }
}

/// <summary>How many notes may still be written in this stretch of time, and none while the storage of notes fails.</summary>
internal sealed class NoteAllowance(TimeProvider time, int most, TimeSpan length)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _end;
    private DateTimeOffset _closedUntil;
    private int _taken;
    private bool _isRefused;

    /// <summary>Whether the storage of notes is tried at all.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
                return IsOpenAt(time.GetUtcNow());
        }
    }

    public bool TryTake()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (now >= _end || now < _end - length)
                (_end, _taken, _isRefused) = (now + length, 0, false);
            return IsOpenAt(now) && _taken++ < most;
        }
    }

    /// <summary>Once in each stretch, for the log.</summary>
    public bool IsFirstRefusal()
    {
        lock (_lock)
        {
            var isFirst = !_isRefused;
            _isRefused = true;
            return isFirst;
        }
    }

    public void Close(TimeSpan rest)
    {
        lock (_lock)
            _closedUntil = time.GetUtcNow() + rest;
    }

    // A clock that was set back does not close it for longer than a stretch.
    private bool IsOpenAt(DateTimeOffset now) => now >= _closedUntil || now < _closedUntil - length;
}

/// <summary>Says that a stored time lies in the future: it is not believed, but somebody should look at the clocks.</summary>
internal static class FutureTimes
{
    /// <summary>The name under which it is listed.</summary>
    public const string Area = "clock";

    /// <param name="what">What bears the time, for example <c>plan prj_…</c>.</param>
    public static ValueTask NoteFutureAsync(this ISetAside aside, string what, CancellationToken cancellationToken) => aside.NoteAsync(
        new SetAsideNote
        {
            Name = new SetAsideName(Area, "", what),
            Problem =
                "A stored time is further in the future than it can be: a clock was ahead, or this machine's is behind. The time was "
                    + "ignored.",
            Advice = "Check the clocks of all machines that run LinkMonitor. The stored times are corrected automatically.",
        },
        cancellationToken);
}
