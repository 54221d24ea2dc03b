using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.LinkTypes;

namespace LinkMonitor.IntegrationTests.LinkTypes;

/// <summary>
/// Types of links over the API (<see cref="TypeEndpoints"/>, <see cref="TypeRegistry"/>, <see cref="TypeWords"/>), and what they do to
/// links.
/// </summary>
public sealed class TypeApiTests : IAsyncLifetime
{
    private Product _product = null!;
    private string _project = "";
    private string _types = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _product = await Product.StartAsync(ProductSettings.InMemory(), Stop);
        _project = await _product.Api.CreateProjectAsync(new { name = "Example" }, Stop);
        _types = $"/api/v1/projects/{_project}/types";
    }

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task A_project_has_the_built_in_types_and_makes_changes_and_deletes_its_own()
    {
        var made = await SendAsync(
            HttpMethod.Post, null,
            new
            {
                name = "Paid newsletter",
                rel = "sponsored",
                ignore = new[] { "placement" },
                atOnce = new[] { "rel-changed", "link-removed" },
            },
            null, HttpStatusCode.Created);
        Assert.Equal(
            ("paid-newsletter", "sponsored", "placement"),
            (Text(made, "key"), Text(made, "rel"), made.GetProperty("ignore")[0].GetString()));
        Assert.Equal(["rel-changed", "link-removed"], Strings(made, "atOnce"));
        Assert.Equal(
            ["guest-post", "editorial", "directory", "profile", "resource-page", "partner", "press", "forum", "paid-newsletter"],
            Items(await _product.Api.GetAsync(_types, Stop)).Select(type => Text(type, "key")));

        var changed = await SendAsync(
            HttpMethod.Patch, "paid-newsletter",
            new { name = "Newsletter", rel = (string?)null, anchor = "Widgets", atOnce = (string[]?)null },
            Text(made, "version"), HttpStatusCode.OK);
        Assert.Equal(
            ("paid-newsletter", "Newsletter", null, "Widgets"),
            (Text(changed, "key"), Text(changed, "name"), Text(changed, "rel"), Text(changed, "anchor")));
        Assert.Contains("not-followed", Strings(changed, "atOnce"));
        await SendAsync(
            HttpMethod.Patch, "paid-newsletter", new { name = "Mine" }, Text(made, "version"), HttpStatusCode.PreconditionFailed);
        await SendAsync(HttpMethod.Delete, "paid-newsletter", null, Text(made, "version"), HttpStatusCode.PreconditionFailed);
        await SendAsync(HttpMethod.Delete, "paid-newsletter", null, Text(changed, "version"), HttpStatusCode.NoContent);
        await SendAsync(HttpMethod.Get, "paid-newsletter", null, null, HttpStatusCode.NotFound);
        await SendAsync(HttpMethod.Patch, "paid-newsletter", new { rel = "any" }, null, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("日本")]
    [InlineData("Ελληνικά")]
    [InlineData("Übersicht")]
    [InlineData("Новости")]
    public async Task A_name_in_any_script_makes_a_type_that_is_listed_and_can_be_used(string name)
    {
        var made = await SendAsync(HttpMethod.Post, null, new { name, rel = "sponsored" }, null, HttpStatusCode.Created);
        var key = Text(made, "key")!;

        Assert.Contains(key, Items(await _product.Api.GetAsync(_types, Stop)).Select(type => Text(type, "key")));
        await SendAsync(HttpMethod.Post, null, new { name }, null, HttpStatusCode.BadRequest);
        var path = Uri.EscapeDataString(key);
        Assert.Equal(name, Text(await SendAsync(HttpMethod.Get, path, null, null, HttpStatusCode.OK), "name"));
        var link = await _product.Api.RegisterAsync(
            _project, new { page = "https://blog.example.net/", target = "https://example.org/", type = key }, Stop);
        var filter = Uri.EscapeDataString($"type:\"{key}\"");
        var found = await _product.Api.GetAsync($"/api/v1/projects/{_project}/links?filter={filter}", Stop);
        Assert.Equal(link, Text(Assert.Single(Items(found)), "id"));
        await SendAsync(HttpMethod.Patch, path, new { rel = "ugc" }, Text(made, "version"), HttpStatusCode.OK);
        await _product.Api.SendAsync(HttpMethod.Delete, $"/api/v1/projects/{_project}/links/{link}", null, HttpStatusCode.NoContent, Stop);
        await SendAsync(HttpMethod.Delete, path, null, null, HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_built_in_type_is_changed_for_the_project_alone_and_comes_back_as_it_was()
    {
        var ours = await _product.Api.GetAsync($"{_types}/forum", Stop);
        var changed = await SendAsync(
            HttpMethod.Patch, "forum", new { rel = "ugc", ignore = new[] { "anchor" } }, Text(ours, "version"), HttpStatusCode.OK);

        Assert.Equal(("built-in", "ugc"), (Text(ours, "version"), Text(changed, "rel")));
        Assert.True(changed.GetProperty("isBuiltIn").GetBoolean());
        var other = await _product.Api.CreateProjectAsync(new { name = "Other" }, Stop);
        Assert.Equal("any", Text(await _product.Api.GetAsync($"/api/v1/projects/{other}/types/forum", Stop), "rel") ?? "any");
        await SendAsync(HttpMethod.Delete, "forum", null, null, HttpStatusCode.NoContent);
        Assert.Equal("built-in", Text(await _product.Api.GetAsync($"{_types}/forum", Stop), "version"));
        await SendAsync(HttpMethod.Delete, "forum", null, null, HttpStatusCode.Conflict);
        await RefusedAsync("name", new { name = "Board" }, "forum", HttpMethod.Patch);
    }

    [Fact]
    public async Task A_type_in_use_is_not_deleted_and_says_how_many_links_have_it()
    {
        await SendAsync(HttpMethod.Post, null, new { name = "Podcast" }, null, HttpStatusCode.Created);
        var link = await AddAsync(1, "podcast");
        await AddAsync(2, "podcast");

        var refusal = await SendAsync(HttpMethod.Delete, "podcast", null, null, HttpStatusCode.Conflict);
        Assert.Contains("2 links have this type", Text(refusal, "detail"), StringComparison.Ordinal);
        Assert.Equal(2, (await _product.Api.GetAsync($"{_types}/podcast", Stop)).GetProperty("links").GetInt32());
        await BulkAsync(new { action = "set-type", type = (string?)null, filter = "type:podcast" });
        Assert.Null(Text(await LinkAsync(link), "type"));
        await SendAsync(HttpMethod.Delete, "podcast", null, null, HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_field()
    {
        await SendAsync(HttpMethod.Post, null, new { name = "Podcast" }, null, HttpStatusCode.Created);

        await RefusedAsync("name", new { rel = "follow" });
        await RefusedAsync("name", new { name = "" });
        await RefusedAsync("name", new { name = new string('x', 61) });
        await RefusedAsync("name", new { name = "two\nlines" });
        await RefusedAsync("name", new { name = "🎉" });
        await RefusedAsync("name", new { name = "PODCAST!" });
        await RefusedAsync("name", new { name = "guest POST" });
        await RefusedAsync("rel", new { name = "A", rel = "dofollow nofollow" });
        await RefusedAsync("anchor", new { name = "A", anchor = new string('x', 1_001) });
        await RefusedAsync("placement", new { name = "A", placement = "middle" });
        await RefusedAsync("indexable", new { name = "A", indexable = "yes" });
        await RefusedAsync("ignore", new { name = "A", ignore = new[] { "target" } });
        await RefusedAsync("atOnce", new { name = "A", atOnce = new[] { "blocked" } });
        await RefusedAsync("name", new { name = (string?)null }, "podcast", HttpMethod.Patch);
        await RefusedAsync("ignore", new { ignore = (string[]?)null }, "podcast", HttpMethod.Patch);
        await RefusedAsync("colour", new { colour = "red" }, "podcast", HttpMethod.Patch);
    }

    [Fact]
    public async Task A_project_has_no_more_types_than_it_can()
    {
        for (var number = 0; number < TypeRegistry.MaxOwn; number++)
            await SendAsync(HttpMethod.Post, null, new { name = $"Type {number}" }, null, HttpStatusCode.Created);

        await SendAsync(HttpMethod.Post, null, new { name = "One more" }, null, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_link_takes_from_its_type_what_nobody_said_and_what_was_said_wins()
    {
        var link = await LinkAsync(await AddAsync(1, "guest-post", rel: "sponsored"));
        Assert.Equal(("guest-post", "sponsored", "main"), (Text(link, "type"), Text(link, "rel"), Text(link, "placement")));
        Assert.Equal(["placement", "indexable"], Strings(link, "fromType"));
        Assert.Null(Text(link, "anchor"));

        var left = await PatchAsync(Text(link, "id")!, new { rel = (string?)null });
        Assert.Equal(("follow", 3), (Text(left, "rel"), Strings(left, "fromType").Count));
        var forum = await PatchAsync(Text(link, "id")!, new { type = "forum", placement = "footer" });
        Assert.Equal(("footer", "rel,anchor,indexable"), (Text(forum, "placement"), string.Join(',', Strings(forum, "ignore"))));
        var none = await PatchAsync(Text(link, "id")!, new { type = (string?)null });
        Assert.Equal((null, null, "footer"), (Text(none, "type"), Text(none, "rel"), Text(none, "placement")));
        Assert.Empty(Strings(none, "fromType").Concat(Strings(none, "ignore")));

        var again = await _product.Api.PostAsync(
            $"/api/v1/projects/{_project}/links",
            new { page = "https://blog-1.example.net/", target = "https://example.org/", type = " Press " }, HttpStatusCode.OK, Stop);
        Assert.Equal(("press", "footer"), (Text(again, "type"), Text(again, "placement")));
    }

    [Fact]
    public async Task An_unknown_type_is_refused_wherever_it_is_named()
    {
        var links = $"/api/v1/projects/{_project}/links";
        var link = await AddAsync(1, null);
        var body = new { page = "https://blog-2.example.net/", target = "https://example.org/", type = "guestpost" };

        Assert.Contains(
            "guest-post",
            Error(await _product.Api.PostAsync(links, body, HttpStatusCode.BadRequest, Stop), "type"),
            StringComparison.Ordinal);
        var batch = await _product.Api.PostAsync(links, new[] { body }, HttpStatusCode.OK, Stop);
        Assert.Contains("guest-post", Error(batch.GetProperty("results")[0].GetProperty("problem"), "type"), StringComparison.Ordinal);
        foreach (object wrong in (object[])
            [
                new { action = "set-type", links = new[] { link } }, new { action = "set-type", type = "x", links = new[] { link } },
                new { action = "mute", type = "press", links = new[] { link } },
            ])
            Error(await _product.Api.PostAsync($"{links}/bulk", wrong, HttpStatusCode.BadRequest, Stop), "type");
    }

    [Fact]
    public async Task Links_are_filtered_and_counted_by_type_and_given_one_together_and_back()
    {
        string[] links = [await AddAsync(1, "press"), await AddAsync(2, null), await AddAsync(3, "forum")];

        Assert.Equal(1, await FoundAsync("type:press"));
        Assert.Equal(2, await FoundAsync("-type:press"));
        Assert.Equal(1, await FoundAsync("-has:type"));
        Assert.Equal(1, await FoundAsync("type:\"\""));
        var view = await _product.Api.PostAsync(
            $"/api/v1/projects/{_project}/views", new { name = "Press", filter = "type:Press" }, HttpStatusCode.Created, Stop);
        Assert.Equal(("type:press", 1), (Text(view, "filter"), view.GetProperty("count").GetInt32()));

        var done = await BulkAsync(new { action = "set-type", type = "editorial", links });
        Assert.Equal(3, done.GetProperty("done").GetInt32());
        Assert.Equal(3, await FoundAsync("type:editorial"));
        await _product.Api.PostAsync(
            $"/api/v1/projects/{_project}/links/undo/{Text(done, "undoId")}", null, HttpStatusCode.OK, Stop);
        Assert.Equal((1, 0), (await FoundAsync("type:press"), await FoundAsync("type:editorial")));
        Assert.Empty(Strings(await LinkAsync(links[1]), "fromType"));
    }

    private async Task<string> AddAsync(int number, string? type, string? rel = null)
    {
        object body = (type, rel) switch
        {
            (null, _) => new { page = $"https://blog-{number}.example.net/", target = "https://example.org/" },
            (_, null) => new { page = $"https://blog-{number}.example.net/", target = "https://example.org/", type },
            _ => new { page = $"https://blog-{number}.example.net/", target = "https://example.org/", type, rel },
        };
        return await _product.Api.RegisterAsync(_project, body, Stop);
    }

    private Task<JsonElement> LinkAsync(string id) => _product.Api.GetLinkAsync(_project, id, Stop);

    private Task<JsonElement> PatchAsync(string id, object body) => _product.Api.SendAsync(
        HttpMethod.Patch, $"/api/v1/projects/{_project}/links/{id}", JsonSerializer.Serialize(body), HttpStatusCode.OK, Stop);

    private Task<JsonElement> BulkAsync(object body) =>
        _product.Api.PostAsync($"/api/v1/projects/{_project}/links/bulk", body, HttpStatusCode.OK, Stop);

    private async Task<int> FoundAsync(string filter) => (await _product.Api.GetAsync(
        $"/api/v1/projects/{_project}/links/counts?filter={Uri.EscapeDataString(filter)}", Stop)).GetProperty("total").GetInt32();

    private async Task RefusedAsync(string field, object body, string? key = null, HttpMethod? method = null) =>
        Error(await SendAsync(method ?? HttpMethod.Post, key, body, null, HttpStatusCode.BadRequest), field);

    private async Task<JsonElement> SendAsync(HttpMethod method, string? key, object? body, string? version, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, key is null ? _types : $"{_types}/{key}");
        if (body is not null)
            request.Content = System.Net.Http.Json.JsonContent.Create(body);
        if (version is not null)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        using var answer = await _product.Api.Client.SendAsync(request, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(expected == answer.StatusCode, $"{answer.StatusCode}: {text}");
        using var document = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
        return document.RootElement.Clone();
    }

    private static string Error(JsonElement problem, string field) =>
        problem.GetProperty("errors").TryGetProperty(field, out var told) ? told[0].GetString()!
        : throw new Xunit.Sdk.XunitException($"Nothing at {field}: {problem}");

    private static JsonElement.ArrayEnumerator Items(JsonElement list) => list.GetProperty("items").EnumerateArray();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static List<string> Strings(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
}
