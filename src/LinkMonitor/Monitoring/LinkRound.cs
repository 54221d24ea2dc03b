using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Moving;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Monitoring;

/// <summary>
/// What the links of a page share in one round. They are read and written side by side, and judged one after the other in their order: what
/// they share is made for one at a time.
/// </summary>
internal sealed class LinkRound : IDisposable
{
    private readonly SemaphoreSlim _judging = new(1);
    private readonly TaskCompletionSource[] _judged;

    /// <param name="links">How many links are watched on the page.</param>
    public LinkRound(int links) =>
        _judged = [.. Enumerable.Range(0, links).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];

    public required WatchedPage Page { get; init; }

    /// <summary>What a project may know of the page.</summary>
    public required Func<Project, Observation> SeenBy { get; init; }

    /// <summary>The other links that are watched on the page.</summary>
    public required PageSiblings Siblings { get; init; }

    /// <summary>Looks for links that vanished.</summary>
    public required MoveSearch Moves { get; init; }

    /// <summary>Fetches the targets.</summary>
    public required TargetRound Targets { get; init; }

    /// <summary>Ends when the round must.</summary>
    public required CancellationToken Budget { get; init; }

    /// <summary>Judges one link when those before it are judged, so that their targets are checked in their order.</summary>
    /// <param name="judge">Its token ends with the round, too: what it waits for must not outlast the host's turn.</param>
    /// <returns>Null when the round is over before it is judged.</returns>
    public async Task<JudgedLink?> JudgeAsync(
        int index, Func<CancellationToken, Task<JudgedLink>> judge, CancellationToken cancellationToken)
    {
        if (index > 0)
            await _judged[index - 1].Task.WaitAsync(cancellationToken);
        await _judging.WaitAsync(cancellationToken);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(Budget, cancellationToken);
        try
        {
            return Budget.IsCancellationRequested ? null : await judge(either.Token);
        }
        catch (OperationCanceledException) when (Budget.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            _judging.Release();
            Pass(index);
        }
    }

    /// <summary>Lets the next link be judged: this one is, or needs no judging.</summary>
    public void Pass(int index) => _judged[index].TrySetResult();

    public void Dispose() => _judging.Dispose();
}

/// <summary>What a round makes of one link, before it is saved.</summary>
/// <param name="Result">Its new status, and the change if there is one.</param>
/// <param name="NextCheck">When the link wants its page checked again.</param>
/// <param name="IsTargetLeft">The round had no time left to check its target.</param>
internal sealed record JudgedLink(TrackingResult Result, DateTimeOffset NextCheck, bool IsTargetLeft);
