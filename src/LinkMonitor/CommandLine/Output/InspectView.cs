using System.Text.Json.Serialization;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.CommandLine.Output;

/// <summary>A page as we read it, as <c>inspect --json</c> writes it.</summary>
internal sealed record InspectView
{
    public required string Url { get; init; }

    public required string FinalUrl { get; init; }

    public required int? Status { get; init; }

    public required IReadOnlyList<RedirectView> Redirects { get; init; }

    public required RobotsView Robots { get; init; }

    public required string? Canonical { get; init; }

    public required string? Base { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<OccurrenceView> Links { get; init; }

    /// <summary>How many links lead to other hosts; for people only, the JSON is fixed.</summary>
    [JsonIgnore]
    public int ExternalLinks { get; init; }

    /// <summary>Whether it is a page at all, by its own signs, and why; for people only, the JSON is fixed.</summary>
    [JsonIgnore]
    public string Identity { get; init; } = "";

    public static InspectView Of(Observation observation, PageReading reading) => new()
    {
        Url = observation.Page.Href,
        FinalUrl = observation.FinalUrl.Href,
        Status = observation.Status,
        Redirects = [.. observation.Redirects.Select(step => new RedirectView(step.Url.Href, step.Status))],
        Robots = RobotsView.Of(reading.Robots),
        Canonical = reading.Canonical?.Href,
        Base = reading.Base?.Href,
        Title = reading.Title,
        Links = [.. reading.Links.Select(link => OccurrenceView.Of(link, reading))],
        ExternalLinks = LinkSurroundings.ExternalLinks(reading),
        Identity = PageIdentities.Of(observation, null, LinkMemory.None) is { } identity ? IdentityText.Of(identity) : "",
    };
}

/// <summary>What a page says to search engines.</summary>
internal sealed record RobotsView(bool Index, bool Follow, IReadOnlyList<string> Reasons)
{
    public static RobotsView Of(RobotsDirectives robots) => new(robots.Index, robots.Follow, robots.Reasons);
}
