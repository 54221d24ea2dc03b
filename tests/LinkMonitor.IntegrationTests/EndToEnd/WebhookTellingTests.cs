using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>Incidents over webhooks: whole, recognisable, and to nobody who does not want them any more.</summary>
public sealed class WebhookTellingTests(AzuriteFixture azurite, SmtpFixture smtp)
{
    private const string Nofollow = $"<a href='{WatchedBlog.Target}' rel='nofollow'>Example</a>";
    private const int MoreCallsThanATellingMakes = 53;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_incident_comes_in_parts_that_together_tell_every_change_once()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        web.MapStatus("/hook", 204);
        await using var product = await StartAsync(null, null);
        var blog = new WatchedBlog(web);
        var project = await ToldProject.StartAsync(product, blog, 12, new { name = "Parts" }, Token);
        await project.AddChannelAsync(new { kind = "webhook", address = web.Url("/hook") }, Token);

        await project.ConfirmAsync(Nofollow, Token);
        await project.TellAsync(Token);

        var hooks = Hooks(web);
        Assert.Equal(2, hooks.Count);
        Assert.Equal(2, hooks.Select(hook => hook.Headers["webhook-id"]).Distinct().Count());
        var told = hooks.SelectMany(EventIds).ToList();
        var changes = (await product.Api.GetAsync($"/api/v1/projects/{project.Id}/changes?limit=100", Token)).GetProperty(
            "items").EnumerateArray()
            .Where(change => change.GetProperty("from").GetString() == "live").Select(change => change.GetProperty("id").GetString()!);
        Assert.Equal(changes.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_webhook_that_fails_for_a_while_gets_the_same_message_again_and_holds_up_no_mail()
    {
        var owner = smtp.UniqueRecipient("owner");
        await using var web = await LocalWeb.StartAsync(Token);
        web.MapStatus("/hook", 503);
        await using var product = await StartAsync(null, null);
        var blog = new WatchedBlog(web);
        var project = await ToldProject.StartAsync(product, blog, 1, new { name = "Retry", recipients = new[] { owner } }, Token);
        await project.AddChannelAsync(new { kind = "webhook", address = web.Url("/hook") }, Token);
        await project.ConfirmAsync(Nofollow, Token);

        await project.TellAsync(Token);
        await smtp.Server.NextAsync(owner, Token);
        web.MapStatus("/hook", 200);
        await project.TellAfterAsync(TimeSpan.FromMinutes(1), Token);
        await project.TellAfterAsync(TimeSpan.FromHours(1), Token);

        Assert.Equal(2, Hooks(web).Count);
        Assert.Single(Hooks(web).Select(hook => hook.Headers["webhook-id"]).Distinct());
        Assert.Equal(0, smtp.Server.Waiting(owner));
    }

    [Fact]
    public async Task A_webhook_that_takes_nothing_is_told_to_the_operators_once_long_before_it_is_given_up()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        web.MapStatus("/hook", 503);
        await using var product = await StartAsync(null, null);
        var project = await ToldProject.StartAsync(product, new WatchedBlog(web), 1, new { name = "Deaf" }, Token);
        await project.AddChannelAsync(new { kind = "webhook", address = web.Url("/hook") }, Token);
        await project.ConfirmAsync(Nofollow, Token);

        await project.TellAsync(Token);
        await project.TellAfterAsync(TimeSpan.FromMinutes(1), Token);
        var early = await NoticesAsync(product);
        await project.TellAfterAsync(TimeSpan.FromMinutes(10), Token);
        await project.TellAfterAsync(TimeSpan.FromHours(1), Token);

        var notice = Assert.Single(await NoticesAsync(product));
        Assert.Empty(early);
        Assert.Contains("accepts nothing", notice.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("503", notice.GetRawText(), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<JsonElement>> NoticesAsync(Product product) =>
        [.. (await product.Api.GetAsync("/api/v1/notices", Token)).GetProperty("items").EnumerateArray()];

    [Fact]
    public async Task A_webhook_that_is_gone_is_switched_off_wherever_the_worker_dies_and_people_hear_of_it()
    {
        var operators = smtp.UniqueRecipient("operator");
        var crash = new CrashHook();
        // To die before a call is to die after the one before it.
        var places = CrashPlace.OfFirst(MoreCallsThanATellingMakes).Where(place => place.AfterCall).ToList();
        await using var web = await LocalWeb.StartAsync(Token);
        web.Map("/hook", context =>
        {
            context.Response.StatusCode = StatusCodes.Status410Gone;
            return context.Response.WriteAsync("secret words of the other side");
        });
        await using var product = await StartAsync(operators, crash);
        var blog = new WatchedBlog(web);
        var projects = new List<(string Project, string Channel, string Owner)>();
        foreach (var _ in places)
            projects.Add(await RegisterAsync(product, blog, web.Url("/hook")));
        await CheckAsync(product, TimeSpan.Zero);
        blog.Link = Nofollow;
        await CheckAsync(product, TimeSpan.FromDays(1));
        await CheckAsync(product, TimeSpan.FromHours(2));
        await product.KnowSigningKeyAsync(Token);
        var died = new List<bool>();
        foreach (var (place, (project, _, _)) in places.Zip(projects))
            died.Add(await product.DiesAsync(crash, place, "SendAlerts", Nudge(project), Token));
        await FinishAsync(product);

        Assert.True(died[0], "The first place is not one to die at; the test does not test.");
        Assert.False(died[^1], "It makes more calls than there are places; add places.");
        foreach (var (project, channel, owner) in projects)
            await AssertSwitchedOffAsync(product, project, channel, owner);
        Assert.Equal(
            projects.Count, (await product.Api.GetAsync("/api/v1/notices?limit=1000", Token)).GetProperty("items").GetArrayLength());
        Assert.InRange(smtp.Server.Waiting(operators), projects.Count, projects.Count + 1);
    }

    private async Task<(string Project, string Channel, string Owner)> RegisterAsync(Product product, WatchedBlog blog, string hook)
    {
        var owner = smtp.UniqueRecipient("owner");
        var project = await product.Api.CreateProjectAsync(new { name = "Gone", recipients = new[] { owner } }, Token);
        await product.Api.RegisterAsync(project, new { page = blog.Page(0), target = WatchedBlog.Target }, Token);
        var channel = await product.Api.PostAsync(
            $"/api/v1/projects/{project}/channels", new { kind = "webhook", address = hook }, System.Net.HttpStatusCode.Created, Token);
        return (project, channel.GetProperty("id").GetString()!, owner);
    }

    private static async Task CheckAsync(Product product, TimeSpan after)
    {
        product.Clock.Advance(after);
        await product.TickAsync("ScheduleChecks", Token);
        await product.DeliverAllAsync("CheckPage", Token);
    }

    private static string Nudge(string project) => JsonSerializer.Serialize(new { v = AlertNudge.CurrentVersion, project });

    /// <summary>What was left by the dead is done by the sweep, once their leases have run out.</summary>
    private static async Task FinishAsync(Product product)
    {
        for (var round = 0; round < 3; round++)
        {
            product.Clock.Advance(TimeSpan.FromMinutes(11));
            await product.TickAsync("SweepAlerts", Token);
            await product.DeliverAllAsync("SendAlerts", Token);
        }
    }

    private async Task AssertSwitchedOffAsync(Product product, string project, string channel, string owner)
    {
        var view = await product.Api.GetAsync($"/api/v1/projects/{project}/channels/{channel}", Token);
        Assert.Equal("disabled", view.GetProperty("state").GetString());
        Assert.Contains("410", view.GetProperty("stateReason").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret words", view.GetRawText(), StringComparison.Ordinal);
        var subjects = new List<string>();
        do
            subjects.Add((await smtp.Server.NextAsync(owner, Token)).Parse()["Subject"]);
        while (smtp.Server.Waiting(owner) > 0);
        Assert.Contains(subjects, subject => subject.Contains("nofollow", StringComparison.OrdinalIgnoreCase));
        Assert.InRange(subjects.Distinct().Count(), 1, 2);
    }

    private static List<RecordedRequest> Hooks(LocalWeb web) => [.. web.Requests.Where(request => request.Path == "/hook")];

    private static IEnumerable<string> EventIds(RecordedRequest hook)
    {
        using var body = JsonDocument.Parse(hook.BodyText);
        return [
            .. body.RootElement
            .GetProperty("data")
            .GetProperty("changes")
            .EnumerateArray()
            .Select(change => change.GetProperty("id").GetString()!),
        ];
    }

    private Task<Product> StartAsync(string? operators, CrashHook? crash)
    {
        var settings = (crash is null ? ProductSettings.On(azurite) : ProductSettings.InMemory()) with
        {
            SmtpPort = smtp.Server.Port,
            More = new() { ["LinkMonitor:Channels:AllowPrivateNetworks"] = "true", ["LinkMonitor:Alerts:Operators"] = operators },
        };
        return Product.StartAsync(crash is null ? settings : settings.Through(crash), Token);
    }
}
