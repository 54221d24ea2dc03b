using System.Net;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Writing;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Links;

/// <summary>What the last check did not see is said, filtered by and counted.</summary>
public sealed class LinkSeenTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_state_that_rests_on_an_earlier_look_is_told_filtered_and_counted()
    {
        var api = fixture.Product.Api;
        var project = await api.CreateProjectAsync(new { name = "Seen", recipients = new[] { "anna@example.org" } }, Stop);
        await SetAsync(project, "https://a.example.net/", LinkState.Live, CheckOutcome.Observed);
        await SetAsync(project, "https://b.example.net/", LinkState.Live, CheckOutcome.ScriptOnly);
        await SetAsync(project, "https://c.example.net/", LinkState.Lost, CheckOutcome.Gone);
        await api.RegisterAsync(project, new { page = "https://d.example.net/", target = "https://example.org/" }, Stop);
        var links = $"/api/v1/projects/{project}/links";

        var shells = (await api.GetAsync($"{links}?observation=script-only", Stop)).GetProperty("items");
        var unseen = (await api.GetAsync($"{links}?seen=false", Stop)).GetProperty("items");
        var seen = (await api.GetAsync($"{links}?seen=true", Stop)).GetProperty("items");
        var counts = await api.GetAsync($"{links}/counts", Stop);
        var live = (await api.GetAsync($"{links}/counts?state=live", Stop)).GetProperty("states")[0];

        var shell = Assert.Single(shells.EnumerateArray());
        Assert.Equal(
            ("live", "script-only", false),
            (shell.GetProperty("state").GetString(), shell.GetProperty("observation").GetString(), shell.GetProperty("seen").GetBoolean()));
        Assert.NotEqual(
            shell.GetProperty("evidence").GetProperty("checkedAt").GetString(),
            shell.GetProperty("seenEvidence").GetProperty("checkedAt").GetString());
        Assert.Equal("https://b.example.net/", Assert.Single(unseen.EnumerateArray()).GetProperty("page").GetString());
        Assert.Equal(2, seen.GetArrayLength());
        Assert.Equal((4, 1), (counts.GetProperty("total").GetInt32(), counts.GetProperty("notSeen").GetInt32()));
        Assert.Equal(3, counts.GetProperty("observations").GetArrayLength());
        Assert.Equal((2, 1), (live.GetProperty("count").GetInt32(), live.GetProperty("notSeen").GetInt32()));
    }

    [Fact]
    public async Task A_filter_that_is_none_is_named()
    {
        var project = await fixture.Product.Api.CreateProjectAsync(
            new { name = "Filters", recipients = new[] { "anna@example.org" } }, Stop);

        var problem = await fixture.Product.Api.SendAsync(
            HttpMethod.Get, $"/api/v1/projects/{project}/links?seen=maybe&observation=nothing", null, HttpStatusCode.BadRequest, Stop);

        Assert.Contains("not true or false", problem.GetProperty("errors").GetProperty("seen")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("script-only", problem.GetProperty("errors").GetProperty("observation")[0].GetString(), StringComparison.Ordinal);
    }

    private async Task SetAsync(string project, string page, LinkState state, CheckOutcome look)
    {
        var id = await fixture.Product.Api.RegisterAsync(project, new { page, target = "https://example.org/" }, Stop);
        var links = fixture.Product.Get<ILinkStore>();
        var link = (await links.GetAsync(new ProjectId(project), new LinkId(id), Stop))!;
        var status = link.Status with
        {
            State = state,
            LastCheckedAt = StorageSamples.Noon,
            LastEvidence = StorageSamples.Evidence(StorageSamples.Noon) with { Outcome = look },
            LastSeenEvidence = StorageSamples.Evidence(StorageSamples.Noon.AddDays(-1)) with { Outcome = CheckOutcome.Observed },
        };
        Assert.Equal(SaveOutcome.Saved, await links.SaveAsync(link with { Status = status }, Stop));
    }
}
