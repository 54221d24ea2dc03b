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

    private int Pages => _links.Count / _blog.LinksOnPage;

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
        while (messages.Count < (messageCount ?? Pages))
            messages.Add(await _product.TakeAsync("CheckPage", cancellationToken));
        return messages;
    }

    /// <param name="only">The place of the one link to edit; null for all.</param>
    public async Task EditNotesAsync(string note, CancellationToken cancellationToken, int? only = null)
    {
        foreach (var (project, link, _) in only is { } place ? [_links[place]] : _links)
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

    public async Task AssertNotesAsync(IReadOnlyList<string?> notes, CancellationToken cancellationToken)
    {
        foreach (var (note, (project, link, _)) in notes.Zip(_links))
            Assert.Equal(note, (await _product.Api.GetLinkAsync(project, link, cancellationToken)).GetProperty("note").GetString());
    }

    /// <summary>Every link changed once, and every recipient got one mail of it; a lost nudge is made up for by the sweep.</summary>
    public async Task AssertToldOnceEachAsync(CancellationToken cancellationToken)
    {
        await _product.TickAsync("SweepAlerts", cancellationToken);
        await _product.DeliverAllAsync("SendAlerts", cancellationToken);
        foreach (var own in _links.GroupBy(link => (link.Project, link.Recipient)))
        {
            var mail = await _smtp.Server.NextAsync(own.Key.Recipient, cancellationToken);
            foreach (var (project, link, _) in own)
            {
                var history = await _product.Api.GetHistoryAsync(project, link, cancellationToken);
                Assert.Equal(["changed", "live"], history.Select(change => change.GetProperty("to").GetString()!));
                Assert.Contains(history[0].GetProperty("id").GetString()!, mail.Raw, StringComparison.Ordinal);
            }

            Assert.Equal(0, _smtp.Server.Waiting(own.Key.Recipient));

            // Each change opened one case, and nothing wrote into it a second time.
            var cases = await _product.Api.GetAsync($"/api/v1/projects/{own.Key.Project}/cases", cancellationToken);
            Assert.Equal(
                own.Select(link => (link.Link, 1)).Order(),
                cases.GetProperty("items").EnumerateArray()
                    .Select(one => (one.GetProperty("linkId").GetString()!, one.GetProperty("changes").GetInt32())).Order());
        }
    }

    private async Task RegisterAsync(int number, CancellationToken cancellationToken)
    {
        var recipient = _smtp.UniqueRecipient("crash");
        var project = await _product.Api.CreateProjectAsync(
            new { name = $"Project {number}", recipients = new[] { recipient }, checkTargets = _checkTargets }, cancellationToken);
        foreach (var target in _blog.Targets)
        {
            var link = await _product.Api.RegisterAsync(project, new { page = _blog.Page(number), target }, cancellationToken);
            _links.Add((project, link, recipient));
        }
    }
}
