using System.Net;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Checking;

/// <summary>
/// Asks the control addresses whether our network is well. Its answer counts for a while, and all who want it share one question, which
/// belongs to none of them: a caller that is cancelled leaves it, and only a question that came to its end is remembered.
/// </summary>
/// <param name="controls">None: nobody is asked, and our network counts as well.</param>
/// <param name="every">How long an answer counts, more than zero.</param>
public sealed class ControlProbe(PageFetcher fetcher, IReadOnlyList<WebUrl> controls, TimeSpan every, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _lock = new();
    private Task<bool>? _asking;
    private Finding? _last;

    /// <summary>Whether the control addresses did not answer when they were asked last, and that still counts.</summary>
    public bool IsKnownDown => Known() is true;

    /// <summary>True when none of the control addresses answers; false when one does, and when there are none.</summary>
    public async Task<bool> IsDownAsync(CancellationToken cancellationToken)
    {
        if (controls.Count == 0)
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

    /// <summary>
    /// The result of a fetch, or <see cref="FetchFailure.OurNetwork"/> in its place when our network may have caused it and is down: no
    /// answer came, or another site's came by a redirect, as in a hotel.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public async Task<FetchResult> ReviewAsync(FetchResult fetch, CancellationToken cancellationToken) =>
        MayBeOurs(fetch) && await IsDownAsync(cancellationToken)
            ? new FetchFailed
            {
                Url = fetch.Url,
                FinalUrl = fetch.Url,
                StartedAt = fetch.StartedAt,
                Duration = fetch.Duration,
                Failure = FetchFailure.OurNetwork,
                Message = "None of the control addresses answered, so our own network is at fault: check our own connection.",
            }
            : fetch;

    private static bool MayBeOurs(FetchResult fetch) => !IsThisMachine(fetch.FinalUrl) && fetch switch
    {
        FetchFailed failed => failed.Failure is FetchFailure.NameNotFound or FetchFailure.NameLookupFailed or FetchFailure.ConnectFailed
            or FetchFailure.TlsFailed or FetchFailure.TimedOut or FetchFailure.ConnectionLost,
        FetchedResponse { Status: 511 } => true,
        _ => fetch.FinalUrl.Host != fetch.Url.Host,
    };

    // No network is needed for that.
    private static bool IsThisMachine(WebUrl url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.Host, out var address) && IPAddress.IsLoopback(address));

    private bool? Known() => _last is { } last && time.GetUtcNow() - last.At < every ? last.IsDown : null;

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
        var asked = controls.Select(control => AnswersAsync(control, enough.Token)).ToList();
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

/// <summary>Addresses that answer 2xx whenever a network is well, as text: absolute http or https URLs with spaces between.</summary>
public static class ControlAddresses
{
    /// <summary>Three on different networks that are made for this question.</summary>
    public const string Default =
        "https://www.gstatic.com/generate_204 http://detectportal.firefox.com/success.txt http://www.msftconnecttest.com/connecttest.txt";

    /// <summary>The addresses of a text; what is none is left out.</summary>
    public static IReadOnlyList<WebUrl> Read(string text) =>
        [.. Words(text).Select(word => WebUrl.TryParse(word, out var url) ? url : null).OfType<WebUrl>()];

    /// <summary>What is wrong with a text, a sentence for each word that is no address.</summary>
    public static IEnumerable<string> Wrong(string text) => Words(text)
        .Where(word => !WebUrl.TryParse(word, out var url) || url.ToRequestUri() is null)
        .Select(word => $"'{word}' is not an http or https address. Write absolute addresses separated by spaces, or leave it empty to use "
            + "none.");

    private static string[] Words(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
