using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>A link that comes and goes: told as long as it is news, then once as unstable, then when it has settled.</summary>
public sealed class UnstableLinkTests(AzuriteFixture azurite, SmtpFixture smtp)
{
    private const string Nofollow = $"<a href='{WatchedBlog.Target}' rel='nofollow'>Example</a>";
    private const string Follow = $"<a href='{WatchedBlog.Target}'>Example</a>";

    [Fact]
    public async Task Link_that_flaps_is_told_unstable_once_and_once_more_when_it_has_settled_elsewhere()
    {
        var stop = TestContext.Current.CancellationToken;
        var owner = smtp.UniqueRecipient("owner");
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await StartAsync(stop);
        var blog = new WatchedBlog(web);
        var project = await ToldProject.StartAsync(
            product, blog, 1, new { name = "Flapping", checkEveryMinutes = 60, recipients = new[] { owner } }, stop);

        for (var flap = 0; flap < 5; flap++)
        {
            await ChangeAsync(project, blog, Nofollow, stop);
            await ChangeAsync(project, blog, Follow, stop);
        }

        Assert.Equal(["unstable", "incident", "incident", "incident", "incident"], await KindsAsync(project, stop));
        Assert.Equal(0, await project.OutboxAsync(stop));
        var history = await product.Api.GetHistoryAsync(project.Id, project.Links[0], stop);
        Assert.Equal(5, history.Count(change => change.GetProperty("held").GetBoolean()));

        await ChangeAsync(project, blog, Nofollow, stop);
        await SleepAsync(product, project, TimeSpan.FromHours(23), stop);
        Assert.Equal(5, (await KindsAsync(project, stop)).Count);
        await SleepAsync(product, project, TimeSpan.FromHours(2), stop);
        await SleepAsync(product, project, TimeSpan.FromHours(30), stop);

        Assert.Equal(["settled", "unstable"], (await KindsAsync(project, stop)).Take(2));
        Assert.Equal(6, (await KindsAsync(project, stop)).Count);
        foreach (var alert in (await project.AlertsAsync(stop)).Reverse())
            Assert.Equal((await smtp.Server.NextAsync(owner, stop)).Parse()["Subject"], alert.GetProperty("subject").GetString());
    }

    private static async Task ChangeAsync(ToldProject project, WatchedBlog blog, string link, CancellationToken stop)
    {
        blog.Link = link;
        await project.CheckAfterAsync(TimeSpan.FromMinutes(61), stop);
        if (link == Nofollow)
            await project.CheckAfterAsync(TimeSpan.FromMinutes(61), stop);
        await project.TellAsync(stop);
    }

    // Through the wake-up, not through a nudge: nothing changes while it settles.
    private static async Task SleepAsync(Product product, ToldProject project, TimeSpan time, CancellationToken stop)
    {
        product.Clock.Advance(time);
        await product.TickAsync("SweepAlerts", stop);
        await product.DeliverAllAsync("SendAlerts", stop);
        Assert.Equal(0, await project.OutboxAsync(stop));
    }

    private static async Task<IReadOnlyList<string>> KindsAsync(ToldProject project, CancellationToken stop) =>
        [.. (await project.AlertsAsync(stop)).Select(alert => alert.GetProperty("kind").GetString()!)];

    private Task<Product> StartAsync(CancellationToken stop) =>
        Product.StartAsync(ProductSettings.On(azurite) with { SmtpPort = smtp.Server.Port, FlappingChanges = 4 }, stop);
}
