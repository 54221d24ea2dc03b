using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Checking;

/// <summary>
/// The checks of the targets of one page's links in one round: within a budget of time, so that hundreds of targets on a slow host cannot
/// outlast the time that the page is leased for. What was seen a moment ago costs nothing.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class TargetRound
{
    private readonly TargetObserver? _targets;
    private readonly TimeProvider _timeProvider;
    private TimeSpan _left;

    /// <param name="budget">
    /// For all targets together, waiting for the hosts' turns included; more than zero. <see cref="Timeout.InfiniteTimeSpan"/> for no
    /// limit.
    /// </param>
    public TargetRound(TargetObserver targets, TimeSpan budget, TimeProvider timeProvider)
        : this(targets, timeProvider, budget)
    {
        ArgumentNullException.ThrowIfNull(targets);
    }

    private TargetRound(TargetObserver? targets, TimeProvider timeProvider, TimeSpan budget)
    {
        _targets = targets;
        _timeProvider = timeProvider;
        _left = budget;
    }

    /// <summary>Fetches nothing: for those who do not want to know.</summary>
    public static TargetRound Off { get; } = new(null, TimeProvider.System, TimeSpan.Zero);

    /// <summary>What is known of a target; a check that the budget ends gives nothing.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public async Task<TargetFinding> FetchAsync(WebUrl target, CancellationToken cancellationToken)
    {
        if (_targets is null)
            return TargetFinding.Missing(TargetGap.Off);
        if (_targets.Find(target) is { } known)
            return TargetFinding.Of(known);
        if (_left == Timeout.InfiniteTimeSpan)
            return Of(await _targets.FetchAsync(target, cancellationToken));
        return _left > TimeSpan.Zero
            ? await FetchInTimeAsync(_targets, target, cancellationToken)
            : TargetFinding.Missing(TargetGap.OutOfTime);
    }

    private async Task<TargetFinding> FetchInTimeAsync(TargetObserver targets, WebUrl target, CancellationToken cancellationToken)
    {
        var started = _timeProvider.GetTimestamp();
        using var budget = new CancellationTokenSource(_left, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        try
        {
            var fetched = await targets.FetchAsync(target, either.Token);
            _left -= _timeProvider.GetElapsedTime(started);
            return Of(fetched);
        }
        catch (OperationCanceledException) when (budget.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            _left = TimeSpan.Zero;
            return TargetFinding.Missing(TargetGap.OutOfTime);
        }
    }

    // A host that others are at is asked in a later round, like one that there was no time for.
    private static TargetFinding Of(TargetFetch? fetched) =>
        fetched is null ? TargetFinding.Missing(TargetGap.OutOfTime) : TargetFinding.Of(fetched);
}
