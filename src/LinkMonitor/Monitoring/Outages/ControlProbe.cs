using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Urls;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring.Outages;

/// <summary>Asks the control addresses whether our network is well. Its answer counts for a while, and nobody asks while somebody else does.</summary>
public sealed class ControlProbe(PageFetcher fetcher, IOptions<OutageOptions> options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _asking = new(1);
    private readonly IReadOnlyList<WebUrl> _controls = options.Value.Controls;
    private Finding? _last;

    /// <summary>Whether the control addresses did not answer when they were asked last, and that still counts.</summary>
    public bool IsKnownDown => _last is { } last && IsFresh(last) && last.IsDown;

    /// <summary>True when none of the control addresses answers; false when one does, and when there are none.</summary>
    public async Task<bool> IsDownAsync(CancellationToken cancellationToken)
    {
        if (_controls.Count == 0)
            return false;
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_last is not { } last || !IsFresh(last))
                _last = last = new Finding(!await AnyAnswersAsync(cancellationToken), time.GetUtcNow());
            return last.IsDown;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private bool IsFresh(Finding finding) => time.GetUtcNow() - finding.At < options.Value.ControlEvery;

    private async Task<bool> AnyAnswersAsync(CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
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
