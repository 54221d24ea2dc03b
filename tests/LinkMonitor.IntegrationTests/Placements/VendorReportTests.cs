using System.Net;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Placements;

/// <summary>The report on vendors through the API. The clock stands at 21 November 2026.</summary>
public sealed class VendorReportTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private readonly ApiDriver _api = fixture.Product.Api;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Links_of_all_slices_are_counted_and_those_without_a_vendor_are_not()
    {
        var project = await ProjectAsync();
        for (var number = 0; number < 110; number++)
            await AddAsync(project, number, "Fine Links", number % 4 == 0 ? "2026-01-31:l" : "2026-01-31:a");
        await AddAsync(project, 200, null, "2026-01-31:l");

        var report = await _api.GetAsync($"/api/v1/projects/{project}/reports/vendors", Token);

        Assert.Equal("2026-11-21", report.GetProperty("asOf").GetString());
        var vendor = Assert.Single(report.GetProperty("vendors").EnumerateArray());
        var month = vendor.GetProperty("survival")[0];
        Assert.Equal(
            (110, 110, 82),
            (vendor.GetProperty("links").GetInt32(), month.GetProperty("n").GetInt32(), month.GetProperty("asAgreed").GetInt32()));
        Assert.Equal(110, vendor.GetProperty("survival")[3].GetProperty("tooYoung").GetInt32());
        Assert.Equal("EUR", vendor.GetProperty("money")[0].GetProperty("currency").GetString());
    }

    [Theory]
    [InlineData("csv", "text/csv", "survival,Fine Links,1,30,1,1,1,")]
    [InlineData("html", "text/html", "<h2>Fine Links</h2>")]
    [InlineData("json", "application/json", "\"vendor\":\"Fine Links\"")]
    public async Task The_report_comes_in_three_formats(string format, string type, string content)
    {
        var project = await ProjectAsync();
        await AddAsync(project, 1, "Fine Links", "2026-01-31:a");

        using var response = await _api.Client.GetAsync($"/api/v1/projects/{project}/reports/vendors?format={format}", Token);

        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(content, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_without_vendors_has_an_empty_report_and_an_unknown_format_is_refused()
    {
        var project = await ProjectAsync();

        var report = await _api.GetAsync($"/api/v1/projects/{project}/reports/vendors", Token);

        Assert.Empty(report.GetProperty("vendors").EnumerateArray());
        await _api.SendAsync(
            HttpMethod.Get, $"/api/v1/projects/{project}/reports/vendors?format=xml", null, HttpStatusCode.BadRequest, Token);
    }

    private async Task<string> ProjectAsync() => await _api.CreateProjectAsync(new { name = "Example" }, Token);

    private Task<RegisterResult> AddAsync(string project, int number, string? vendor, string days)
    {
        var link = StorageSamples.Link(new ProjectId(project), $"https://blog.example.net/{number}");
        return fixture.Product.Get<ILinkStore>().RegisterAsync(
            link with
            {
                Terms =
                    new Terms
                    {
                        Vendor = vendor,
                        Cost = 10,
                        Currency = "EUR",
                        CostPeriod = CostPeriod.Month,
                        Start = new DateOnly(2026, 1, 1),
                    },
                Status = link.Status with { Days = DayLog.Parse(days) },
            },
            Token);
    }
}
