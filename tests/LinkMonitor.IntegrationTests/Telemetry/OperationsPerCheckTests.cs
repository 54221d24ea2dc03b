using System.Globalization;
using System.Net;
using System.Text;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Telemetry;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.IntegrationTests.Telemetry;

/// <summary>
/// What a check costs in requests to a real storage, by the product's own meter: each is listed by what it does, on what, and for which
/// function, beside the number of links that are watched on the page: what comes of them is written together
/// (<see cref="LinkMonitor.Monitoring.OutcomeWriter"/>).
/// </summary>
[TakesLong]
public sealed class OperationsPerCheckTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Counter = "linkmonitor.storage.operations";
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly Measured _measured = new();
    private readonly Dictionary<int, string> _rels = [];
    private LocalWeb _web = null!;
    private Product _product = null!;
    private bool _hasTag = true;
    private bool _isNoisy;
    private int _noise;
    private int _counted;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _web = (await LocalWeb.StartAsync(Stop)).Map("/page/*", AnswerAsync).Map("/target/*", context => context.Response.WriteAsync("x"));
        _product = await Product.StartAsync(ProductSettings.On(azurite) with { Meters = _measured }, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _product.DisposeAsync();
        await _web.DisposeAsync();
        _measured.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(40)]
    public async Task Checks_of_a_page_alone_cost_what_is_approved(int links)
    {
        var text = new StringBuilder();
        await RegisterAsync(links);
        await CheckAsync("first check");
        await CheckAsync("unchanged, first 304 after a reading");
        await CheckAsync("unchanged, second 304");
        await CheckAsync("unchanged, third 304");
        _hasTag = false;
        await CheckAsync("unchanged, 200 without an ETag");
        await CheckAsync("unchanged, 200 the next time");
        _isNoisy = true;
        await CheckAsync("first with noise, read in full");
        await CheckAsync("noise, first comparison");
        await CheckAsync("noise, second comparison");
        await CheckAsync("noise, third comparison");
        _rels[0] = "nofollow";
        await CheckAsync("one link changed, suspected");
        await CheckAsync("one link changed, confirmed", TimeSpan.FromHours(2));
        await CheckAsync("one link changed, the day after");

        Approved.Check($"check-of-{links}-links.approved.txt", text.ToString());

        async Task CheckAsync(string name, TimeSpan? after = null)
        {
            _product.Clock.Advance(after ?? Day);
            Forget();
            await _product.TickAsync("ScheduleChecks", Stop);
            await _product.DeliverAllAsync("CheckPage", Stop);
            var spent = Spent();
            text.Append(CultureInfo.InvariantCulture, $"{name}: {spent.Count}\n");
            foreach (var group in spent.GroupBy(tags => tags, StringComparer.Ordinal).OrderBy(one => one.Key, StringComparer.Ordinal))
                text.Append(CultureInfo.InvariantCulture, $"    {group.Count(),3} {group.Key}\n");
        }
    }

    /// <summary>
    /// A message serves several pages, and a transaction of the schedule several hosts, so what they cost is divided by the pages. The
    /// schedule's own 64 queries a minute are left out: they are the same with nothing due.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    public async Task Unchanged_checks_of_a_host_with_many_pages_cost_at_most_four_each_whatever_their_links(int links)
    {
        const int pages = 16;
        await using var product = await Product.StartAsync(
            Ordinary(new MapResolver().Add("one.example", "127.0.0.1")), Stop);
        var counts = await CountAsync(product, Enumerable.Range(0, pages).Select(page => _web.Url("one.example", $"/page/{page}")), links);

        Assert.All(counts, count => Assert.InRange(count, 2.0 * pages, 4.0 * pages));
    }

    [Fact]
    public async Task Unchanged_checks_of_many_hosts_with_a_page_each_cost_at_most_four_each()
    {
        const int pages = 128;
        var names = new MapResolver();
        for (var page = 0; page < pages; page++)
            names.Add($"host{page}.example", "127.0.0.1");
        await using var product = await Product.StartAsync(Ordinary(names), Stop);
        var counts = await CountAsync(product, Enumerable.Range(0, pages).Select(page => _web.Url($"host{page}.example", "/page/1")), 2);

        Assert.All(counts, count => Assert.InRange(count, 2.0 * pages, 4.0 * pages));
    }

    /// <summary>
    /// Of a page alone: its own run and message are five of them. What is to be told costs one more, however many changes there are: its
    /// message. More than a hundred rows of a project take another transaction; a change with its case has six.
    /// </summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(10, 10)]
    [InlineData(40, 1)]
    [InlineData(40, 20)]
    public async Task Changed_checks_of_a_page_alone_cost_the_same_whatever_its_links(int links, int changed)
    {
        await RegisterAsync(links);
        Assert.InRange(await CountAsync(Day), 5, 10);
        await CountAsync(Day);
        foreach (var number in Enumerable.Range(0, changed))
            _rels[number] = "nofollow";

        var most = changed > 10 ? 11 : 10;
        Assert.InRange(await CountAsync(Day), 5, 9);
        Assert.InRange(await CountAsync(TimeSpan.FromHours(2)), 5, most);
        await AssertStatesAsync("changed", changed);
        Assert.InRange(await CountAsync(Day), 5, 9);

        // They are as agreed again, which is told, and ends their cases.
        _rels.Clear();
        _hasTag = false;
        Assert.InRange(await CountAsync(Day), 5, most);
        await AssertStatesAsync("live", links);
    }

    /// <summary>The transaction finds out that the case is not as it was kept: it is read, and what the person did stays.</summary>
    [Fact]
    public async Task A_case_that_a_person_edited_costs_four_more_when_it_ends()
    {
        await RegisterAsync(5);
        await CountAsync(Day);
        await CountAsync(Day);
        (_rels[0], _rels[1]) = ("nofollow", "nofollow");
        await CountAsync(Day);
        await CountAsync(TimeSpan.FromHours(2));
        await AssertStatesAsync("changed", 2);
        var cases = await _product.Api.GetAsync($"/api/v1/projects/{_project}/cases", Stop);
        var edited = cases.GetProperty("items")[0].GetProperty("id").GetString();
        await _product.Api.SendAsync(
            HttpMethod.Patch, $"/api/v1/projects/{_project}/cases/{edited}", """{"status":"contacted","due":"2027-01-31"}""",
            HttpStatusCode.OK, Stop);

        _rels.Clear();
        _hasTag = false;

        var spent = await SpendAsync(Day);
        Assert.True(spent.Count <= 14, string.Join("; ", spent));
        await AssertStatesAsync("live", 5);
        cases = await _product.Api.GetAsync($"/api/v1/projects/{_project}/cases", Stop);
        var items = cases.GetProperty("items").EnumerateArray();
        Assert.Equal(["fixed", "fixed"], items.Select(item => item.GetProperty("status").GetString()!));
        var one = await _product.Api.GetAsync($"/api/v1/projects/{_project}/cases/{edited}", Stop);
        Assert.Equal("2027-01-31", one.GetProperty("due").GetString());
    }

    private async Task<int> CountAsync(TimeSpan after) => (await SpendAsync(after)).Count;

    private async Task<List<string>> SpendAsync(TimeSpan after)
    {
        _product.Clock.Advance(after);
        Forget();
        await _product.TickAsync("ScheduleChecks", Stop);
        await _product.DeliverAllAsync("CheckPage", Stop);
        var spent = Spent();
        await _product.DeliverAllAsync("SendAlerts", Stop);
        return spent;
    }

    /// <summary>As of the unchanged ones: what serves several pages is divided by them, all of one project or each of its own.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(10, false)]
    [InlineData(10, true)]
    [InlineData(20, false)]
    public async Task Changed_checks_of_a_host_with_many_pages_cost_at_most_ten_each_whatever_their_links(int links, bool areApart)
    {
        const int pages = 16;
        await using var product = await Product.StartAsync(Ordinary(new MapResolver().Add("one.example", "127.0.0.1")), Stop);
        _links = links;
        string? project = null;
        foreach (var page in Enumerable.Range(0, pages).Select(page => _web.Url("one.example", $"/page/{page}")))
        {
            if (project is null || areApart)
                project = await product.Api.CreateProjectAsync(new { name = "Many" }, Stop);
            await product.Api.PostAsync(
                $"/api/v1/projects/{project}/links",
                Enumerable.Range(0, links).Select(n => new { page, target = $"{_web.Url("one.example", "/target")}/{n}" }),
                HttpStatusCode.OK,
                Stop);
        }

        await product.RoundAsync(Stop);
        await product.RoundAfterAsync(Day, Stop);
        foreach (var number in Enumerable.Range(0, Math.Min(links, 20)))
            _rels[number] = "nofollow";
        foreach (var after in new[] { Day, TimeSpan.FromHours(2) })
        {
            product.Clock.Advance(after);
            Forget();
            await product.TickAsync("ScheduleChecks", Stop);
            await product.DeliverAllAsync("CheckPage", Stop);
            Assert.InRange(Spent().Count, 3.0 * pages, 10.0 * pages);
        }
    }

    private async Task AssertStatesAsync(string state, int count)
    {
        var live = await _product.Api.GetAsync($"/api/v1/projects/{_project}/links?limit=1000", Stop);
        Assert.Equal(count, live.GetProperty("items").EnumerateArray().Count(link => link.GetProperty("state").GetString() == state));
    }

    /// <summary>The settings of the product as it comes, but for the pause that the test does not wait for.</summary>
    private ProductSettings Ordinary(MapResolver names) => ProductSettings.On(azurite) with
    {
        Meters = _measured,
        Names = names,
        More = new() { ["LinkMonitor:Monitoring:PagesPerMessage"] = "8" },
    };

    /// <summary>The operations of three rounds: not modified, the same with 200, and with noise.</summary>
    private async Task<List<int>> CountAsync(Product product, IEnumerable<string> pages, int links)
    {
        _links = links;
        var project = await product.Api.CreateProjectAsync(new { name = "Many" }, Stop);
        foreach (var page in pages)
        {
            var origin = new Uri(page).GetLeftPart(UriPartial.Authority);
            await product.Api.PostAsync(
                $"/api/v1/projects/{project}/links",
                Enumerable.Range(0, links).Select(n => new { page, target = $"{origin}/target/{n}" }),
                HttpStatusCode.OK,
                Stop);
        }

        await product.RoundAsync(Stop);
        await product.RoundAfterAsync(Day, Stop);
        var counts = new List<int> { await RoundAsync(hasTag: true, isNoisy: false), await RoundAsync(hasTag: false, isNoisy: false) };
        await RoundAsync(hasTag: false, isNoisy: true);
        await RoundAsync(hasTag: false, isNoisy: true);
        counts.Add(await RoundAsync(hasTag: false, isNoisy: true));
        var live = await product.Api.GetAsync($"/api/v1/projects/{project}/links?limit=1000", Stop);
        Assert.All(
            live.GetProperty("items").EnumerateArray(),
            link => Assert.Equal(product.Clock.GetUtcNow(), link.GetProperty("lastSeenAt").GetDateTimeOffset()));
        return counts;

        async Task<int> RoundAsync(bool hasTag, bool isNoisy)
        {
            (_hasTag, _isNoisy) = (hasTag, isNoisy);
            product.Clock.Advance(Day);
            Forget();
            await product.TickAsync("ScheduleChecks", Stop);
            await product.DeliverAllAsync("CheckPage", Stop);
            return Spent().Count;
        }
    }

    private void Forget() => _counted = _measured.TagsOf(Counter).Count;

    /// <summary>
    /// The requests since the last time. The schedule's own 64 are the same however much is due, and an empty look at a queue is not of a
    /// check.
    /// </summary>
    private List<string> Spent()
    {
        var spent = _measured.TagsOf(Counter).Skip(_counted).Select(Short).ToList();
        Assert.Equal(64, spent.Count(one => one == "ScheduleChecks query Pages"));
        spent.RemoveAll(one => one == "ScheduleChecks query Pages");
        spent.Remove("other receive queue");
        return spent;
    }

    // function=A operation=B service=C table=D
    private static string Short(string tags)
    {
        var parts = tags.Split(' ').Select(part => part.Split('=')[1]).ToList();
        return $"{parts[0]} {parts[1]} {(parts[3] == "none" ? parts[2] : parts[3])}";
    }

    private async Task RegisterAsync(int links)
    {
        _project = await _product.Api.CreateProjectAsync(new { name = "Many" }, Stop);
        await _product.Api.PostAsync(
            $"/api/v1/projects/{_project}/links",
            Enumerable.Range(0, links).Select(n => new { page = _web.Url("/page/1"), target = _web.Url($"/target/{n}") }),
            HttpStatusCode.OK,
            Stop);
        _links = links;
    }

    private int _links;
    private string _project = "";

    private async Task AnswerAsync(HttpContext context)
    {
        if (_hasTag)
        {
            context.Response.Headers.ETag = "\"1\"";
            if (context.Request.Headers.IfNoneMatch == "\"1\"" && _rels.Count == 0)
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        var anchors = Enumerable.Range(0, _links).Select(
            n => $"<p>Words about it: <a href='/target/{n}' rel='{_rels.GetValueOrDefault(n, "")}'>Number {n}</a> and more words.</p>");
        var noise = _isNoisy ? $"<script>var nonce = {++_noise};</script><!-- {Guid.NewGuid()} -->" : "";
        await context.Response.WriteAsync($"<!doctype html><title>Post</title><h1>Post</h1>{noise}{string.Concat(anchors)}");
    }
}
