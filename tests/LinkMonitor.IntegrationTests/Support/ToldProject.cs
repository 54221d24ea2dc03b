using System.Net;
using System.Text.Json;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>
/// One project with links on the pages of a blog, and what it is told. Queues count real time, so nudges are given by hand.
/// </summary>
internal sealed class ToldProject
{
    private readonly Product _product;
    private readonly WatchedBlog _blog;

    private ToldProject(Product product, WatchedBlog blog, string id, IReadOnlyList<string> links) =>
        (_product, _blog, Id, Links) = (product, blog, id, links);

    public string Id { get; }

    public IReadOnlyList<string> Links { get; }

    /// <summary>A project whose links, one a page, were all seen once.</summary>
    public static async Task<ToldProject> StartAsync(
        Product product, WatchedBlog blog, int pages, object project, CancellationToken cancellationToken)
    {
        var id = await product.Api.CreateProjectAsync(project, cancellationToken);
        var batch = Enumerable.Range(0, pages).Select(page => new { page = blog.Page(page), target = WatchedBlog.Target });
        var answer = await product.Api.PostAsync($"/api/v1/projects/{id}/links", batch, HttpStatusCode.OK, cancellationToken);
        await product.RoundAsync(cancellationToken);
        return new ToldProject(
            product,
            blog,
            id,
            [.. answer.GetProperty("results").EnumerateArray().Select(item => item.GetProperty("link").GetProperty("id").GetString()!)]);
    }

    /// <summary>Has all links change and the change confirmed, without reporting anything.</summary>
    public async Task ConfirmAsync(string link, CancellationToken cancellationToken)
    {
        _blog.Link = link;
        await CheckAfterAsync(TimeSpan.FromDays(1), cancellationToken);
        await CheckAfterAsync(TimeSpan.FromHours(2), cancellationToken);
    }

    public async Task CheckAfterAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        _product.Clock.Advance(time);
        await _product.TickAsync("ScheduleChecks", cancellationToken);
        await _product.DeliverAllAsync("CheckPage", cancellationToken);
    }

    /// <summary>Moves the clock, then has the project told what is due, as a nudge or the sweep would.</summary>
    public async Task TellAfterAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        _product.Clock.Advance(time);
        await TellAsync(cancellationToken);
    }

    public Task TellAsync(CancellationToken cancellationToken) => _product.RunAsync("SendAlerts", Nudge, cancellationToken);

    public string Nudge => JsonSerializer.Serialize(new { v = AlertNudge.CurrentVersion, project = Id });

    /// <summary>Alerts that are open or were closed, the newest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> AlertsAsync(CancellationToken cancellationToken) =>
        [
            .. (await _product.Api.GetAsync($"/api/v1/projects/{Id}/alerts?limit=1000", cancellationToken)).GetProperty("items")
            .EnumerateArray(),
        ];

    public async Task<string> AddChannelAsync(object channel, CancellationToken cancellationToken) =>
        (await _product.Api.PostAsync($"/api/v1/projects/{Id}/channels", channel, HttpStatusCode.Created, cancellationToken)).GetProperty(
            "id").GetString()!;

    /// <summary>What of the outbox is left.</summary>
    public async Task<int> OutboxAsync(CancellationToken cancellationToken) =>
        (await _product.Get<ILinkStore>().ReadOutboxKeysAsync(new ProjectId(Id), cancellationToken)).Count;

    public Task<AlertPlan> PlanAsync(CancellationToken cancellationToken) =>
        _product.Get<IAlertPlanStore>().GetAsync(new ProjectId(Id), cancellationToken);
}
