using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>
/// Pages whose sites say that they have not changed: asked, believed, and read in full all the same when that is not enough.
/// </summary>
public sealed class ConditionalTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Target = "/target";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private LocalWeb _web = null!;
    private Product _product = null!;
    private string _tag = "\"1\"";
    private string _rel = "";
    private Func<HttpRequest, bool>? _isUnchanged;
    private bool _isNoisy;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What the page was answered with, one character each: <c>f</c> in full, <c>n</c> not modified.</summary>
    private string Answers { get; set; } = "";

    public async ValueTask InitializeAsync()
    {
        _web = (await LocalWeb.StartAsync(Stop)).Map("/post", AnswerAsync).MapStatus(Target, 200);
        _product = await Product.StartAsync(ProductSettings.On(azurite), Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _product.DisposeAsync();
        await _web.DisposeAsync();
    }

    [Fact]
    public async Task Page_that_never_changes_is_read_in_full_once_a_week_and_its_links_are_known_to_be_live_every_day()
    {
        var (project, link) = await RegisterAsync();
        await _product.RoundAsync(Stop);
        var read = _product.Clock.GetUtcNow();

        for (var day = 1; day <= 7; day++)
            await _product.RoundAfterAsync(Day, Stop);

        Assert.Equal("fnnnnnnf", Answers);
        for (var day = 1; day <= 3; day++)
            await _product.RoundAfterAsync(Day, Stop);
        var now = _product.Clock.GetUtcNow();
        var seen = await _product.Api.GetLinkAsync(project, link, Stop);
        Assert.Equal("live", seen.GetProperty("state").GetString());
        foreach (var time in new[] { "lastCheckedAt", "lastObservedAt", "lastSeenAt" })
            Assert.Equal(now, seen.GetProperty(time).GetDateTimeOffset());
        Assert.Equal((read + (7 * Day), now), (Evidence(seen, "checkedAt"), Evidence(seen, "unchangedAt")));
        Assert.Contains("has not changed (304) since 2026-11-28 08:00 UTC", Step(seen, "unchanged"), StringComparison.Ordinal);
        Assert.Single(await _product.Api.GetHistoryAsync(project, link, Stop));
    }

    [Fact]
    public async Task Page_that_is_never_the_same_is_compared_and_a_change_of_its_link_is_told()
    {
        _isNoisy = true;
        var (project, link) = await RegisterAsync();
        await _product.RoundAsync(Stop);
        await _product.RoundAfterAsync(Day, Stop);
        var read = _product.Clock.GetUtcNow();

        await _product.RoundAfterAsync(Day, Stop);
        await _product.RoundAfterAsync(Day, Stop);

        var seen = await _product.Api.GetLinkAsync(project, link, Stop);
        Assert.Equal((read, read + (2 * Day)), (Evidence(seen, "checkedAt"), Evidence(seen, "unchangedAt")));
        Assert.Contains("the page came again on", Step(seen, "unchanged"), StringComparison.Ordinal);
        _rel = "nofollow";
        await _product.RoundAfterAsync(Day, Stop);
        await _product.RoundAfterAsync(2 * Hour, Stop);
        Assert.Equal("changed", await _product.Api.GetStateAsync(project, link, Stop));
        Assert.Equal("ffffff", Answers);
    }

    [Fact]
    public async Task Change_of_an_honest_site_is_suspected_at_the_next_check_and_confirmed_by_full_looks_only()
    {
        var (project, link) = await RegisterAsync();
        await _product.RoundAsync(Stop);
        await _product.RoundAfterAsync(Day, Stop);
        (_rel, _tag) = ("nofollow", "\"2\"");

        await _product.RoundAfterAsync(Day, Stop);
        Assert.Equal("live", await _product.Api.GetStateAsync(project, link, Stop));
        await _product.RoundAfterAsync(2 * Hour, Stop);

        Assert.Equal("changed", await _product.Api.GetStateAsync(project, link, Stop));
        Assert.Equal("fnff", Answers);
        await _product.RoundAfterAsync(Day, Stop);
        Assert.Equal("fnffn", Answers);
        Assert.Equal("changed", await _product.Api.GetStateAsync(project, link, Stop));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Site_that_lies_is_caught_within_the_week_and_no_longer_asked(bool saysAlways304)
    {
        var (project, link) = await RegisterAsync();
        await _product.RoundAsync(Stop);
        if (saysAlways304)
            _isUnchanged = request => request.Headers.IfNoneMatch.Count > 0;
        _rel = "nofollow";

        for (var day = 1; day <= 7; day++)
            await _product.RoundAfterAsync(Day, Stop);
        await _product.RoundAfterAsync(2 * Hour, Stop);
        await _product.RoundAfterAsync(Day, Stop);
        await _product.RoundAfterAsync(Day, Stop);

        Assert.Equal("changed", await _product.Api.GetStateAsync(project, link, Stop));
        Assert.Equal("fnnnnnnffff", Answers);
    }

    [Fact]
    public async Task Check_now_reads_the_page_whatever_its_site_says()
    {
        var (project, link) = await RegisterAsync();
        await _product.RoundAsync(Stop);
        _isUnchanged = request => request.Headers.IfNoneMatch.Count > 0;
        _product.Clock.Advance(Hour);

        await _product.Api.PostAsync($"/api/v1/projects/{project}/links/{link}/check", null, System.Net.HttpStatusCode.Accepted, Stop);
        await _product.DeliverAllAsync("CheckPage", Stop);

        Assert.Equal("ff", Answers);
        await _product.RoundAfterAsync(Day, Stop);
        Assert.Equal("ffn", Answers);
    }

    [Fact]
    public async Task Link_that_is_new_on_the_page_or_expected_otherwise_makes_the_next_look_a_full_one()
    {
        var (project, link) = await RegisterAsync();
        await _product.RoundAsync(Stop);
        await _product.RoundAfterAsync(Day, Stop);
        await _product.Api.SendAsync(
            HttpMethod.Patch, $"/api/v1/projects/{project}/links/{link}", """{"rel":"nofollow"}""", System.Net.HttpStatusCode.OK, Stop);
        await _product.RoundAfterAsync(Day, Stop);
        await _product.RoundAfterAsync(2 * Hour, Stop);
        Assert.Equal("changed", await _product.Api.GetStateAsync(project, link, Stop));
        Assert.Equal("fnff", Answers);
        await _product.RoundAfterAsync(Day, Stop);
        Assert.Equal("fnffn", Answers);

        await _product.Api.RegisterAsync(project, new { page = _web.Url("/post"), target = _web.Url("/missing") }, Stop);
        await _product.RoundAfterAsync(Hour, Stop);
        Assert.Equal("fnffnf", Answers);

        await _product.Api.SendAsync(
            HttpMethod.Patch, $"/api/v1/projects/{project}/links/{link}", """{"note":"only words"}""", System.Net.HttpStatusCode.OK, Stop);
        await _product.RoundAfterAsync(Day, Stop);
        Assert.Equal("fnffnfn", Answers);
    }

    [Fact]
    public async Task Target_that_breaks_under_a_page_that_has_not_changed_is_told_once_confirmed()
    {
        var (project, link) = await RegisterAsync();
        await _product.RoundAsync(Stop);
        _web.MapStatus(Target, 410);

        await _product.RoundAfterAsync(Day, Stop);
        Assert.Equal("fnf", Answers);
        await _product.RoundAfterAsync(2 * Hour, Stop);
        Assert.Equal("changed", await _product.Api.GetStateAsync(project, link, Stop));
        Assert.Equal("fnff", Answers);
        await _product.RoundAfterAsync(Day, Stop);
        Assert.Equal("fnffn", Answers);

        _web.MapStatus(Target, 200);
        await _product.RoundAfterAsync(Day, Stop);
        Assert.Equal("live", await _product.Api.GetStateAsync(project, link, Stop));
        Assert.Equal("fnffnnf", Answers);
    }

    [Fact]
    public async Task Page_closed_to_Googlebot_is_told_though_it_has_not_changed()
    {
        var (project, link) = await RegisterAsync();
        await _product.RoundAsync(Stop);
        _web.Map("/robots.txt", context => context.Response.WriteAsync("User-agent: Googlebot\nDisallow: /post"));

        await _product.RoundAfterAsync(Day, Stop);
        await _product.RoundAfterAsync(2 * Hour, Stop);

        Assert.Equal("changed", await _product.Api.GetStateAsync(project, link, Stop));
        Assert.Equal("fnff", Answers);
    }

    [Fact]
    public async Task Outage_between_two_looks_is_followed_by_a_full_one()
    {
        var (project, link) = await RegisterAsync();
        await _product.RoundAsync(Stop);
        _web.MapStatus("/post", 503);
        await _product.RoundAfterAsync(Day, Stop);
        _web.Map("/post", AnswerAsync);
        await _product.RoundAfterAsync(Day, Stop);

        Assert.Equal("ff", Answers);
        Assert.Equal("live", await _product.Api.GetStateAsync(project, link, Stop));
    }

    [Fact]
    public async Task Edit_in_the_middle_of_a_short_round_makes_it_a_full_one()
    {
        var interfering = new BeforeTransactionHook();
        await using var editor = _product;
        _product = await Product.StartAsync(ProductSettings.On(azurite).Through(interfering), Stop);
        var (project, link) = await RegisterAsync();
        await _product.RoundAsync(Stop);
        _product.Clock.Advance(Day);
        await _product.TickAsync("ScheduleChecks", Stop);
        var message = await _product.TakeAsync("CheckPage", Stop);
        interfering.Once = () => _product.Api.SendAsync(
            HttpMethod.Patch, $"/api/v1/projects/{project}/links/{link}", """{"rel":"nofollow"}""", System.Net.HttpStatusCode.OK, Stop);

        await _product.RunAsync("CheckPage", message, Stop);

        Assert.Null(interfering.Once);
        Assert.Equal("fnf", Answers);
        var seen = await _product.Api.GetLinkAsync(project, link, Stop);
        Assert.Equal("rel-changed", seen.GetProperty("suspicions")[0].GetProperty("reason").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Short_round_that_dies_anywhere_and_comes_again_leaves_one_page_in_the_schedule_and_no_change()
    {
        var crash = new CrashHook();
        await using var other = _product;
        _product = await Product.StartAsync(ProductSettings.InMemory().Through(crash), Stop);
        var (project, link) = await RegisterAsync();
        await _product.RoundAsync(Stop);

        for (var place = 0; ; place++)
        {
            _product.Clock.Advance(Day);
            await _product.TickAsync("ScheduleChecks", Stop);
            var message = await _product.TakeAsync("CheckPage", Stop);
            var died = await _product.DiesAsync(crash, new CrashPlace((place / 2) + 1, place % 2 == 1), "CheckPage", message, Stop);
            _product.Clock.Advance(TimeSpan.FromMinutes(1));
            await _product.RunAsync("CheckPage", message, Stop);

            var seen = await _product.Api.GetLinkAsync(project, link, Stop);
            Assert.Equal("live", seen.GetProperty("state").GetString());
            Assert.Single(await _product.Api.GetHistoryAsync(project, link, Stop));
            Assert.InRange(
                _product.Clock.GetUtcNow() - seen.GetProperty("lastSeenAt").GetDateTimeOffset(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
            if (!died)
                break;
        }

        Assert.Contains("nn", Answers, StringComparison.Ordinal);
        var rows = await _product.RowsAsync(TableNames.Pages, Stop);
        Assert.Single(rows, row => row.RowKey.StartsWith("due:", StringComparison.Ordinal));
        using var lastFetch = JsonDocument.Parse(
            rows.Single(row => row.RowKey.StartsWith("page:", StringComparison.Ordinal)).GetString("sight")!);
        Assert.True(lastFetch.RootElement.GetProperty("confirmations").GetInt32() > 0);
    }

    [Fact]
    public async Task Setting_of_zero_reads_every_page_in_full()
    {
        await using var other = _product;
        _product = await Product.StartAsync(
            ProductSettings.On(azurite) with { More = new() { ["LinkMonitor:Monitoring:FullFetchEvery"] = "00:00:00" } }, Stop);
        await RegisterAsync();

        await _product.RoundAsync(Stop);
        await _product.RoundAfterAsync(Day, Stop);

        Assert.Equal("ff", Answers);
    }

    private static DateTimeOffset Evidence(JsonElement link, string time) =>
        link.GetProperty("evidence").GetProperty(time).GetDateTimeOffset();

    private static string Step(JsonElement link, string name) =>
        link.GetProperty("evidence").GetProperty("explanation").GetProperty("steps")
        .EnumerateArray().Single(step => step.GetProperty("name").GetString() == name).GetProperty("seen").GetString()!;

    private async Task<(string Project, string Link)> RegisterAsync()
    {
        var project = await _product.Api.CreateProjectAsync(new { name = "One" }, Stop);
        return (project, await _product.Api.RegisterAsync(project, new { page = _web.Url("/post"), target = _web.Url(Target) }, Stop));
    }

    private Task AnswerAsync(HttpContext context)
    {
        var isUnchanged = _isUnchanged?.Invoke(context.Request) ?? context.Request.Headers.IfNoneMatch == _tag;
        Answers += isUnchanged ? "n" : "f";
        if (!_isNoisy)
            context.Response.Headers.ETag = _tag;
        context.Response.Headers["X-Powered-By"] = "a blog";
        if (isUnchanged)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            (_isNoisy ? $"<!-- {Guid.NewGuid()} --><p>Read {Answers.Length:00} times.</p>" : "")
            + $"<title>Post</title><article><h1>Lamps</h1><p>We like <a href='{Target}' rel='{_rel}'>Example</a> and other fine sites. "
            + "A small room wants light from more than one side, and a lamp that stands on the floor gives it without taking the table "
            + "away. What it costs is soon forgotten; what it gives to the evenings of a whole winter is not, say those who have "
            + "one.</p></article>");
    }
}
