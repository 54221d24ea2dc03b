using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring.Outages;

/// <summary>
/// Asks the control addresses whether our network is well. Its answer counts for a while, and all who want it share one question, which
/// belongs to none of them: a caller that is cancelled leaves it, and only a question that came to its end is remembered.
/// </summary>
public sealed class ControlProbe(PageFetcher fetcher, IOptions<OutageOptions> options, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _lock = new();
    private readonly IReadOnlyList<WebUrl> _controls = options.Value.Controls;
    private Task<bool>? _asking;
    private Finding? _last;

    /// <summary>Whether the control addresses did not answer when they were asked last, and that still counts.</summary>
    public bool IsKnownDown => Known() is true;

    /// <summary>True when none of the control addresses answers; false when one does, and when there are none.</summary>
    public async Task<bool> IsDownAsync(CancellationToken cancellationToken)
    {
        if (_controls.Count == 0)
            return false;
        if (Known() is { } isDown)
            return isDown;
        Task<bool> asking;
        lock (_lock)
            asking = _asking is { IsCompleted: false } running ? running : _asking = AskAsync(_disposed.Token);
        return await asking.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private bool? Known() => _last is { } last && time.GetUtcNow() - last.At < options.Value.ControlEvery ? last.IsDown : null;

    // The fetcher's own deadline ends it.
    private async Task<bool> AskAsync(CancellationToken disposed)
    {
        await Task.Yield();
        var isDown = !await AnyAnswersAsync(disposed);
        disposed.ThrowIfCancellationRequested();
        _last = new Finding(isDown, time.GetUtcNow());
        return isDown;
    }

    private async Task<bool> AnyAnswersAsync(CancellationToken disposed)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(disposed);
        var asked = _controls.Select(control => AnswersAsync(control, enough.Token)).ToList();
        while (asked.Count > 0)
        {
            var done = await Task.WhenAny(asked);
            asked.Remove(done);
            if (!await done)
                continue;
            await enough.CancelAsync();
            await Task.WhenAll(asked);
            return true;
        }

        return false;
    }

    // A hotel's login page answers too: it redirects, or it is not at the address that was asked for.
    private async Task<bool> AnswersAsync(WebUrl control, CancellationToken enough)
    {
        try
        {
            return await fetcher.FetchAsync(control, enough) is FetchedResponse { Status: >= 200 and < 300, Redirects.Count: 0 };
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            return false;
        }
    }

    private sealed record Finding(bool IsDown, DateTimeOffset At);
}
