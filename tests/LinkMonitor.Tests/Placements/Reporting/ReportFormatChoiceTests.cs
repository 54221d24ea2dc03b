using LinkMonitor.Engine.Naming;
using LinkMonitor.Placements.Reporting;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Placements.Reporting;

public sealed class ReportFormatChoiceTests
{
    private static readonly ReportFormat[] Known = [ReportFormat.Json, ReportFormat.Csv, ReportFormat.Html];

    [Theory]
    [InlineData(null, "json")]
    [InlineData("*/*", "json")]
    [InlineData("text/*", "csv")]
    [InlineData("text/html", "html")]
    [InlineData("text/html;q=0.2, text/csv;q=0.9", "csv")]
    [InlineData("text/csv;q=0, text/html", "html")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html")]
    [InlineData("image/png", "json")]
    [InlineData("not a type", "json")]
    public void The_first_accepted_format_that_we_have_is_taken(string? accept, string format)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Accept = accept;

        Assert.Equal(format, WireName.Of(ReportFormatChoice.Read(request, null, Known)));
    }

    [Fact]
    public void A_format_that_is_asked_for_by_name_counts_alone()
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Accept = "text/html";

        Assert.Equal(ReportFormat.Csv, ReportFormatChoice.Read(request, "CSV", Known));
    }

    [Theory]
    [InlineData("CSV", null)]
    [InlineData("pdf", "'pdf' is not one of json, csv, html.")]
    public void A_format_that_a_report_does_not_have_is_named_back_with_those_it_has(string asked, string? problem) =>
        Assert.Equal(problem, new FormatOfAttribute(Known).Problem(asked, []));
}
