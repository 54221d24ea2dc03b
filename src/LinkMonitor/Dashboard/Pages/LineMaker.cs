using System.Globalization;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Placements;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>Makes the rows of a project's pages.</summary>
internal sealed class LineMaker(Project project, DateTimeOffset now)
{
    private const int UrlLength = 70;
    // Our own sentences, with cut pieces of pages in them: whole, and longer than any of them.
    private const int MostSaid = 600;

    public MomentMaker Moments { get; } = MomentMaker.Of(project, now);

    /// <summary>The dashboard's page of a link.</summary>
    public static string PathOf(Project project, string linkId) => $"/app/p/{project.Id}/links/{linkId}";

    public LinkLine Of(WatchedLink link)
    {
        var status = link.Status;
        var seen = status.LastSeenEvidence;
        return new LinkLine
        {
            Id = link.Id.Value,
            Path = PathOf(project, link.Id.Value),
            Page = link.Page.Href,
            PageReadable = WebText.Readable(link.Page.Href),
            PageWords = WebText.ShortUrl(link.Page, UrlLength, showsHost: true),
            Target = link.Expectation.Target.Href,
            TargetReadable = WebText.Readable(link.Expectation.Target.Href),
            TargetWords = WebText.ShortUrl(link.Expectation.Target, UrlLength, showsHost: true),
            State = WireName.Of(status.State),
            Since = Moments.Of(status.Since),
            Why = WhyOf(status),
            Seen = Moments.Of(status.LastSeenAt),
            NotSeen = NotSeen(status),
            Answer = link.AnswerAt(now) is { } answer ? AnswerParts.Words(answer) : null,
            AnsweredAt = Moments.Of(link.AnswerAt(now)?.At),
            Anchor = Short(seen?.Anchor ?? status.Baseline?.Anchor),
            Rel = seen?.Rel is { } rel ? RelText.Write(RelText.Qualifiers(rel)) : null,
            Cost = CostOf(link.Terms),
            Tags = [.. link.Tags.Select(WebText.Visible)],
            IsMuted = link.IsMutedAt(now),
        };
    }

    public ChangeLine Of(LinkChange change) => new(
        Moments.Of(change.Transition.At),
        WireName.Of(change.Transition.From),
        WireName.Of(change.Transition.To),
        PathOf(project, change.LinkId.Value),
        WebText.Readable(change.Page.Href),
        WebText.ShortUrl(change.Page, UrlLength, showsHost: true),
        WebText.Readable(change.Target.Href),
        WebText.ShortUrl(change.Target, UrlLength, showsHost: true),
        change.Transition.ReasonsAfter.Count > 0
            ? string.Join(" ", change.Transition.ReasonsAfter.Select(reason => WebText.Said(reason.Message, MostSaid)))
            : change.Transition.To == LinkState.Live ? "The link is there, as expected." : "");

    /// <summary>What was agreed, for example <c>120.00 EUR a month</c>; null without a cost.</summary>
    public static string? CostOf(Terms? terms) => terms is not null && PlacementCost.Whole(terms) is { } whole
        ? whole.For(terms.CostPeriod) : null;

    /// <summary>Why the last check could not see the page, in words; null when it could.</summary>
    public static string? NotSeen(LinkStatus status) =>
        StandingRule.IsTold(status) is false ? CheckWords.Label(status.LastOutcome!.Value, Language.English) : null;

    private static string? WhyOf(LinkStatus status) =>
        status.Reasons.Count > 0 ? WebText.Said(status.Reasons[0].Message, MostSaid)
        : status.Suspicions.Count > 0 ? string.Create(
            CultureInfo.InvariantCulture,
            $"Not confirmed yet: {WebText.Said(status.Suspicions[0].Reason.Message, MostSaid)}")
        : null;

    private static string? Short(string? text) => text is null ? null : text.Length == 0 ? "(empty)" : WebText.Short(text, 80);
}

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

    /// <summary>How long it has been so, after the word of a state: for example <c>for 3 days</c>.</summary>
    public Moment Lasting(DateTimeOffset since) => new(
        Iso(since), $"since {_time.Write(since)}", Largest(now - since) is { } length ? $"for {length}" : "since a moment ago");

    /// <summary>For a sentence: how long ago and when. Nothing but both leaves here: how long ago alone says nothing on paper.</summary>
    public string InWords(DateTimeOffset at) => $"{Ago(at)}, {_time.Write(at)}";

    // For example 3 days ago, in 2 hours or just now: the largest unit alone. What is over is over by whole units; what is to come is told
    // by the nearest, so that what was just made for 90 days ends in 90.
    private string Ago(DateTimeOffset at)
    {
        var span = now - at;
        if (span <= TimeSpan.FromMinutes(-1))
            return $"in {Largest(Rounded(-span))}";
        return Largest(span) is { } ago ? $"{ago} ago" : "just now";
    }

    private static TimeSpan Rounded(TimeSpan span)
    {
        var (minutes, hours, days) = (Math.Round(span.TotalMinutes), Math.Round(span.TotalHours), Math.Round(span.TotalDays));
        return minutes < 60 ? TimeSpan.FromMinutes(minutes) : hours < 24 ? TimeSpan.FromHours(hours) : TimeSpan.FromDays(Math.Max(days, 1));
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
