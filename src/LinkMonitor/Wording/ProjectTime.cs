using System.Globalization;
using LinkMonitor.Engine.Clocks;

namespace LinkMonitor.Wording;

/// <summary>Writes times in a project's time zone, each with its offset, so that a forwarded mail still says when.</summary>
internal sealed class ProjectTime
{
    private readonly TimeZoneInfo _zone;

    public ProjectTime(string timeZone, Language say)
    {
        Say = say;
        _zone = LocalTimes.Find(timeZone);
        var zoneName = WebText.Short(timeZone, 60);
        Note = LocalTimes.IsKnown(timeZone)
            ? say.Text("All times are in {zone}.", ("zone", zoneName))
            : say.Text("All times are in UTC: this system does not know the project's time zone \"{zone}\".", ("zone", zoneName));
    }

    /// <summary>The language that times are written in.</summary>
    public Language Say { get; }

    /// <summary>One sentence that names the zone, and says so when it is not the wanted one.</summary>
    public string Note { get; }

    /// <summary>For example <c>Sun 1 Mar 2026, 13:00 (UTC+01:00)</c>.</summary>
    public string Write(DateTimeOffset time)
    {
        var local = TimeZoneInfo.ConvertTime(time, _zone);
        var sign = local.Offset < TimeSpan.Zero ? '-' : '+';
        var offset = local.Offset == TimeSpan.Zero
            ? "UTC"
            : string.Create(CultureInfo.InvariantCulture, $"UTC{sign}{local.Offset:hh\\:mm}");
        return $"{local.ToString(Say.Text("ddd d MMM yyyy, HH:mm"), Say.Manner)} ({offset})";
    }

    /// <summary>For a list: <c>1 Mar 13:00</c>. The mail says elsewhere which zone that is.</summary>
    public string WriteShortly(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, _zone).ToString(Say.Text("d MMM HH:mm"), Say.Manner);

    /// <summary>For example <c>6 hours</c>, <c>2 days</c>, <c>1 hour 5 minutes</c>: the two largest units, rounded down.</summary>
    public string Write(TimeSpan duration)
    {
        string?[] parts =
        [
            duration.Days > 0 ? LetterWords.Days(duration.Days, Say) : null,
            duration.Hours > 0 ? Say.Count(duration.Hours, "{count} hour", "{count} hours") : null,
            duration.Minutes > 0 ? Say.Count(duration.Minutes, "{count} minute", "{count} minutes") : null,
        ];
        var told = parts.Where(part => part is not null).Take(2).ToList();
        return told.Count > 0 ? string.Join(' ', told) : Say.Text("less than a minute");
    }
}

/// <summary>Words that every letter needs.</summary>
internal static class LetterWords
{
    /// <summary>Why an operator gets a notice, without the full stop. Notices of the installation are in English.</summary>
    public const string WhyNotice = "You get this because your address receives the notices of this LinkMonitor installation";

    public const int MaxProjectName = 200;

    public static string Reason(Language say) =>
        say.Text("You get this because your address is a recipient of this project in LinkMonitor.");

    public static string Links(int count, Language say) => say.Count(count, "{count} link", "{count} links");

    public static string Days(int count, Language say) => say.Count(count, "{count} day", "{count} days");

    /// <summary>With its first letter in upper case.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    public static string AndMore(int count, Language say) => say.Count(count, "And {count} more", "And {count} more");

    public static string AndMoreToSee(int count, Language say) =>
        say.Count(count, "And {count} more: see them all", "And {count} more: see them all");

    public static string InBrowser(Language say) => say.Text("View this message in your browser");
}
