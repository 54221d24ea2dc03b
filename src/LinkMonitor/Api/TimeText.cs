namespace LinkMonitor.Api;

/// <summary>Times as requests bring them: with an offset, because a time without one is another moment in every time zone.</summary>
internal static class TimeText
{
    public const string Wanted = "an ISO 8601 time with an offset, for example 2026-11-21T08:00:00Z";

    /// <summary>Whether a text that is a time says of which offset: it ends in Z, or in hours and minutes such as +01:00.</summary>
    public static bool HasOffset(string text)
    {
        var time = text.AsSpan().Trim();
        if (time.EndsWith("Z", StringComparison.OrdinalIgnoreCase))
            return true;
        return time.Length > 16 && time.Contains(':') && time[^6] is '+' or '-' && char.IsAsciiDigit(time[^5])
            && char.IsAsciiDigit(time[^4]) && time[^3] == ':' && char.IsAsciiDigit(time[^2]) && char.IsAsciiDigit(time[^1]);
    }
}
