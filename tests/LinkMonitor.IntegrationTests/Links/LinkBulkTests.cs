using System.Net;
using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Links;

namespace LinkMonitor.IntegrationTests.Links;

/// <summary>One thing done with many links, and undone (<see cref="UndoableBulk"/>).</summary>
public sealed class LinkBulkTests : IAsyncLifetime
{
    private Product _product = null!;
    private string _project = "";
    private string _links = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync(ProductSettings.InMemory(), Stop);
        _project = await _product.Api.CreateProjectAsync(new { name = "Example" }, Stop);
        _links = $"/api/v1/projects/{_project}/links";
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task Links_are_muted_unmuted_and_deleted_and_each_is_answered()
    {
        string[] ids = [await AddAsync(1), await AddAsync(2), "lnk_nothing", await AddAsync(3)];

        var muted = await BulkAsync(new { action = "mute", links = ids, mutedUntil = "2026-12-24T00:00:00Z" });
        Assert.Equal((3, 1), (muted.GetProperty("done").GetInt32(), muted.GetProperty("notFound").GetInt32()));
        Assert.Equal(
            [200, 200, 404, 200], muted.GetProperty("results").EnumerateArray().Select(item => item.GetProperty("status").GetInt32()));
        Assert.True((await _product.Api.GetLinkAsync(_project, ids[0], Stop)).GetProperty("muted").GetBoolean());

        await BulkAsync(new { action = "unmute", links = ids });
        Assert.False((await _product.Api.GetLinkAsync(_project, ids[0], Stop)).GetProperty("muted").GetBoolean());

        var deleted = await BulkAsync(new { action = "delete", links = ids });
        Assert.Equal(3, deleted.GetProperty("done").GetInt32());
        Assert.Empty((await _product.Api.GetAsync(_links, Stop)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task All_that_a_filter_finds_are_deleted_and_brought_back()
    {
        string[] ids = [await AddAsync(1), await AddAsync(2), await AddAsync(3)];
        await BulkAsync(new { action = "mute", links = ids[..2] });

        var deleted = await BulkAsync(new { action = "delete", filter = "muted:yes" });
        Assert.Equal(2, deleted.GetProperty("done").GetInt32());
        Assert.Single((await _product.Api.GetAsync(_links, Stop)).GetProperty("items").EnumerateArray());
        Assert.True(deleted.GetProperty("undoUntil").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);

        var undo = $"{_links}/undo/{deleted.GetProperty("undoId").GetString()}";
        Assert.Equal(2, (await _product.Api.PostAsync(undo, null, HttpStatusCode.OK, Stop)).GetProperty("links").GetInt32());
        Assert.Equal(3, (await _product.Api.GetAsync(_links, Stop)).GetProperty("items").GetArrayLength());
        Assert.True((await _product.Api.GetLinkAsync(_project, ids[0], Stop)).GetProperty("muted").GetBoolean());

        // Once.
        await _product.Api.PostAsync(undo, null, HttpStatusCode.NotFound, Stop);
    }

    [Fact]
    public async Task A_filter_that_finds_nothing_does_nothing()
    {
        await AddAsync(1);

        var none = await BulkAsync(new { action = "delete", filter = "tag:none" });

        Assert.Equal(0, none.GetProperty("done").GetInt32());
        Assert.Equal(JsonValueKind.Null, none.GetProperty("undoId").ValueKind);
    }

    [Fact]
    public async Task Links_of_one_page_are_checked_once()
    {
        string[] ids = [await AddAsync(1), await AddAsync(1, "https://example.org/shop"), await AddAsync(2)];

        var checks = await BulkAsync(new { action = "check", links = ids });

        Assert.Equal(3, checks.GetProperty("done").GetInt32());
        Assert.Equal(202, checks.GetProperty("results")[1].GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("""{"action":"burn","links":[]}""", "action,links")]
    [InlineData("""{"action":"mute","links":["lnk_a"],"mutedUntil":"2026-11-20T00:00:00Z"}""", "mutedUntil")]
    [InlineData("""{"links":[null,7,"lnk_a"],"mutedUntil":"2026-11-20T00:00:00Z"}""", "action,links[0],links[1],mutedUntil")]
    [InlineData("""{"links":["lnk_a"]}""", "action")]
    [InlineData("""{"action":"delete","links":["lnk_a"],"mutedUntil":"2026-12-24T00:00:00Z"}""", "mutedUntil")]
    [InlineData("""{"action":"delete","links":["lnk_a",7]}""", "links[1]")]
    [InlineData("""{"action":"delete","links":"lnk_a","nope":1}""", "links,nope")]
    [InlineData("""{"action":"delete","links":["lnk_a"],"filter":"state:lost"}""", "filter")]
    [InlineData("""{"action":"delete","filter":"satte:lost"}""", "filter")]
    [InlineData("""{"action":"delete","filter":""}""", "filter")]
    [InlineData("""{"action":"delete","filter":"sort:-since"}""", "filter")]
    public async Task What_is_no_order_is_refused_whole(string body, string fields)
    {
        var problem = await _product.Api.SendAsync(HttpMethod.Post, $"{_links}/bulk", body, HttpStatusCode.BadRequest, Stop);

        Assert.All(fields.Split(','), field => Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString()));
    }

    [Fact]
    public async Task Ids_that_cannot_be_read_are_not_counted_as_none()
    {
        var problem = await _product.Api.SendAsync(
            HttpMethod.Post, $"{_links}/bulk", """{"action":"check","links":[null,7]}""", HttpStatusCode.BadRequest, Stop);

        Assert.Equal(["links[0]", "links[1]"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    private Task<JsonElement> BulkAsync(object order) => _product.Api.PostAsync($"{_links}/bulk", order, HttpStatusCode.OK, Stop);

    private Task<string> AddAsync(int number, string target = "https://example.org/") =>
        _product.Api.RegisterAsync(_project, new { page = $"https://blog.example.net/{number}", target }, Stop);
}
