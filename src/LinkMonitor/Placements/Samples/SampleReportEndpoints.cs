using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Changes;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Placements.Refunds;
using LinkMonitor.Placements.Reporting;
using LinkMonitor.Placements.Vendors;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements.Samples;

/// <summary>The reports with made-up data, open to everybody: they touch no storage.</summary>
internal static class SampleReportEndpoints
{
    public static void MapSamples(this IEndpointRouteBuilder app)
    {
        app.MapGet("/docs/samples/refund-pack", (HttpContext context, TimeProvider time) =>
            ReportResponse.Send(
                context, ReportFormat.Html, new[] { RefundPack(time.GetUtcNow()) }.ToAsyncEnumerable())).ExcludeFromDescription();
        app.MapGet("/docs/samples/vendor-report", async (HttpContext context, TimeProvider time, CancellationToken cancellationToken) =>
        {
            var today = DayLogEntry.Day(time.GetUtcNow());
            var sample = new SamplePlacements(today);
            var report = await VendorReportBuilder.CountAsync(sample.Links.ToAsyncEnumerable(), today, today, cancellationToken);
            return ReportResponse.Send(context, ReportFormat.Html, VendorHtml.Write(report, sample.Project.Name).ToAsyncEnumerable());
        }).ExcludeFromDescription();
    }

    private static string RefundPack(DateTimeOffset now)
    {
        var today = DayLogEntry.Day(now);
        var sample = new SamplePlacements(today);
        var claimed = sample.Links
            .Where(link => link.Terms!.Vendor == "Fine Links")
            .Select(link => (Link: link, Account: DayAccount.Of(link.Terms, link.Status.Days, today))).ToList();
        var (claim, totals, writer) = (new RefundClaim(), new RefundTotals(), new RefundHtml(sample.Project.TimeZone));
        foreach (var (link, account) in claimed)
            claim.Add(link, account);
        var page = new StringBuilder(writer.Start(new RefundHeading("Fine Links", sample.Project.Name, now), claim));
        foreach (var (link, account) in claimed)
        {
            totals.Add(account);
            page.Append(writer.Link(link, account));
            foreach (var proof in SampleProofs.Of(link))
                page.Append(writer.Change(link, proof));
        }

        return page.Append(writer.End(totals)).ToString();
    }
}

/// <summary>The made-up changes of made-up links, with evidence as a check would have kept it.</summary>
internal static class SampleProofs
{
    private const string Followed = "<a href=\"https://example.org/widgets\">widgets that last</a>";
    private const string Nofollow = "<a href=\"https://example.org/widgets\" rel=\"nofollow\">widgets that last</a>";

    /// <summary>The change that the last marks of a link's day log tell of; none for a link that was as agreed all the time.</summary>
    public static IEnumerable<ChangeProof> Of(WatchedLink link)
    {
        var log = link.Status.Days;
        var lost = log.Marks.IndexOf('l', StringComparison.Ordinal);
        var changed = log.Marks.IndexOf('c', StringComparison.Ordinal);
        if (lost >= 0)
            yield return Proof(
                link,
                log.First.AddDays(lost),
                LinkState.Lost,
                new Reason { Code = ReasonCode.LinkRemoved, Message = "The page was read, and the link is not in it." },
                null);
        else if (changed >= 0)
            yield return Proof(
                link,
                log.First.AddDays(changed),
                LinkState.Changed,
                new Reason
                {
                    Code = ReasonCode.RelChanged,
                    Message = "The link's rel has gained nofollow.",
                    Expected = "follow",
                    Found = "nofollow",
                },
                Nofollow);
    }

    private static ChangeProof Proof(WatchedLink link, DateOnly day, LinkState to, Reason reason, string? found)
    {
        var (before, after) = (Evidence(link, day.AddDays(-2), Followed), Evidence(link, day, found));
        var change = new LinkChange
        {
            Id = $"chg_sample{day:yyyyMMdd}",
            ProjectId = link.ProjectId,
            LinkId = link.Id,
            Page = link.Page,
            Target = link.Expectation.Target,
            Transition = new LinkTransition
            {
                From = LinkState.Live,
                To = to,
                ReasonsBefore = [],
                ReasonsAfter = [reason],
                At = SamplePlacements.At(day).AddHours(1),
                Since = SamplePlacements.At(day),
                Before = before,
                After = after,
                Alerts = true,
            },
        };
        return new ChangeProof(change, Json(before), Json(after));
    }

    private static Evidence Evidence(WatchedLink link, DateOnly day, string? snippet) => new()
    {
        CheckedAt = SamplePlacements.At(day),
        Observation = ObservationKind.Observed,
        Detail = "The page was read.",
        Status = 200,
        FinalUrl = link.Page.Href,
        Snippet = snippet,
        Occurrences = snippet is null ? 0 : 1,
    };

    private static string Json(Evidence evidence) =>
        JsonSerializer.Serialize(evidence, (JsonTypeInfo<Evidence>)ChangeJson.Default.GetTypeInfo(typeof(Evidence))!);
}
