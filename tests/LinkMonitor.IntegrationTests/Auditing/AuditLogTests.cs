using System.Net;
using System.Text;
using System.Text.Json;
using LinkMonitor.Auditing;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Links;
using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Auditing;

/// <summary>Generated from the endpoints: every route that may change something leaves one entry, and none when it is refused.</summary>
public sealed class AuditLogTests
{
    private static readonly string Webhook = "{\"kind\":\"webhook\",\"address\":\"https://hooks.example.org/a\"}";

    private static readonly string Words = string.Concat(Enumerable.Repeat("Light is what a winter needs. ", 40));

    // What each route takes. A new one needs its line here.
    private static readonly Dictionary<string, string?> Bodies = new(StringComparer.Ordinal)
    {
        ["POST /api/v1/projects"] = "{\"name\":\"New\"}",
        ["PATCH /api/v1/projects/{projectId}"] = "{\"name\":\"Renamed\"}",
        ["DELETE /api/v1/projects/{projectId}"] = null,
        ["POST /api/v1/projects/{projectId}/links"] = "{\"page\":\"https://new.example.net/\",\"target\":\"https://example.org/\"}",
        ["PATCH /api/v1/projects/{projectId}/links/{linkId}"] = "{\"rel\":\"follow\",\"note\":\"x\"}",
        ["DELETE /api/v1/projects/{projectId}/links/{linkId}"] = null,
        ["POST /api/v1/projects/{projectId}/links/{linkId}/check"] = null,
        ["POST /api/v1/projects/{projectId}/links/bulk"] = "{\"action\":\"unmute\",\"links\":[\"{linkId}\"]}",
        ["POST /api/v1/projects/{projectId}/links/undo/{undoId}"] = null,
        ["PUT /api/v1/projects/{projectId}/links/{linkId}/answer"] = "{\"says\":\"seen\"}",
        ["DELETE /api/v1/projects/{projectId}/links/{linkId}/answer"] = null,
        ["POST /api/v1/projects/{projectId}/links/{linkId}/handed-page"] =
            $$"""{"html":"<title>Post</title><p>{{Words}}<a href='https://example.org/'>our shop</a>"}""",
        ["POST /api/v1/projects/{projectId}/cases"] = "{\"linkId\":\"{linkId}\"}",
        ["PATCH /api/v1/projects/{projectId}/cases/{caseId}"] = "{\"status\":\"contacted\"}",
        ["POST /api/v1/projects/{projectId}/cases/{caseId}/notes"] = "{\"text\":\"A note\"}",
        ["POST /api/v1/projects/{projectId}/views"] = "{\"name\":\"Lost\",\"filter\":\"state:lost\"}",
        ["PATCH /api/v1/projects/{projectId}/views/{viewId}"] = "{\"name\":\"Gone\"}",
        ["DELETE /api/v1/projects/{projectId}/views/{viewId}"] = null,
        ["POST /api/v1/projects/{projectId}/types"] = "{\"name\":\"Newsletter\"}",
        ["PATCH /api/v1/projects/{projectId}/types/{typeKey}"] = "{\"rel\":\"follow\"}",
        ["DELETE /api/v1/projects/{projectId}/types/{typeKey}"] = null,
        ["POST /api/v1/projects/{projectId}/imports"] = "{\"text\":\"page,target\\nhttps://a.example/,https://example.org/\\n\"}",
        ["POST /api/v1/projects/{projectId}/imports/{importId}/cancel"] = null,
        ["POST /api/v1/projects/{projectId}/imports/{importId}/retry"] = null,
        ["POST /api/v1/projects/{projectId}/imports/{importId}/undo"] = null,
        ["POST /api/v1/projects/{projectId}/sheets"] =
            "{\"url\":\"https://sheets.example.net/a.csv\"}",
        ["DELETE /api/v1/projects/{projectId}/sheets/{sheetId}"] = null,
        ["POST /api/v1/projects/{projectId}/reports"] = "{\"title\":\"New\"}",
        ["DELETE /api/v1/projects/{projectId}/reports/{number}"] = null,
        ["POST /api/v1/projects/{projectId}/reports/{number}/shares"] = "{\"recipient\":\"Ben\"}",
        ["DELETE /api/v1/projects/{projectId}/reports/{number}/shares/{shareId}"] = null,
        ["PUT /api/v1/projects/{projectId}/reports/brand"] = "{\"name\":\"Agency\"}",
        ["PUT /api/v1/projects/{projectId}/outreach-templates/{name}"] = "{\"subject\":\"t\",\"body\":\"b\"}",
        ["DELETE /api/v1/projects/{projectId}/outreach-templates/{name}"] = null,
        ["POST /api/v1/projects/{projectId}/channels"] = "{\"kind\":\"email\",\"address\":\"ben@example.org\"}",
        ["PATCH /api/v1/projects/{projectId}/channels/{channelId}"] = "{\"digest\":{\"every\":\"daily\",\"at\":\"08:00\"}}",
        ["DELETE /api/v1/projects/{projectId}/channels/{channelId}"] = null,
        ["POST /api/v1/projects/{projectId}/channels/{channelId}/rotate-secret"] = null,
        ["POST /api/v1/projects/{projectId}/channels/{channelId}/test"] = null,
        ["POST /api/v1/projects/{projectId}/public-addresses/feed"] = "{}",
        ["POST /api/v1/projects/{projectId}/public-addresses/revoke"] = null,
        ["POST /api/v1/projects/{projectId}/public-addresses/report"] = "{\"report\":\"vendors\"}",
        ["POST /api/v1/projects/{projectId}/public-addresses/exports"] = "{\"gives\":\"csv\"}",
        ["DELETE /api/v1/projects/{projectId}/public-addresses/exports/{addressId}"] = null,
        ["POST /api/v1/projects/{projectId}/disavow.txt"] = "{\"filter\":\"tag:unwanted\",\"confirm\":\"Full\"}",
        ["POST /api/v1/keys"] = "{\"name\":\"Anna\"}",
        ["PATCH /api/v1/keys/{keyId}"] = "{\"role\":\"editor\"}",
        ["DELETE /api/v1/keys/{keyId}"] = null,
        ["POST /api/v1/keys/{keyId}/sign-in"] = null,
        ["POST /api/v1/keys/{keyId}/sign-out"] = null,
        ["POST /api/v1/failures/{queue}/{failureId}/retry"] = null,
        ["DELETE /api/v1/failures/{queue}/{failureId}"] = null,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_that_may_change_something_leaves_one_entry_in_words_of_its_own()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        var routes = ApiRoute.AllOf(product).Where(route => AuditFilter.IsUnsafe(route.Method) && route.IsAudited).ToList();
        Assert.Equal(Bodies.Keys.Order(StringComparer.Ordinal), routes.Select(route => route.ToString()).Order(StringComparer.Ordinal));

        var wrong = new List<string>();
        foreach (var route in routes)
        {
            var things = await ThingsAsync(product);
            var before = await EntriesAsync(product, things["projectId"]);
            using var answer = await SendAsync(product, route, things, Bodies[route.ToString()]);
            var left = (await EntriesAsync(product, things["projectId"])).Except(before, StringComparer.Ordinal).ToList();
            if (!answer.IsSuccessStatusCode)
                wrong.Add($"{route}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Token)}");
            else if (left is not [var only])
                wrong.Add($"{route}: {left.Count} entries");
            else if (!only.Contains("\"by\":{\"id\":\"configured\",", StringComparison.Ordinal)
                || only.Contains(route.Summary, StringComparison.Ordinal))
                wrong.Add($"{route}: {only}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_change_of_nothing_leaves_none()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        string[] settings = ["POST /api/v1/projects/{projectId}/links/bulk", "PUT /api/v1/projects/{projectId}/outreach-templates/{name}"];
        var wrong = new List<string>();
        foreach (var route in ApiRoute.AllOf(product).Where(one => one.Method == "PATCH" || settings.Contains(one.ToString())))
        {
            var things = await ThingsAsync(product);
            var body = Bodies[route.ToString()]!;
            if (route.Method == "PATCH")
                await ExpectAsync(route, things, "{}", 0);
            await ExpectAsync(route, things, body, 1);
            await ExpectAsync(route, things, body, 0);
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        async Task ExpectAsync(ApiRoute route, Dictionary<string, string> things, string body, int entries)
        {
            var before = await EntriesAsync(product, things["projectId"]);
            using var answer = await SendAsync(product, route, things, body);
            var left = (await EntriesAsync(product, things["projectId"])).Except(before, StringComparer.Ordinal).ToList();
            if (!answer.IsSuccessStatusCode || left.Count != entries)
                wrong.Add($"{route} with {body}: {answer.StatusCode}, {string.Join(' ', left)}");
        }
    }

    [Fact]
    public async Task A_request_that_is_refused_leaves_none()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        foreach (var route in ApiRoute.AllOf(product).Where(route => AuditFilter.IsUnsafe(route.Method)))
        {
            var things = await ThingsAsync(product);
            var before = await EntriesAsync(product, things["projectId"]);
            using var answer = await SendAsync(product, route, things, "{\"noSuchField\":1}");

            Assert.Equal((route.ToString(), HttpStatusCode.BadRequest), (route.ToString(), answer.StatusCode));
            Assert.Equal(before, await EntriesAsync(product, things["projectId"]));
        }
    }

    private static async Task<Dictionary<string, string>> ThingsAsync(Product product)
    {
        var project = await product.Api.CreateProjectAsync(new { name = "Full" }, Token);
        var link = await product.Api.RegisterAsync(
            project, new { page = "https://blog.example.net/", target = "https://example.org/" }, Token);
        var channel = await product.Api.SendAsync(
            HttpMethod.Post, $"/api/v1/projects/{project}/channels", Webhook, HttpStatusCode.Created, Token);
        await product.Api.SendAsync(
            HttpMethod.Put, $"/api/v1/projects/{project}/outreach-templates/hidden", "{\"subject\":\"s\",\"body\":\"b\"}",
            HttpStatusCode.OK, Token);
        var key = await product.Api.PostAsync("/api/v1/keys", new { name = "Ben" }, HttpStatusCode.Created, Token);
        await AskedLink.MakeAsync(product, new ProjectId(project), new LinkId(link), Token);
        var other = await product.Api.RegisterAsync(
            project, new { page = "https://other.example.net/", target = "https://example.org/", tags = new[] { "unwanted" } }, Token);
        var address = StorageSamples.Address(new(project));
        await product.Get<IExportAddressStore>().AddAsync(address, Token);
        var opened = await product.Api.PostAsync(
            $"/api/v1/projects/{project}/cases", new { linkId = other }, HttpStatusCode.Created, Token);
        var view = await product.Api.PostAsync(
            $"/api/v1/projects/{project}/views", new { name = "Mine", filter = "state:lost" }, HttpStatusCode.Created, Token);
        var type = await product.Api.PostAsync($"/api/v1/projects/{project}/types", new { name = "Mine" }, HttpStatusCode.Created, Token);
        var undo = await product.Get<UndoableBulk>().RunOneAsync(
            new ProjectId(project), BulkAction.Mute, link, new Author("key", "Key"), Token);
        await product.Get<IFailureStore>().RecordAsync("alerts", "{}", product.Clock.GetUtcNow(), Token);
        var failure = (await product.Get<IFailureStore>().ListAsync("alerts", 1, null, Token)).Items[0];
        var (report, share) = await SampleReport.MakeAsync(product, project, Token);
        return new()
        {
            ["projectId"] = project,
            ["linkId"] = link,
            ["channelId"] = channel.GetProperty("id").GetString()!,
            ["name"] = "hidden",
            ["caseId"] = opened.GetProperty("id").GetString()!,
            ["addressId"] = address.Id,
            ["viewId"] = view.GetProperty("id").GetString()!,
            ["undoId"] = undo!.UndoId!,
            ["typeKey"] = type.GetProperty("key").GetString()!,
            ["sheetId"] = (await product.Get<IPolledSheetStore>().SaveAsync(StorageSamples.Sheet(new(project)), Token))!.Id,
            ["importId of retry"] = await SampleImport.BeginAsync(product, project, ImportState.Failed, Token),
            ["importId of undo"] = await SampleImport.BeginAsync(product, project, ImportState.Done, Token),
            ["importId"] = await SampleImport.BeginAsync(product, project, ImportState.Waiting, Token),
            ["number"] = report,
            ["shareId"] = share,
            ["keyId"] = key.GetProperty("id").GetString()!,
            ["queue"] = "alerts",
            ["failureId"] = failure.Id,
        };
    }

    private static Task<HttpResponseMessage> SendAsync(
        Product product, ApiRoute route, Dictionary<string, string> things, string? body)
    {
        // What can be done with an import depends on how far it is.
        var own = things.TryGetValue($"importId of {route.Path.Split('/')[^1]}", out var import)
            ? new Dictionary<string, string>(things) { ["importId"] = import } : things;
        var request = new HttpRequestMessage(new HttpMethod(route.Method), route.PathWith(own));
        if (body is not null)
            request.Content = new StringContent(
                body.Replace("{linkId}", things["linkId"], StringComparison.Ordinal), Encoding.UTF8, "application/json");
        return product.Api.Client.SendAsync(request, Token);
    }

    // Of a project that is gone none are left; what was done with it is in the installation's log.
    private static async Task<List<string>> EntriesAsync(Product product, string project)
    {
        List<string> entries = [];
        foreach (var path in new[] { $"/api/v1/projects/{project}/audit", "/api/v1/audit" })
        {
            using var answer = await product.Api.Client.GetAsync(path + "?limit=1000", Token);
            if (answer.StatusCode == HttpStatusCode.OK)
                entries.AddRange(JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement
                    .GetProperty("items").EnumerateArray().Select(item => item.GetRawText()));
        }

        return entries;
    }
}
