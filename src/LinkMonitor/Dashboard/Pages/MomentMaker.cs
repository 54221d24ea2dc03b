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

    /// <summary>For example <c>3 days ago</c>, <c>in 2 hours</c> or <c>just now</c>: the largest unit alone.</summary>
    public string Ago(DateTimeOffset at)
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
