using System.Net;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Summaries;

/// <summary>How are my links? The clock stands at 21 November 2026, 08:00 UTC.</summary>
public sealed class SummaryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_tells_states_money_the_next_check_and_the_last_alert()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Stop);
        var now = product.Clock.GetUtcNow();
        var project = await product.Api.CreateProjectAsync(new { name = "Example" }, Stop);
        await AddAsync(product, project, 1, LinkState.Live, now.AddHours(-23), null);
        await AddAsync(
            product,
            project,
            2,
            LinkState.Lost,
            now.AddHours(-2),
            new Terms { Cost = 40, Currency = "EUR", CostPeriod = CostPeriod.Month });
        await AddAsync(product, project, 3, LinkState.Lost, now.AddHours(-1), Ended(now));

        var summary = await product.Api.GetAsync($"/api/v1/projects/{project}/summary", Stop);

        Assert.Equal(
            ("Example", 3), (summary.GetProperty("name").GetString(), summary.GetProperty("links").GetProperty("total").GetInt32()));
        Assert.Equal(2, summary.GetProperty("links").GetProperty("states")[1].GetProperty("count").GetInt32());
        var stake = Assert.Single(summary.GetProperty("atStake").EnumerateArray());
        Assert.Equal(
            ("EUR", 1, 40m),
            (stake.GetProperty("currency").GetString(), stake.GetProperty("links").GetInt32(), stake.GetProperty("perMonth").GetDecimal()));
        Assert.Equal(now.AddHours(-1), summary.GetProperty("lastCheckedAt").GetDateTimeOffset());
        Assert.Equal(now.AddHours(1), summary.GetProperty("nextCheckAt").GetDateTimeOffset());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, summary.GetProperty("lastAlert").ValueKind);
    }

    [Fact]
    public async Task A_project_without_links_has_zeros_and_one_that_is_not_there_is_not_found()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Stop);
        var project = await product.Api.CreateProjectAsync(new { name = "Empty" }, Stop);

        var summary = await product.Api.GetAsync($"/api/v1/projects/{project}/summary", Stop);

        Assert.Equal(0, summary.GetProperty("links").GetProperty("total").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, summary.GetProperty("nextCheckAt").ValueKind);
        await product.Api.SendAsync(HttpMethod.Get, "/api/v1/projects/prj_nothing/summary", null, HttpStatusCode.NotFound, Stop);
    }

    private static Terms Ended(DateTimeOffset now) => new()
    {
        Cost = 500,
        Currency = "EUR",
        Start = new DateOnly(2026, 1, 1),
        End = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1),
    };

    private static async Task AddAsync(Product product, string project, int number, LinkState state, DateTimeOffset checkedAt, Terms? terms)
    {
        var link = StorageSamples.Link(new ProjectId(project), $"https://blog.example.net/{number}");
        await product.Get<ILinkStore>().RegisterAsync(
            link with { Terms = terms, Status = link.Status with { State = state, Since = checkedAt, LastCheckedAt = checkedAt } }, Stop);
    }
}
