using System.Globalization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>Times as pages show them: how long ago, with the whole time in the project's zone behind it.</summary>
internal sealed class MomentMaker(string timeZone, DateTimeOffset now)
{
    private readonly ProjectTime _time = new(timeZone, Language.English);

    public static MomentMaker Of(Project project, DateTimeOffset now) => new(project.TimeZone, now);

    /// <summary>When the page is made.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The words of evidence, in the project's zone.</summary>
    public ProjectTime Time => _time;

    public Moment Of(DateTimeOffset at) => new(Iso(at), _time.Write(at), Ago(at));

    /// <summary>The same; null for null.</summary>
    public Moment? Of(DateTimeOffset? at) => at is { } known ? Of(known) : null;

    /// <summary>For a sentence: how long ago and when. Nothing but both leaves here: how long ago alone says nothing on paper.</summary>
    public string InWords(DateTimeOffset at) => $"{Ago(at)}, {_time.Write(at)}";

    // For example 3 days ago, in 2 hours or just now: the largest unit alone.
    private string Ago(DateTimeOffset at)
    {
        var span = now - at;
        var length = Largest(span.Duration());
        return length is null ? "just now" : span > TimeSpan.Zero ? $"{length} ago" : $"in {length}";
    }

    private static string? Largest(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => CountText.Of((int)span.TotalDays, "day"),
        { TotalHours: >= 1 } => CountText.Of((int)span.TotalHours, "hour"),
        { TotalMinutes: >= 1 } => CountText.Of((int)span.TotalMinutes, "minute"),
        _ => null,
    };

    private static string Iso(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
