using LinkMonitor.Engine.Naming;
using Microsoft.Net.Http.Headers;

namespace LinkMonitor.Placements.Reporting;

/// <summary>Which format a request wants: <c>?format=</c>, or else the first of its <c>Accept</c> that we have.</summary>
internal static class ReportFormats
{
    /// <param name="known">The formats there are; the first is the one for whoever does not mind.</param>
    /// <param name="format">What <see cref="FormatOfAttribute"/> let through.</param>
    public static ReportFormat Read(HttpRequest request, string? format, IReadOnlyList<ReportFormat> known) =>
        WireName.TryParse<ReportFormat>(format, out var wanted) ? wanted : Accepted(request, known);

    public static string ContentType(ReportFormat format) => format switch
    {
        ReportFormat.Csv => "text/csv; charset=utf-8",
        ReportFormat.Html => "text/html; charset=utf-8",
        _ => "application/json; charset=utf-8",
    };

    private static ReportFormat Accepted(HttpRequest request, IReadOnlyList<ReportFormat> known)
    {
        var accepted = request.GetTypedHeaders().Accept.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1);
        foreach (var type in accepted)
            foreach (var format in known)
                if (MediaTypeHeaderValue.Parse(ContentType(format).Split(';')[0]).IsSubsetOf(type))
                    return format;
        return known[0];
    }
}
