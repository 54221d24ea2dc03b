using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>The targets of the links of one page: within a time, and only for those who want to know.</summary>
public sealed class TargetTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int Links = 5;
    private static readonly string Html =
        "<title>Post</title><p>Words" + string.Concat(Enumerable.Range(0, Links).Select(n => $" and <a href='/target/{n}'>link {n}</a>"));

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly List<string> _asked = [];
    private LocalWeb _web = null!;
    private Product _product = null!;
    private TaskCompletionSource _askedForSlow = new();
    private int _written;
    private Func<string, bool> _isSlow = _ => false;
    private int _status = 200;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _web = (await LocalWeb.StartAsync(Stop)).Map("/target/*", AnswerAsync);
        _web.Map("/post", WriteAsync);
        _product = await Product.StartAsync(
            ProductSettings.On(azurite) with { More = new() { ["LinkMonitor:Monitoring:TargetBudget"] = Budget.ToString() } }, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _product.DisposeAsync();
        await _web.DisposeAsync();
    }

    [Fact]
    public async Task Targets_that_a_round_has_no_time_for_keep_what_was_known_and_come_first_in_the_next_one()
    {
        var project = await RegisterAsync(new { name = "One" });
        _status = 410;
        await _product.RoundAsync(Stop);
        await AssertStatesAsync(project, "changed");
        var order = TakeAsked();

        _isSlow = path => path == order[2];
        await SlowRoundAsync();
        Assert.Equal(order[..3], TakeAsked());
        await AssertStatesAsync(project, "changed");
        var left = await LinkOfAsync(project, order[4]);
        Assert.Contains(
            "this round's time for targets was used up; what was known before is kept (410)",
            Step(left, "target"),
            StringComparison.Ordinal);
        Assert.Single(await _product.Api.GetHistoryAsync(project, left.GetProperty("id").GetString()!, Stop));

        (_isSlow, _status) = (_ => false, 200);
        await _product.RoundAfterAsync(Day, Stop);
        Assert.Equal([.. order[2..], .. order[..2]], TakeAsked());
        await AssertStatesAsync(project, "live");
        await _product.RoundAfterAsync(Day, Stop);
        Assert.Equal(order, TakeAsked());
    }

    [Fact]
    public async Task Target_that_takes_more_than_a_round_does_not_keep_the_others_from_their_turn()
    {
        await RegisterAsync(new { name = "One" });
        await _product.RoundAsync(Stop);
        var order = TakeAsked();

        _isSlow = path => path == order[0];
        await SlowRoundAsync();
        await SlowRoundAsync();

        Assert.Equal([order[0], .. order[1..], order[0]], TakeAsked());
    }

    [Fact]
    public async Task Project_that_does_not_ask_for_targets_is_told_nothing_of_them_until_it_does()
    {
        _status = 404;
        var project = await RegisterAsync(new { name = "One", checkTargets = false });

        await _product.RoundAsync(Stop);

        Assert.Empty(_asked);
        await AssertStatesAsync(project, "live");
        Assert.Contains("checkTargets", Step(await LinkOfAsync(project, "/target/0"), "target"), StringComparison.Ordinal);

        await _product.Api.SendAsync(
            HttpMethod.Patch, $"/api/v1/projects/{project}", """{"checkTargets":true}""", System.Net.HttpStatusCode.OK, Stop);
        await _product.RoundAfterAsync(Day, Stop);
        await _product.RoundAfterAsync(TimeSpan.FromHours(2), Stop);
        await AssertStatesAsync(project, "changed");
    }

    [Fact]
    public async Task Short_round_of_a_page_that_has_not_changed_has_no_more_time_for_targets()
    {
        var project = await RegisterAsync(new { name = "One" });
        ServeVersioned();
        await _product.RoundAsync(Stop);
        var order = TakeAsked();

        _isSlow = path => path == order[1];
        await SlowRoundAsync();
        Assert.Equal(order[..2], TakeAsked());
        Assert.Contains(
            "no time left to check the target", Step(await LinkOfAsync(project, order[4]), "unchanged"), StringComparison.Ordinal);

        _isSlow = _ => false;
        await _product.RoundAfterAsync(Day, Stop);
        Assert.Equal([.. order[1..], order[0]], TakeAsked());
        Assert.DoesNotContain("no time left", Step(await LinkOfAsync(project, order[4]), "unchanged"), StringComparison.Ordinal);
    }

    private void ServeVersioned() => _web.Map("/post", context =>
    {
        context.Response.Headers.ETag = "\"1\"";
        context.Response.StatusCode = context.Request.Headers.IfNoneMatch == "\"1\"" ? 304 : 200;
        return context.Response.StatusCode == 304 ? Task.CompletedTask : WriteAsync(context);
    });

    private Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html";

        // Another page each time: one that is as it was is not judged anew.
        return context.Response.WriteAsync(Html + $"<p>{new string('a', ++_written)}</p>");
    }

    private async Task<string> RegisterAsync(object settings)
    {
        var project = await _product.Api.CreateProjectAsync(settings, Stop);
        for (var n = 0; n < Links; n++)
            await _product.Api.RegisterAsync(project, new { page = _web.Url("/post"), target = _web.Url($"/target/{n}") }, Stop);
        return project;
    }

    /// <summary>A day later, a round in which one target answers only after its time is used up.</summary>
    private async Task SlowRoundAsync()
    {
        _askedForSlow = new TaskCompletionSource();
        _product.Clock.Advance(Day);
        var round = _product.RoundAsync(Stop);
        await _askedForSlow.Task.WaitAsync(Stop);
        _product.Clock.Advance(Budget);
        await round;
    }

    private async Task AssertStatesAsync(string project, string state)
    {
        foreach (var link in (await _product.Api.GetAsync($"/api/v1/projects/{project}/links", Stop)).GetProperty("items").EnumerateArray())
            Assert.Equal(state, link.GetProperty("state").GetString());
    }

    private async Task<JsonElement> LinkOfAsync(string project, string target) =>
        (await _product.Api.GetAsync($"/api/v1/projects/{project}/links", Stop)).GetProperty("items").EnumerateArray()
            .Single(link => link.GetProperty("target").GetString()!.EndsWith(target, StringComparison.Ordinal));

    private static string Step(JsonElement link, string name) =>
        link.GetProperty("evidence").GetProperty("explanation").GetProperty("steps")
        .EnumerateArray().Single(step => step.GetProperty("name").GetString() == name).GetProperty("seen").GetString()!;

    private string[] TakeAsked()
    {
        string[] asked = [.. _asked];
        _asked.Clear();
        return asked;
    }

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        _asked.Add(path);
        context.Response.StatusCode = _status;
        if (!_isSlow(path))
            return Task.CompletedTask;
        _askedForSlow.TrySetResult();
        return new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
    }
}
