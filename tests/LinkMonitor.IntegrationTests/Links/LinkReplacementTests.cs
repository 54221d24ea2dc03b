using System.Net;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.IntegrationTests.Links;

/// <summary>A link's page and target can be changed, though they make its identity.</summary>
public sealed class LinkReplacementTests : IAsyncLifetime
{
    private const string Page = "https://blog.example.net/post";
    private const string Target = "https://example.org/";
    private Product _product = null!;
    private string _links = "";
    private string _project = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync(ProductSettings.InMemory(), Stop);
        _project = await _product.Api.CreateProjectAsync(new { name = "Example" }, Stop);
        _links = $"/api/v1/projects/{_project}/links";
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Theory]
    [InlineData("""{"page":"https://blog.example.net/moved"}""", "https://blog.example.net/moved", Target)]
    [InlineData("""{"target":"https://example.org/shop","tags":["b"]}""", Page, "https://example.org/shop")]
    public async Task What_was_said_and_agreed_and_the_days_go_with_it_and_the_former_is_gone(string patch, string page, string target)
    {
        var id = await _product.Api.RegisterAsync(
            _project,
            new
            {
                page = Page,
                target = Target,
                note = "ours",
                tags = new[] { "a" },
                rel = "follow",
                terms = new { vendor = "Fine Links", cost = 20, currency = "EUR", costPeriod = "month" },
            }, Stop);
        var store = _product.Get<ILinkStore>();
        var link = (await store.GetAsync(new ProjectId(_project), new LinkId(id), Stop))!;
        Assert.Equal(
            SaveOutcome.Saved,
            await store.SaveAsync(
                link with { Status = link.Status with { State = LinkState.Live, Days = DayLog.Parse("2026-11-20:a") } }, Stop));

        var changed = await _product.Api.SendAsync(HttpMethod.Patch, $"{_links}/{id}", patch, HttpStatusCode.OK, Stop);

        Assert.Equal(
            (page, target, "pending"),
            (changed.GetProperty("page").GetString(), changed.GetProperty("target").GetString(), changed.GetProperty("state").GetString()));
        Assert.Equal(
            ("ours", "follow", "Fine Links"),
            (
                changed.GetProperty("note").GetString(),
                changed.GetProperty("rel").GetString(),
                changed.GetProperty("terms").GetProperty("vendor").GetString()));
        Assert.NotEqual(id, changed.GetProperty("id").GetString());
        var now = await store.GetAsync(new ProjectId(_project), new LinkId(changed.GetProperty("id").GetString()!), Stop);
        Assert.Equal("2026-11-20:a", now!.Status.Days.ToString());
        await _product.Api.SendAsync(HttpMethod.Get, $"{_links}/{id}", null, HttpStatusCode.NotFound, Stop);
    }

    [Fact]
    public async Task Another_link_of_that_identity_is_not_written_over()
    {
        var id = await _product.Api.RegisterAsync(_project, new { page = Page, target = Target }, Stop);
        await _product.Api.RegisterAsync(
            _project, new { page = "https://blog.example.net/other", target = Target, note = "another" }, Stop);

        var problem = await _product.Api.SendAsync(
            HttpMethod.Patch, $"{_links}/{id}", """{"page":"https://blog.example.net/other"}""", HttpStatusCode.Conflict, Stop);

        Assert.Contains("already watches that link", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await _product.Api.GetAsync($"{_links}/{id}", Stop);
    }

    [Theory]
    [InlineData("""{"page":null}""", "page")]
    [InlineData("""{"target":"ftp://example.org/","match":"near","nope":1}""", "target,match,nope")]
    public async Task What_is_no_page_or_target_is_refused(string patch, string fields)
    {
        var id = await _product.Api.RegisterAsync(_project, new { page = Page, target = Target }, Stop);

        var problem = await _product.Api.SendAsync(HttpMethod.Patch, $"{_links}/{id}", patch, HttpStatusCode.BadRequest, Stop);

        Assert.All(fields.Split(','), field => Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString()));
    }

    [Fact]
    public async Task A_crash_before_the_former_is_removed_is_mended_by_asking_again()
    {
        var id = await _product.Api.RegisterAsync(_project, new { page = Page, target = Target, note = "ours" }, Stop);
        var store = _product.Get<ILinkStore>();
        var former = (await store.GetAsync(new ProjectId(_project), new LinkId(id), Stop))!;
        var patch = """{"page":"https://blog.example.net/moved"}""";
        await _product.Api.SendAsync(HttpMethod.Patch, $"{_links}/{id}", patch, HttpStatusCode.OK, Stop);
        await store.RegisterAsync(former with { ETag = null }, Stop);

        await _product.Api.SendAsync(HttpMethod.Patch, $"{_links}/{id}", patch, HttpStatusCode.OK, Stop);

        Assert.Single((await _product.Api.GetAsync(_links, Stop)).GetProperty("items").EnumerateArray());
    }
}
