using System.Globalization;

namespace LinkMonitor.Storage.Rows;

/// <summary>Points in time as parts of keys: 19 digits each, so that the order of the text is the order of time.</summary>
internal static class KeyTime
{
    /// <summary>Digits in a time.</summary>
    public const int Length = 19;

    /// <summary>UTC ticks: the oldest comes first.</summary>
    public static string Ascending(DateTimeOffset time) => Digits(time.UtcTicks);

    /// <summary>UTC ticks counted back from the end of time: the newest comes first.</summary>
    public static string Descending(DateTimeOffset time) => Digits(DateTimeOffset.MaxValue.UtcTicks - time.UtcTicks);

    /// <summary>The time that <see cref="Ascending"/> wrote.</summary>
    /// <exception cref="FormatException">Not such a text.</exception>
    public static DateTimeOffset ParseAscending(ReadOnlySpan<char> digits) =>
        new(long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture), TimeSpan.Zero);

    /// <summary>The time that a text begins with; null when it begins with none that <see cref="Ascending"/> could have written.</summary>
    public static DateTimeOffset? FindAscending(ReadOnlySpan<char> text) =>
        text.Length >= Length
        && long.TryParse(text[..Length], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
        && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new(ticks, TimeSpan.Zero)
            : null;

    private static string Digits(long ticks) => ticks.ToString("D19", CultureInfo.InvariantCulture);
}
