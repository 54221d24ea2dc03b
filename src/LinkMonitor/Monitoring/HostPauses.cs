using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Monitoring;

/// <summary>How long a whole host is left alone because of what one of its pages answered.</summary>
internal static class HostPauses
{
    /// <summary>A page may ask for days; its host's other pages are not kept waiting for longer than this.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>After a 429 that does not say for how long.</summary>
    internal static readonly TimeSpan AfterTooMany = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The Retry-After of a 429 or 503, which speak of us and of the server rather than of the page; null when the host asks for nothing.
    /// Source: https://www.rfc-editor.org/rfc/rfc6585#section-4, https://www.rfc-editor.org/rfc/rfc9110#section-15.6.4.
    /// </summary>
    public static TimeSpan? AskedBy(Observation seen)
    {
        if (seen.Status is not (429 or 503))
            return null;
        var asked = seen.RetryAfter ?? (seen.Status == 429 ? AfterTooMany : null);
        return asked > Longest ? Longest : asked;
    }
}
