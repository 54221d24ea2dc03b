using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Engine.Fetching.Cookies;
using LinkMonitor.Engine.Fetching.Decoding;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Fetching;

/// <summary>The deadline of one visit, which stands still while the visit waits for its turn.</summary>
internal sealed class VisitDeadline : IDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _source;
    private TimeSpan _left;
    private long _running;

    public VisitDeadline(TimeSpan deadline, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _left = deadline;
        _running = timeProvider.GetTimestamp();
        _source = new CancellationTokenSource(deadline, timeProvider);
    }

    public CancellationToken Token => _source.Token;

    public async ValueTask<T> OutsideAsync<T>(Func<ValueTask<T>> wait)
    {
        _left -= _timeProvider.GetElapsedTime(_running);
        _source.CancelAfter(Timeout.InfiniteTimeSpan);
        var result = await wait();
        _running = _timeProvider.GetTimestamp();
        _source.CancelAfter(_left > Shortest ? _left : Shortest);
        return result;
    }

    public void Dispose() => _source.Dispose();
}

/// <summary>Short marks that are equal when what they stand for is: 128 bits of a SHA-256, 22 characters.</summary>
internal static class Fingerprint
{
    private const int HashLength = 16;

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Base64Url.EncodeToString(hash[..HashLength]);
    }

    /// <param name="lines">None holds a line break.</param>
    public static string Of(IEnumerable<string> lines) => Of(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    /// <summary>The way to a URL: every redirect with its status, and the URL.</summary>
    public static string OfRoute(IEnumerable<Redirect> redirects, WebUrl url) => Of(
    [
        .. redirects.Select(redirect => string.Create(CultureInfo.InvariantCulture, $"{redirect.Status} {redirect.Url.WithoutFragment()}")),
        url.WithoutFragment().Href,
    ]);
}

/// <summary>
/// What is asked for only if it has changed. Only the URL that gave the validators is asked with them, reached the way it was reached then.
/// </summary>
/// <param name="Route">See <see cref="Fingerprint.OfRoute"/>.</param>
internal sealed record VisitConditions(PageValidators Validators, string Route)
{
    /// <summary>The validators for the visit's next request; null for the others.</summary>
    public PageValidators? For(Visit visit) => Fingerprint.OfRoute(visit.Redirects, visit.Current) == Route ? Validators : null;
}

/// <summary>What to ask with, later, whether a file is as it was.</summary>
/// <param name="Route">The way to the URL that gave the validators, as a fingerprint.</param>
public sealed record FileSeen(PageValidators Validators, string Route)
{
    /// <summary>Null when the answer has nothing of the kind that can be relied on, or is no 200.</summary>
    public static FileSeen? Of(FetchedResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.Status == 200 && PageValidators.Of(response.Headers) is { } validators
            ? new FileSeen(validators, Fingerprint.OfRoute(response.Redirects, response.Url))
            : null;
    }

    /// <summary>Whether an answer says that the file is as it was, and does not contradict itself.</summary>
    public bool IsConfirmedBy(FetchedResponse answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Status == 304 && !Validators.IsContradictedBy(answer.Headers);
    }
}

/// <summary>What one fetch does otherwise than <see cref="FetchOptions"/> say.</summary>
internal sealed record VisitRules
{
    public static VisitRules Ordinary { get; } = new();

    /// <summary>
    /// Asked before every request, redirects included: what keeps it from being made, or null. It may wait as long as it needs; the
    /// deadline stands still meanwhile. Its token is the caller's.
    /// </summary>
    public Func<WebUrl, CancellationToken, ValueTask<FetchProblem?>>? Before { get; init; }

    /// <summary>Null to ask for the page whether it has changed or not.</summary>
    public VisitConditions? Conditions { get; init; }

    /// <summary>Cookies of an earlier fetch of the same check, which this one continues with; null for none.</summary>
    public CookieJar? Cookies { get; init; }

    /// <summary>
    /// The memory that the body is put into, for callers that give it back when they have read it; null for a body that stays.
    /// </summary>
    public MemoryShare? Share { get; init; }

    /// <summary>Redirects followed before giving up; null for <see cref="FetchOptions.MaxRedirects"/>.</summary>
    public int? MaxRedirects { get; init; }

    /// <summary>
    /// Read no more than so many bytes of the body and leave the rest; null to read it all, within <see cref="FetchOptions.MaxBodyBytes"/>.
    /// </summary>
    public int? FirstBytes { get; init; }
}
