using System.Net;
using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;

namespace LinkMonitor.IntegrationTests.Links;

/// <summary>The terms of paid placements through the API.</summary>
public sealed class LinkTermsTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string Full = """
        {"vendor":" Fine Links ","cost":240,"currency":"eur","costPeriod":"term",
        "start":"2026-01-01","end":"2026-12-31","contact":"anna@example.net","invoice":"RE-17"}
        """;

    private readonly ApiDriver _api = fixture.Product.Api;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Terms_are_kept_trimmed_and_shown()
    {
        var (links, id) = await RegisterAsync(Full);

        var terms = (await _api.GetAsync($"{links}/{id}", Token)).GetProperty("terms");

        Assert.Equal(
            """{"vendor":"Fine Links","cost":240,"currency":"EUR","costPeriod":"term","start":"2026-01-01","end":"2026-12-31","""
                + "\"contact\":\"anna@example.net\",\"invoice\":\"RE-17\"}",
            terms.GetRawText());
    }

    [Fact]
    public async Task Patch_sets_what_is_given_removes_what_is_null_and_keeps_the_rest()
    {
        var (links, id) = await RegisterAsync(Full);

        var patched = await PatchAsync(links, id, """{"terms":{"cost":100.5,"invoice":null}}""", HttpStatusCode.OK);
        var without = await PatchAsync(links, id, """{"terms":null}""", HttpStatusCode.OK);

        var terms = patched.GetProperty("terms");
        Assert.Equal(100.5m, terms.GetProperty("cost").GetDecimal());
        Assert.Equal(JsonValueKind.Null, terms.GetProperty("invoice").ValueKind);
        Assert.Equal("Fine Links", terms.GetProperty("vendor").GetString());
        Assert.Equal(JsonValueKind.Null, without.GetProperty("terms").ValueKind);
    }

    [Fact]
    public async Task Patch_that_does_not_fit_what_is_there_is_refused_and_changes_nothing()
    {
        var (links, id) = await RegisterAsync(Full);

        var refused = await PatchAsync(links, id, """{"note":"new","terms":{"end":"2025-06-30"}}""", HttpStatusCode.BadRequest);

        Assert.Contains("before the start, 2026-01-01", Error(refused, "terms.end"), StringComparison.Ordinal);
        var link = await _api.GetAsync($"{links}/{id}", Token);
        Assert.Equal("2026-12-31", link.GetProperty("terms").GetProperty("end").GetString());
        Assert.Equal(JsonValueKind.Null, link.GetProperty("note").ValueKind);
    }

    [Fact]
    public async Task Registering_again_applies_what_is_given_and_keeps_the_rest()
    {
        var (links, _) = await RegisterAsync(Full);

        var again = await _api.SendAsync(HttpMethod.Post, links, Link("""{"cost":300}"""), HttpStatusCode.OK, Token);
        var misfit = await _api.SendAsync(HttpMethod.Post, links, Link("""{"cost":300.005}"""), HttpStatusCode.BadRequest, Token);

        Assert.Equal(300m, again.GetProperty("terms").GetProperty("cost").GetDecimal());
        Assert.Equal("EUR", again.GetProperty("terms").GetProperty("currency").GetString());
        Assert.Contains("EUR has 2 decimals", Error(misfit, "terms.cost"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"vendor":""}""", "terms.vendor", "1 to 200")]
    [InlineData("""{"vendor":"a\r\nBcc: b@example.org"}""", "terms.vendor", "no line breaks")]
    [InlineData("""{"cost":-1,"currency":"EUR"}""", "terms.cost", "0 to 999999999")]
    [InlineData("""{"cost":1}""", "terms.currency", "needs a currency")]
    [InlineData("""{"cost":1.5,"currency":"JPY"}""", "terms.cost", "JPY has 0 decimals")]
    [InlineData("""{"currency":"EURO"}""", "terms.currency", "'EURO' is not an ISO 4217 currency")]
    [InlineData("""{"costPeriod":"year"}""", "terms.costPeriod", "term, month")]
    [InlineData("""{"start":"01.02.2026"}""", "terms.start", "2026-01-31")]
    [InlineData("""{"start":"2026-02-30"}""", "terms.start", "is not a date")]
    [InlineData("""{"end":"0001-01-01"}""", "terms.end", "1990-01-01")]
    [InlineData("""{"start":"2026-02-01","end":"2026-01-31"}""", "terms.end", "before the start")]
    [InlineData("""{"cost":1,"currency":"EUR","end":"2026-12-31"}""", "terms.start", "costPeriod to month")]
    [InlineData("""{"vender":"x"}""", "terms.vender", "Known fields: vendor, cost")]
    [InlineData("""{"cost":"much"}""", "terms.cost", "It must be a number")]
    [InlineData("\"Fine Links\"", "terms", "It must be an object")]
    public async Task Wrong_terms_are_refused_with_their_field(string terms, string field, string hint)
    {
        var links = await LinksPathAsync();

        var problem = await _api.SendAsync(HttpMethod.Post, links, Link(terms), HttpStatusCode.BadRequest, Token);

        Assert.Contains(hint, Error(problem, field), StringComparison.Ordinal);
        Assert.Empty((await _api.GetAsync(links, Token)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task List_filters_by_vendor_without_case()
    {
        var (links, id) = await RegisterAsync("""{"vendor":"O'Brien & Söhne"}""");
        await _api.PostAsync(
            links,
            new { page = "https://blog.example.net/other", target = "https://example.org/", terms = new { vendor = "Other" } },
            HttpStatusCode.Created,
            Token);
        await _api.PostAsync(
            links, new { page = "https://blog.example.net/none", target = "https://example.org/" }, HttpStatusCode.Created, Token);

        var found = await _api.GetAsync($"{links}?vendor={Uri.EscapeDataString("o'brien  & SÖHNE")}", Token);

        Assert.Equal(id, Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
    }

    private async Task<(string Links, string Id)> RegisterAsync(string terms)
    {
        var links = await LinksPathAsync();
        var created = await _api.SendAsync(HttpMethod.Post, links, Link(terms), HttpStatusCode.Created, Token);
        return (links, created.GetProperty("id").GetString()!);
    }

    private Task<JsonElement> PatchAsync(string links, string id, string json, HttpStatusCode expected) =>
        _api.SendAsync(HttpMethod.Patch, $"{links}/{id}", json, expected, Token);

    private async Task<string> LinksPathAsync() =>
        $"/api/v1/projects/{await _api.CreateProjectAsync(new { name = "Example" }, Token)}/links";

    private static string Link(string terms) =>
        $$"""{"page":"https://blog.example.net/post","target":"https://example.org/","terms":{{terms}}}""";

    private static string Error(JsonElement problem, string field) => problem.GetProperty("errors").GetProperty(field)[0].GetString()!;
}
