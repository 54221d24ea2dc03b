using System.Globalization;
using System.Net;
using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Cases;

/// <summary>
/// Cases through the API (<c>CaseEndpoints</c>, <c>CaseRegistry</c>, <c>CaseRequestReader</c>, <c>CaseCounts</c>): opened by a loss, worked
/// on by people, closed by the recovery.
/// </summary>
public sealed class CaseApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_loss_opens_a_case_that_people_work_on_and_that_the_recovery_closes()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        await using var web = await LocalWeb.StartAsync(Token);
        var paid = await LostAsync(product, web);
        var cases = $"{paid.Project}/cases";
        var id = (await product.Api.GetAsync($"{paid.Project}/links/{paid.Link}", Token)).GetProperty("caseId").GetString()!;

        var opened = await product.Api.GetAsync($"{cases}/{id}", Token);
        await PatchAsync(product, $"{cases}/{id}", """{"status":"promised"}""", HttpStatusCode.BadRequest);
        const string Promise = """{"status":"promised","promised":"2026-12-01","owner":"me","due":"2026-12-02"}""";
        await PatchAsync(product, $"{cases}/{id}", Promise.Replace("12-01", "01-01", StringComparison.Ordinal), HttpStatusCode.BadRequest);
        await PatchAsync(product, $"{cases}/{id}", Promise.Replace("12-02", "01-01", StringComparison.Ordinal), HttpStatusCode.BadRequest);
        await PatchAsync(product, $"{cases}/{id}", Promise, HttpStatusCode.OK);
        await product.Api.PostAsync($"{cases}/{id}/notes", new { text = "Anna will <b>look</b>." }, HttpStatusCode.OK, Token);
        await product.Api.PostAsync(cases, new { linkId = paid.Link }, HttpStatusCode.Conflict, Token);
        var summary = (await product.Api.GetAsync($"{paid.Project}/summary", Token)).GetProperty("cases");
        var report = await product.Api.GetAsync($"{paid.Project}/reports/vendors", Token);
        var mine = await product.Api.GetAsync($"{cases}?owner=me&status=promised&due=2026-12-01&open=true", Token);
        paid.Show($"<a href='{PaidPlacement.Target}'>Example</a>");
        await paid.PassDaysAsync(1, Token);
        var closed = await product.Api.GetAsync($"{cases}/{id}", Token);
        var counts = await product.Api.GetAsync($"{cases}/counts", Token);

        Assert.Equal("open", opened.GetProperty("status").GetString());
        Assert.Equal("link-removed", opened.GetProperty("reasons")[0].GetString());
        Assert.Equal(id, Assert.Single(mine.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(1, summary.GetProperty("open").GetInt32());
        Assert.Equal(1, report.GetProperty("openCases").GetInt32());
        Assert.Equal("promised", report.GetProperty("cases")[0].GetProperty("status").GetString());
        Assert.Equal("fixed", closed.GetProperty("status").GetString());
        Assert.True(closed.GetProperty("closedByRecovery").GetBoolean());
        Assert.Equal(
            ["opened", "status", "owner", "due", "note", "recovered"],
            closed.GetProperty("timeline").EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()));
        Assert.Equal((1, 0), (counts.GetProperty("total").GetInt32(), counts.GetProperty("open").GetInt32()));
    }

    [Fact]
    public async Task Who_has_not_seen_the_newest_version_changes_nothing()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        await using var web = await LocalWeb.StartAsync(Token);
        var paid = await LostAsync(product, web);
        var one = (await product.Api.GetAsync($"{paid.Project}/cases", Token)).GetProperty("items")[0];
        var path = $"{paid.Project}/cases/{one.GetProperty("id").GetString()}";
        var version = one.GetProperty("version").GetString()!;

        var first = await IfMatchAsync(product, path, version, """{"status":"contacted"}""");
        var second = await IfMatchAsync(product, path, version, """{"status":"written-off"}""");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.PreconditionFailed), (first, second));
        Assert.Equal("contacted", (await product.Api.GetAsync(path, Token)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_case_that_was_closed_is_not_opened_again_by_the_same_loss_nor_by_hand_beside_a_newer_one()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        await using var web = await LocalWeb.StartAsync(Token);
        var paid = await LostAsync(product, web);
        var cases = $"{paid.Project}/cases";
        var first = (await product.Api.GetAsync(cases, Token)).GetProperty("items")[0].GetProperty("id").GetString()!;
        await PatchAsync(product, $"{cases}/{first}", """{"status":"written-off"}""", HttpStatusCode.OK);
        await paid.PassDaysAsync(2, Token);
        var quiet = await product.Api.GetAsync($"{cases}?open=true", Token);
        paid.Show($"<a href='{PaidPlacement.Target}'>Example</a>");
        await paid.PassDaysAsync(1, Token);
        paid.Show("nothing");
        await paid.PassDaysAsync(2, Token);
        var listed = (await product.Api.GetAsync(cases, Token)).GetProperty("items");

        Assert.Empty(quiet.GetProperty("items").EnumerateArray());
        Assert.Equal(2, listed.GetArrayLength());
        Assert.Equal("open", listed[0].GetProperty("status").GetString());
        Assert.Equal("written-off", listed[1].GetProperty("status").GetString());
        Assert.False(listed[1].GetProperty("closedByRecovery").GetBoolean());
        await PatchAsync(product, $"{cases}/{first}", """{"status":"open"}""", HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("""{"linkId":"x"}""", "linkId")]
    [InlineData("""{"linkId":"LINK","owner":"nobody"}""", "owner")]
    [InlineData("""{"linkId":"LINK","due":"tomorrow"}""", "due")]
    [InlineData("""{"linkId":"LINK","note":" "}""", "note")]
    [InlineData("""{"linkId":"LINK","status":"promised"}""", "promised")]
    public async Task What_is_wrong_with_a_case_is_named_by_field(string body, string field)
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        await using var web = await LocalWeb.StartAsync(Token);
        var paid = await PaidPlacement.RegisterAsync(product, web, new { vendor = "Fine Links" }, Token);

        var answer = await product.Api.SendAsync(
            HttpMethod.Post, $"{paid.Project}/cases", body.Replace("LINK", paid.Link, StringComparison.Ordinal),
            HttpStatusCode.BadRequest, Token);

        Assert.Equal([field], answer.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task On_the_promised_day_the_channels_are_reminded_once()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        await using var web = await LocalWeb.StartAsync(Token);
        var paid = await LostAsync(product, web);
        var id = (await product.Api.GetAsync($"{paid.Project}/cases", Token)).GetProperty("items")[0].GetProperty("id").GetString()!;
        var day = DateOnly.FromDateTime(product.Clock.GetUtcNow().UtcDateTime)
            .AddDays(2)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await product.Api.PostAsync(
            $"{paid.Project}/channels", new { kind = "email", address = "anna@example.org" }, HttpStatusCode.Created, Token);
        await PatchAsync(product, $"{paid.Project}/cases/{id}", $$"""{"status":"promised","promised":"{{day}}"}""", HttpStatusCode.OK);

        await SweepAsync(product, TimeSpan.FromMinutes(10));
        var before = await RemindersAsync(product, paid);
        await SweepAsync(product, TimeSpan.FromDays(2));
        await SweepAsync(product, TimeSpan.FromDays(1));
        var after = await RemindersAsync(product, paid);

        Assert.Empty(before);
        var reminder = Assert.Single(after);
        Assert.StartsWith("Case: 127.0.0.1 was promised for today", reminder.GetProperty("subject").GetString(), StringComparison.Ordinal);
    }

    private static async Task SweepAsync(Product product, TimeSpan time)
    {
        product.Clock.Advance(time);
        await product.TickAsync("SweepAlerts", Token);
        await product.DeliverAllAsync("SendAlerts", Token);
    }

    private static async Task<IReadOnlyList<JsonElement>> RemindersAsync(Product product, PaidPlacement paid) =>
    [
        .. (await product.Api.GetAsync($"{paid.Project}/alerts", Token)).GetProperty("items").EnumerateArray()
            .Where(alert => alert.GetProperty("kind").GetString() == "cases"),
    ];

    private static async Task<PaidPlacement> LostAsync(Product product, LocalWeb web)
    {
        var paid = await PaidPlacement.RegisterAsync(product, web, new { vendor = "Fine Links" }, Token);
        await paid.PassDaysAsync(1, Token);
        paid.Show("nothing");
        await paid.PassDaysAsync(2, Token);
        return paid;
    }

    private static Task<JsonElement> PatchAsync(Product product, string path, string body, HttpStatusCode expected) =>
        product.Api.SendAsync(HttpMethod.Patch, path, body, expected, Token);

    private static async Task<HttpStatusCode> IfMatchAsync(Product product, string path, string version, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = new StringContent(body, null, "application/json") };
        request.Headers.IfMatch.ParseAdd($"\"{version}\"");
        using var answer = await product.Api.Client.SendAsync(request, Token);
        return answer.StatusCode;
    }
}
