using System.Globalization;

namespace LinkMonitor.Channels;

/// <summary>Times of day as people write them: <c>07:30</c>.</summary>
internal static class ClockTime
{
    private const string Format = "HH:mm";

    public static string Write(TimeOnly time) => time.ToString(Format, CultureInfo.InvariantCulture);

    public static bool TryRead(string? text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
