using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Outages;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>Our own network fails, and nobody is told that links are gone.</summary>
public sealed class OutageTests(AzuriteFixture azurite, SmtpFixture smtp)
{
    private const string Target = "http://127.0.0.1:9/";
    private const string Post = $"<title>Post</title><p>We like <a href='{Target}'>Example</a> and other fine sites.</p>";
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly SwitchedNames _names = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_no_control_address_answers_nothing_is_judged_and_checks_go_on_soon()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        MapPost(web).MapStatus("/control", 204);
        await using var product = await StartAsync(controls: web.Url("/control") + " " + web.Url("control.example", "/control"));
        var (project, links) = await WatchAsync(product, web, 3);

        _names.IsDown = true;
        web.MapRedirect("/control", "/login");
        await product.RoundAfterAsync(Day, Token);

        foreach (var link in links)
        {
            var seen = await product.Api.GetLinkAsync(project, link, Token);
            Assert.Equal("live", seen.GetProperty("state").GetString());
            Assert.Equal("our-fault", seen.GetProperty("evidence").GetProperty("observation").GetString());
            Assert.Empty(seen.GetProperty("suspicions").EnumerateArray());
        }

        var outage = (await product.Get<IOutageStore>().GetLatestAsync(Token))!;
        Assert.Equal((OutageKind.ControlsFail, product.Clock.GetUtcNow()), (outage.Kind, outage.Since));

        _names.IsDown = false;
        web.MapStatus("/control", 204);
        await product.RoundAfterAsync(TimeSpan.FromMinutes(16), Token);
        foreach (var link in links)
            Assert.Equal(
                "observed",
                (await product.Api.GetLinkAsync(project, link, Token)).GetProperty("evidence").GetProperty("observation").GetString());
    }

    [Fact]
    public async Task A_single_control_address_that_answers_leaves_the_fault_with_the_site()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        MapPost(web).MapStatus("/control", 204);
        await using var product = await StartAsync(controls: web.Url("dead.example", "/control") + " " + web.Url("/control"));
        var (project, links) = await WatchAsync(product, web, 1);

        _names.IsDown = true;
        await product.RoundAfterAsync(Day, Token);

        var seen = await product.Api.GetLinkAsync(project, links[0], Token);
        Assert.Equal("unreachable", seen.GetProperty("evidence").GetProperty("observation").GetString());
        Assert.Null(await product.Get<IOutageStore>().GetLatestAsync(Token));
    }

    [Fact]
    public async Task When_most_hosts_of_a_round_fail_the_rest_of_it_is_our_fault()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        MapPost(web);
        await using var product = await StartAsync(controls: "");
        var (project, links) = await WatchAsync(product, web, 14);

        _names.IsDown = true;
        await product.RoundAfterAsync(Day, Token);

        var outage = (await product.Get<IOutageStore>().GetLatestAsync(Token))!;
        Assert.Equal(OutageKind.MostFail, outage.Kind);
        var observations = await ObservationsAsync(product, project, links);
        Assert.Equal(5, observations.Count(observation => observation == "our-fault"));
        Assert.Equal(9, observations.Count(observation => observation == "unreachable"));
    }

    [Fact]
    public async Task A_project_full_of_dead_sites_is_no_outage()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        MapPost(web);
        await using var product = await StartAsync(controls: "");
        var (project, links) = await WatchAsync(product, web, 14, host: "dead");

        await product.RoundAfterAsync(Day, Token);

        Assert.DoesNotContain("our-fault", await ObservationsAsync(product, project, links));
        Assert.Null(await product.Get<IOutageStore>().GetLatestAsync(Token));
    }

    [Fact]
    public async Task The_operator_gets_one_notice_of_an_outage_and_nobody_else_hears_of_it()
    {
        var (operators, owner) = (smtp.UniqueRecipient("operator"), smtp.UniqueRecipient("owner"));
        await using var web = await LocalWeb.StartAsync(Token);
        MapPost(web).MapStatus("/control", 503);
        await using var product = await StartAsync(controls: web.Url("/control"), operators);
        await WatchAsync(product, web, 14, recipient: owner);

        _names.IsDown = true;
        for (var round = 0; round < 3; round++)
        {
            await product.RoundAfterAsync(round == 0 ? Day : TimeSpan.FromMinutes(16), Token);
            await product.TickAsync("SweepAlerts", Token);
            await product.DeliverAllAsync("SendAlerts", Token);
        }

        var mail = (await smtp.Server.NextAsync(operators, Token)).Parse();
        Assert.Contains("network", mail["Subject"] + mail.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(web.Url("/control"), mail.Text, StringComparison.Ordinal);
        Assert.Equal(0, smtp.Server.Waiting(operators));
        Assert.Equal(0, smtp.Server.Waiting(owner));
        var notices = await product.Api.GetAsync("/api/v1/notices", Token);
        Assert.Single(notices.GetProperty("items").EnumerateArray());
    }

    private Task<Product> StartAsync(string controls, string? operators = null) => Product.StartAsync(
        ProductSettings.On(azurite) with
        {
            ControlUrls = controls,
            Names = _names,
            SmtpPort = smtp.Server.Port,
            More = new() { ["LinkMonitor:Alerts:Operators"] = operators },
        },
        Token);

    // A connection that stays open would need no DNS any more.
    private static LocalWeb MapPost(LocalWeb web) => web.Map("/post", context =>
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.Connection = "close";
        return context.Response.WriteAsync(Post, context.RequestAborted);
    });

    /// <summary>One link on a page of each of so many hosts, after their first check.</summary>
    private static async Task<(string Project, List<string> Links)> WatchAsync(
        Product product, LocalWeb web, int count, string host = "host", string? recipient = null)
    {
        var project = await product.Api.CreateProjectAsync(
            new { name = "Example", recipients = recipient is null ? Array.Empty<string>() : [recipient] }, Token);
        var links = new List<string>();
        for (var number = 0; number < count; number++)
            links.Add(
                await product.Api.RegisterAsync(
                    project, new { page = web.Url($"{host}{number}.example", "/post"), target = Target }, Token));
        await product.RoundAsync(Token);
        return (project, links);
    }

    private static async Task<List<string>> ObservationsAsync(Product product, string project, List<string> links)
    {
        var observations = new List<string>();
        foreach (var link in links)
            observations.Add(
                (await product.Api.GetLinkAsync(project, link, Token)).GetProperty("evidence").GetProperty("observation").GetString()!);
        return observations;
    }
}
