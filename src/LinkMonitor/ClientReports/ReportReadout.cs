using System.Globalization;
using System.Text;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.ClientReports;

namespace LinkMonitor.ClientReports;

/// <summary>Answers with a report as a page: to whoever has a key, and to whoever was sent its address.</summary>
internal sealed class ReportReadout(ReportReading reading)
{
    /// <param name="sections">Of what is in no section nothing is read.</param>
    /// <param name="query">Which part of each list is wanted, by the name of the list; whatever else is there counts for nothing.</param>
    /// <returns>Null when the report was deleted meanwhile.</returns>
    public async Task<IResult?> ShowAsync(
        ClientReport report, IReadOnlyList<ReportSection> sections, IQueryCollection query, CancellationToken cancellationToken)
    {
        Dictionary<string, ReportRows<ReportedLink>?> links = [];
        Dictionary<string, ReportRows<ReportedChange>?> changes = [];
        foreach (var section in sections)
            foreach (var list in ListsOf(section))
            {
                var part = PartOf(query, list, report.Pieces.GetValueOrDefault(list));
                if (list is ReportPiece.Links or ReportPiece.NotVerified)
                    links[list] = await reading.LinksAsync(report, list, part, cancellationToken);
                else
                    changes[list] = await reading.ChangesAsync(report, list, part, cancellationToken);
            }

        // Deleted while it was read: as if it had been before.
        if (await reading.FiguresAsync(report, cancellationToken) is not { } kept
            || await reading.LogoAsync(report, cancellationToken) is not { } logo
            || links.ContainsValue(null) || changes.ContainsValue(null))
            return null;
        return new ReportAnswer(
            ReportDocument.SheetOf(report).ContentSecurityPolicy,
            ReportDocument.Write(new ReportContent(report, kept, sections, logo.Length > 0 ? logo : null, links!, changes!)));
    }

    private static string[] ListsOf(ReportSection section) => section switch
    {
        ReportSection.GainedAndLost => [ReportPiece.Gained, ReportPiece.Lost],
        ReportSection.Changes => [ReportPiece.Changes],
        ReportSection.NotVerified => [ReportPiece.NotVerified],
        ReportSection.Links => [ReportPiece.Links],
        _ => [],
    };

    private static int PartOf(IQueryCollection query, string list, int parts) =>
        int.TryParse(query[list], NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            ? Math.Clamp(part, 1, Math.Max(1, parts))
            : 1;
}

/// <summary>A page of a report: kept by no cache, found by no search engine, and it tells no site where its reader came from.</summary>
internal sealed class ReportAnswer(string policy, string html) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/html; charset=utf-8";
        PublicPage.SetHeaders(response);
        response.Headers.ContentSecurityPolicy = policy;
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(html), httpContext.RequestAborted);
    }
}
