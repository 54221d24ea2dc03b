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

    /// <summary>
    /// Every change that a link's day log tells of, the oldest first; none for a link that was as agreed all the time. A loss or a change
    /// is first seen on the day before its first mark on which nothing could be told, if there is one; a return is seen at once.
    /// </summary>
    public static IEnumerable<ChangeProof> Of(WatchedLink link)
    {
        var log = link.Status.Days;
        if (log.Last is not { } last)
            yield break;
        var (held, doubt) = (DayMark.AsAgreed, (DateOnly?)null);
        foreach (var run in DayRun.Of(log, log.First, last))
        {
            if (run.Mark is DayMark.AsAgreed or DayMark.Changed or DayMark.Lost && run.Mark != held)
            {
                yield return Proof(link, held, run.Mark, run.Mark == DayMark.AsAgreed ? run.From : doubt ?? run.From, run.From);
                held = run.Mark;
            }

            doubt = run.Mark == DayMark.CouldNotTell ? run.To : null;
        }
    }

    /// <param name="since">The day on which it was first seen.</param>
    /// <param name="confirmed">The day on which it was confirmed.</param>
    private static ChangeProof Proof(WatchedLink link, DayMark from, DayMark to, DateOnly since, DateOnly confirmed)
    {
        var (before, after) = (Evidence(link, since.AddDays(-1), Snippet(from)), Evidence(link, confirmed, Snippet(to)));
        var change = new LinkChange
        {
            Id = $"chg_sample{confirmed:yyyyMMdd}",
            ProjectId = link.ProjectId,
            LinkId = link.Id,
            Page = link.Page,
            Target = link.Expectation.Target,
            Transition = new LinkTransition
            {
                From = State(from),
                To = State(to),
                ReasonsBefore = Reasons(from),
                ReasonsAfter = Reasons(to),
                At = SamplePlacements.At(confirmed),
                Since = SamplePlacements.At(since),
                Before = before,
                After = after,
                Alerts = true,
            },
        };
        return new ChangeProof(change, Json(before), Json(after));
    }

    private static LinkState State(DayMark mark) => mark switch
    {
        DayMark.Lost => LinkState.Lost,
        DayMark.Changed => LinkState.Changed,
        _ => LinkState.Live,
    };

    private static string? Snippet(DayMark mark) => mark switch
    {
        DayMark.Lost => null,
        DayMark.Changed => Nofollow,
        _ => Followed,
    };

    private static IReadOnlyList<Reason> Reasons(DayMark mark) => mark switch
    {
        DayMark.Lost => [new Reason { Code = ReasonCode.LinkRemoved, Message = "The page was read, and the link is not in it." }],
        DayMark.Changed =>
        [
            new Reason
            {
                Code = ReasonCode.RelChanged,
                Message = "The link's rel has gained nofollow.",
                Expected = "follow",
                Found = "nofollow",
            },
        ],
        _ => [],
    };

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
