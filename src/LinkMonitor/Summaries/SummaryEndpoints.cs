using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Alerts.Listing;
using LinkMonitor.Cases;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Keys;
using LinkMonitor.Links;
using LinkMonitor.Monitoring;
using LinkMonitor.Placements;
using LinkMonitor.Projects;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Projects;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Summaries;

/// <summary>The route <c>/api/v1/projects/{id}/summary</c>.</summary>
internal static class SummaryEndpoints
{
    public static void MapSummaries(this IEndpointRouteBuilder api) =>
        api.MapProject().WithTags("Projects").MapGet("/summary", SummarizeAsync).RequireAuthorization(KeyPolicies.Read)
            .WithSummary("The state of a project's links: counts by state, what is at stake, the next check and the last alert");

    private static async Task<Ok<ProjectSummary>> SummarizeAsync(
        string projectId,
        HttpContext context,
        ILinkStore links,
        ICaseStore cases,
        IAlertStore alerts,
        IOptions<MonitoringOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var project = context.CurrentProject();
        var now = time.GetUtcNow();
        var tally = new SummaryTally(project, options.Value, now);
        await foreach (var slice in links.ReadSlicesAsync(project.Id, LinkFilter.None, cancellationToken))
            tally.Add(slice);
        var last = (await AlertListing.ReadAsync(alerts, project.Id, 1, null, cancellationToken)).Items;
        return TypedResults.Ok(new ProjectSummary
        {
            ProjectId = project.Id.Value,
            Name = project.Name,
            AsOf = now,
            Links = tally.Links,
            Unreadable = tally.Links.Unreadable,
            Suspected = tally.Suspected,
            Muted = tally.Muted,
            AtStake = tally.AtStake,
            Cases = await CaseCounts.OfAsync(cases, project.Id, LocalTimes.Day(now, project.TimeZone), cancellationToken),
            LastCheckedAt = tally.LastCheckedAt,
            NextCheckAt = tally.NextCheckAt,
            LastAlert = last is [var alert] ? AlertView.Of(alert) : null,
        });
    }
}

/// <summary>How a project's links are, on one screen.</summary>
public sealed record ProjectSummary
{
    public required string ProjectId { get; init; }

    public required string Name { get; init; }

    /// <summary>When this was read.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Of all links that can be read.</summary>
    public required LinkCounts Links { get; init; }

    /// <summary>How many more there are whose stored rows cannot be read; <c>/api/v1/failures/set-aside</c> names them.</summary>
    public required int Unreadable { get; init; }

    /// <summary>How many links have a finding that waits for its confirmation.</summary>
    public required int Suspected { get; init; }

    /// <summary>How many links nobody is notified of now.</summary>
    public required int Muted { get; init; }

    /// <summary>What is paid today for links that are not as agreed, by currency; see <see cref="MoneyAtStake"/>.</summary>
    public required IReadOnlyList<Stake> AtStake { get; init; }

    /// <summary>How many cases it has, and how many of them are open.</summary>
    public required CaseCounts Cases { get; init; }

    /// <summary>The last check of any link; null before the first.</summary>
    public required DateTimeOffset? LastCheckedAt { get; init; }

    /// <summary>
    /// When the first of the links wants its next check, not before <see cref="AsOf"/>; null without links. The pace of a host may delay
    /// it.
    /// </summary>
    public required DateTimeOffset? NextCheckAt { get; init; }

    /// <summary>The newest alert, sent or still being sent; null when nothing was reported yet.</summary>
    public required AlertView? LastAlert { get; init; }
}

/// <summary>The JSON of the API for summaries.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ProjectSummary))]
internal sealed partial class SummaryJson : JsonSerializerContext;

/// <summary>Adds up the links of a project one after the other and keeps none of them.</summary>
internal sealed class SummaryTally(Project project, MonitoringOptions options, DateTimeOffset now)
{
    private readonly LinkTally _links = new();
    private readonly StakeTally _stakes = new(LocalTimes.Day(now, project.TimeZone));

    public LinkCounts Links => _links.ToCounts();

    public IReadOnlyList<Stake> AtStake => _stakes.Sums;

    public int Suspected { get; private set; }

    public int Muted { get; private set; }

    public DateTimeOffset? LastCheckedAt { get; private set; }

    public DateTimeOffset? NextCheckAt { get; private set; }

    public void Add(Slice<WatchedLink> slice)
    {
        _links.AddUnreadable(slice.SetAside);
        foreach (var link in slice.Items)
            Add(link);
    }

    public void Add(WatchedLink link)
    {
        _links.Add(link);
        _stakes.Add(link);
        Suspected += link.Status.Suspicions.Count > 0 ? 1 : 0;
        Muted += link.IsMutedAt(now) ? 1 : 0;
        if (link.Status.LastCheckedAt is { } at && !(at <= LastCheckedAt))
            LastCheckedAt = at;
        var planned = NextCheck.Planned(link, project, options);
        planned = planned < now ? now : planned;
        if (!(planned >= NextCheckAt))
            NextCheckAt = planned;
    }
}
