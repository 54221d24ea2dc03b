using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>One link from its registration to its loss and return, over HTTP, Azurite and SMTP.</summary>
public sealed class LinkLifeTests(AzuriteFixture azurite, SmtpFixture smtp)
{
    private const string Live = "<title>Post</title><p>We like <a href='http://127.0.0.1:9/'>Example</a> and other fine sites.</p>";
    private const string Nofollow =
        "<title>Post</title><p>We like <a href='http://127.0.0.1:9/' rel='nofollow'>Example</a> and other fine sites.</p>";
    private const string Without =
        "<title>Post</title><p>We like no site in particular, but <a href='https://other.example/'>this one</a> is not bad.</p>";
    private static readonly TimeSpan Minutes5 = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task Link_is_told_changed_lost_and_recovered_once_each_and_nothing_else()
    {
        var stop = TestContext.Current.CancellationToken;
        var owner = smtp.UniqueRecipient("owner");
        await using var web = await LocalWeb.StartAsync(stop);
        await using var product = await StartAsync(stop);
        web.MapHtml("/post", Live);
        var project = await product.Api.CreateProjectAsync(
            new { name = "Example", recipients = new[] { owner }, checkTargets = false }, stop);
        var link = await product.Api.RegisterAsync(project, new { page = web.Url("/post"), target = "http://127.0.0.1:9/" }, stop);
        Assert.Equal("pending", await product.Api.GetStateAsync(project, link, stop));

        await product.RoundAsync(stop);
        Assert.Equal("live", await product.Api.GetStateAsync(project, link, stop));

        web.MapHtml("/post", Nofollow);
        await product.RoundAfterAsync(Day, stop);
        await AssertSuspectedAsync(product, project, link, "live", "rel-changed", stop);
        await product.RoundAfterAsync(Minutes5, stop);
        Assert.Equal("live", await product.Api.GetStateAsync(project, link, stop));
        Assert.Equal(0, smtp.Server.Waiting(owner));
        await product.RoundAfterAsync(Hour, stop);
        Assert.Equal("changed", await product.Api.GetStateAsync(project, link, stop));
        await AssertMailAsync(owner, "nofollow", stop);

        web.MapHtml("/post", Without);
        await product.RoundAfterAsync(Day, stop);
        await AssertSuspectedAsync(product, project, link, "changed", "link-removed", stop);
        await AssertFlakesKeepAsync(product, web, project, link, "changed", owner, stop);
        web.MapHtml("/post", Without);
        await product.RoundAfterAsync(Day, stop);
        Assert.Equal("lost", await product.Api.GetStateAsync(project, link, stop));
        await AssertMailAsync(owner, "Lost", stop);

        web.MapHtml("/post", Live);
        await product.RoundAfterAsync(Day, stop);
        Assert.Equal("live", await product.Api.GetStateAsync(project, link, stop));
        await AssertMailAsync(owner, "Recovered", stop);

        await product.RoundAfterAsync(Day, stop);
        Assert.Equal(0, smtp.Server.Waiting(owner));
        var history = await product.Api.GetHistoryAsync(project, link, stop);
        Assert.Equal(["live", "lost", "changed", "live"], history.Select(change => change.GetProperty("to").GetString()!));
    }

    private async Task<Product> StartAsync(CancellationToken stop) =>
        await Product.StartAsync(ProductSettings.On(azurite) with { SmtpPort = smtp.Server.Port }, stop);

    private static async Task AssertSuspectedAsync(
        Product product, string project, string link, string state, string reason, CancellationToken stop)
    {
        var seen = await product.Api.GetLinkAsync(project, link, stop);
        Assert.Equal(state, seen.GetProperty("state").GetString());
        Assert.Contains(seen.GetProperty("suspicions").EnumerateArray(), suspicion =>
            suspicion.GetProperty("reason").GetProperty("code").GetString() == reason);
    }

    private async Task AssertMailAsync(string recipient, string word, CancellationToken stop)
    {
        var mail = (await smtp.Server.NextAsync(recipient, stop)).Parse();
        Assert.Contains(word, mail["Subject"] + mail.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, smtp.Server.Waiting(recipient));
    }

    /// <summary>503, 403 and a page that never ends its answer, each in a round of its own.</summary>
    private async Task AssertFlakesKeepAsync(
        Product product, LocalWeb web, string project, string link, string state, string recipient, CancellationToken stop)
    {
        foreach (var status in (int[])[503, 403])
        {
            web.MapStatus("/post", status);
            await product.RoundAfterAsync(Day, stop);
            Assert.Equal(state, await product.Api.GetStateAsync(project, link, stop));
        }

        var asked = new TaskCompletionSource();
        web.Map("/post", context =>
        {
            asked.TrySetResult();
            return new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        });
        product.Clock.Advance(Day);
        var round = product.RoundAsync(stop);
        await asked.Task.WaitAsync(stop);
        product.Clock.Advance(TimeSpan.FromSeconds(31));
        await round;

        var seen = await product.Api.GetLinkAsync(project, link, stop);
        Assert.Equal(state, seen.GetProperty("state").GetString());
        Assert.Equal("unreachable", seen.GetProperty("evidence").GetProperty("observation").GetString());
        Assert.Equal(0, smtp.Server.Waiting(recipient));
    }
}
