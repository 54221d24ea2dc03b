using System.Net.Http.Headers;

namespace LinkMonitor.Alerts;

/// <summary>The <c>Retry-After</c> of an answer: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3.</summary>
internal static class RetryPause
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>0 to 1 day; null when the header is absent or means nothing.</summary>
    public static TimeSpan? Of(HttpResponseHeaders headers, DateTimeOffset now) => Bound(headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - now,
        _ => null,
    });

    /// <summary>The pause, not below nothing and not above a day.</summary>
    public static TimeSpan? Bound(TimeSpan? pause) => pause is not { } told ? null
        : told < TimeSpan.Zero ? TimeSpan.Zero
        : told > Longest ? Longest
        : told;
}
