using System.Text.Json;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>Links on the pages of one blog, each in a project with a recipient of its own.</summary>
internal sealed class WatchedLinks
{
    private readonly Product _product;
    private readonly WatchedBlog _blog;
    private readonly SmtpFixture _smtp;
    private bool _checkTargets;
    private readonly List<(string Project, string Link, string Recipient)> _links = [];

    private WatchedLinks(Product product, WatchedBlog blog, SmtpFixture smtp) => (_product, _blog, _smtp) = (product, blog, smtp);

    public IReadOnlyList<string> Recipients => [.. _links.Select(link => link.Recipient)];

    public IReadOnlyList<string> Projects => [.. _links.Select(link => link.Project)];

    public static async Task<WatchedLinks> RegisterAsync(
        Product product, WatchedBlog blog, SmtpFixture smtp, int count, CancellationToken cancellationToken, bool checkTargets = true)
    {
        var links = new WatchedLinks(product, blog, smtp) { _checkTargets = checkTargets };
        for (var number = 0; number < count; number++)
            await links.RegisterAsync(number, cancellationToken);
        return links;
    }

    /// <summary>Brings every link to where its next check confirms a change, and takes the messages of that check off the queue.</summary>
    /// <param name="messageCount">How many messages they come in; null for one a link.</param>
    public async Task<IReadOnlyList<string>> MakeNextCheckChangeAsync(CancellationToken cancellationToken, int? messageCount = null)
    {
        await _product.RoundAsync(cancellationToken);
        await AssertStateAsync("live", cancellationToken);
        _blog.MakeNofollow();
        await _product.RoundAfterAsync(TimeSpan.FromDays(1), cancellationToken);
        _product.Clock.Advance(TimeSpan.FromHours(2));
        await _product.TickAsync("ScheduleChecks", cancellationToken);

        var messages = new List<string>();
        while (messages.Count < (messageCount ?? _links.Count))
            messages.Add(await _product.TakeAsync("CheckPage", cancellationToken));
        return messages;
    }

    public async Task EditNotesAsync(string note, CancellationToken cancellationToken)
    {
        foreach (var (project, link, _) in _links)
        {
            var json = JsonSerializer.Serialize(new { note });
            await _product.Api.SendAsync(
                HttpMethod.Patch, $"/api/v1/projects/{project}/links/{link}", json, System.Net.HttpStatusCode.OK, cancellationToken);
        }
    }

    public async Task AssertStateAsync(string state, CancellationToken cancellationToken)
    {
        foreach (var (project, link, _) in _links)
            Assert.Equal(state, await _product.Api.GetStateAsync(project, link, cancellationToken));
    }

    public async Task AssertNoteAsync(string note, CancellationToken cancellationToken)
    {
        foreach (var (project, link, _) in _links)
            Assert.Equal(note, (await _product.Api.GetLinkAsync(project, link, cancellationToken)).GetProperty("note").GetString());
    }

    /// <summary>Every link changed once, and every recipient got one mail of it; a lost nudge is made up for by the sweep.</summary>
    public async Task AssertToldOnceEachAsync(CancellationToken cancellationToken)
    {
        await _product.TickAsync("SweepAlerts", cancellationToken);
        await _product.DeliverAllAsync("SendAlerts", cancellationToken);
        foreach (var (project, link, recipient) in _links)
        {
            var history = await _product.Api.GetHistoryAsync(project, link, cancellationToken);
            Assert.Equal(["changed", "live"], history.Select(change => change.GetProperty("to").GetString()!));
            var mail = await _smtp.Server.NextAsync(recipient, cancellationToken);
            Assert.Contains(history[0].GetProperty("id").GetString()!, mail.Raw, StringComparison.Ordinal);
            Assert.Equal(0, _smtp.Server.Waiting(recipient));

            // The change opened one case, and nothing wrote into it a second time.
            var cases = await _product.Api.GetAsync($"/api/v1/projects/{project}/cases", cancellationToken);
            var one = Assert.Single(cases.GetProperty("items").EnumerateArray());
            Assert.Equal((link, 1), (one.GetProperty("linkId").GetString(), one.GetProperty("changes").GetInt32()));
        }
    }

    private async Task RegisterAsync(int number, CancellationToken cancellationToken)
    {
        var recipient = _smtp.UniqueRecipient("crash");
        var project = await _product.Api.CreateProjectAsync(
            new { name = $"Project {number}", recipients = new[] { recipient }, checkTargets = _checkTargets }, cancellationToken);
        var link = await _product.Api.RegisterAsync(
            project, new { page = _blog.Page(number), target = WatchedBlog.Target }, cancellationToken);
        _links.Add((project, link, recipient));
    }
}
