using System.Net;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>What the addresses in a mail lead to, for whoever has them and nobody else.</summary>
public sealed class PublicAlertTests(AzuriteFixture azurite, SmtpFixture smtp)
{
    private const string Nofollow = $"<a href='{WatchedBlog.Target}' rel='nofollow'>Exa<b>mple</b></a>";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_is_shown_whole_and_each_of_its_links_with_a_draft_to_the_owner()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        await using var product = await Product.StartAsync(ProductSettings.On(azurite) with { SmtpPort = smtp.Server.Port }, Token);
        var blog = new WatchedBlog(web);
        var project = await ToldProject.StartAsync(
            product, blog, 15, new { name = "A <b>bold</b> name", recipients = new[] { smtp.UniqueRecipient("owner") } }, Token);
        await project.ConfirmAsync(Nofollow, Token);
        await project.TellAsync(Token);
        var alert = Assert.Single(await project.AlertsAsync(Token)).GetProperty("id").GetString()!;

        var page = await ReadAsync(
            product, new PublicSubject(PublicPurpose.Alert, new ProjectId(project.Id), alert), "alerts", HttpStatusCode.OK);

        Assert.All(Enumerable.Range(0, 15), number => Assert.Contains(blog.Page(number) + "\"", page, StringComparison.Ordinal));
        Assert.Contains("A &lt;b&gt;bold&lt;/b&gt; name", page, StringComparison.Ordinal);
        var link = await ReadAsync(
            product, new PublicSubject(PublicPurpose.Link, new ProjectId(project.Id), project.Links[0]), "links", HttpStatusCode.OK);
        Assert.Contains("Draft to the page", link, StringComparison.Ordinal);
        Assert.Contains("rel=&quot;nofollow&quot;", link, StringComparison.Ordinal);
        Assert.Contains("href=\"mailto:", link, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alert_of_very_many_changes_is_shown_in_parts()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        var project = new ProjectId(await product.Api.CreateProjectAsync(new { name = "Many" }, Token));
        var changes = Enumerable.Range(0, 450)
            .Select(
                n =>
                    StorageSamples.Change(
                        StorageSamples.Link(project, $"https://blog.example.net/{n:D3}"), StorageSamples.Noon.AddSeconds(n)))
            .ToArray();
        foreach (var change in changes)
        {
            var link = await product.Get<ILinkStore>().RegisterAsync(StorageSamples.Link(project, change.Page.Href), Token);
            await product.Get<ILinkStore>().SaveCheckAsync(link.Link, change, Token);
        }

        var alert = StorageSamples.Alert(project, StorageSamples.Noon, "alr_many");
        await product.Get<IAlertPlanStore>().TryWriteAsync(
            new PlanResult
            {
                Plan = await product.Get<IAlertPlanStore>().GetAsync(project, Token),
                Opened = [StorageSamples.Opening(alert, changes)],
            }, Token);
        var thing = new PublicSubject(PublicPurpose.Alert, project, "alr_many");

        var first = await ReadAsync(product, thing, "alerts", HttpStatusCode.OK);
        var last = await ReadAsync(product, thing, "alerts", HttpStatusCode.OK, "?from=400");
        var beyond = await ReadAsync(product, thing, "alerts", HttpStatusCode.OK, "?from=999999999");

        Assert.Contains("It reports 450 changes; these are 1 to 200.", first, StringComparison.Ordinal);
        Assert.Contains("/000\"", first, StringComparison.Ordinal);
        Assert.DoesNotContain("/200\"", first, StringComparison.Ordinal);
        Assert.Contains("?from=200", first, StringComparison.Ordinal);
        Assert.Contains("these are 401 to 450.", last, StringComparison.Ordinal);
        Assert.DoesNotContain("Next", last, StringComparison.Ordinal);
        Assert.Contains("these are 450 to 450.", beyond, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_for_something_else_or_of_another_alert_opens_nothing()
    {
        await using var product = await Product.StartAsync(ProductSettings.On(azurite) with { SmtpPort = smtp.Server.Port }, Token);
        var project = new ProjectId(await product.Api.CreateProjectAsync(new { name = "Example" }, Token));

        await ReadAsync(product, new PublicSubject(PublicPurpose.Alert, project, "alr_nothing"), "alerts", HttpStatusCode.NotFound);
        await ReadAsync(product, new PublicSubject(PublicPurpose.Feed, project, ""), "alerts", HttpStatusCode.NotFound);
    }

    private static async Task<string> ReadAsync(
        Product product, PublicSubject thing, string path, HttpStatusCode expected, string query = "")
    {
        var sign = await product.Get<PublicAddresses>().SignerAsync(
            (await product.Get<IProjectStore>().GetAsync(thing.Project, Token))!, Token);
        using var answer = await product.Api.Client.GetAsync($"/s/{path}/{sign(thing)}{query}", Token);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }
}
