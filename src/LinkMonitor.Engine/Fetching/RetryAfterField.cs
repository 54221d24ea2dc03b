using System.Globalization;

namespace LinkMonitor.Engine.Fetching;

/// <summary>Reads Retry-After: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3</summary>
internal static class RetryAfterField
{
    /// <summary>A site that asks for more is asked again after this: a mistake there must not end the watching.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>How long to stay away, up to <see cref="Longest"/>; null when the field is missing or says nothing of the future.</summary>
    /// <param name="now">When the answer came.</param>
    public static TimeSpan? Read(ResponseHeaders headers, DateTimeOffset now)
    {
        var text = headers.First("Retry-After")?.Trim();
        if (string.IsNullOrEmpty(text))
            return null;
        if (text.All(char.IsAsciiDigit))
            return Within(text.Length > 9 ? Longest : TimeSpan.FromSeconds(int.Parse(text, CultureInfo.InvariantCulture)));
        return DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Within(time - now)
            : null;
    }

    private static TimeSpan? Within(TimeSpan asked) => asked <= TimeSpan.Zero ? null : asked < Longest ? asked : Longest;
}
