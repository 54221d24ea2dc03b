using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Links;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>
/// Every route of the dashboard (<see cref="DashboardRoutes"/>) times everybody who may call it, generated from the endpoints: what is
/// expected follows from the policies of the route.
/// </summary>
[TakesLong]
public sealed partial class PageAccessTests
{
    private const string AlertId = "alr_aaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static readonly string Post = "<title>Post</title><p>"
        + string.Concat(Enumerable.Repeat("Light is what a winter needs. ", 40)) + "<a href='https://example.org/'>our shop</a>";

    private const string Secret = "Widgets of a secret client";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private enum Access
    {
        SignIn,
        Refused,
        Hidden,
        Open,
    }

    private static readonly Caller[] Callers =
    [
        new("nobody", null, false), new("a wrong key", "wrong", false), new("a viewer", "read", false), new("an editor", "write", false),
        new("an owner", "admin", false), new("a viewer of another project", "read", true),
        new("an owner of another project", "admin", true),
    ];

    [Fact]
    public async Task Every_page_opens_to_those_whom_its_policies_name_and_tells_the_others_nothing()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        var pages = DashboardRoute.AllOf(product);
        Assert.True(pages.Count > 30, $"Only {pages.Count} pages were found.");
        var wrong = new List<string>();
        foreach (var caller in Callers)
        {
            // What is only read or refused leaves everything as it is for the next page; every act has a project of its own.
            var shared = await StageAsync(product, caller);
            foreach (var page in pages)
            {
                var stage = page.IsPost && Expected(page, caller) == Access.Open ? await StageAsync(product, caller) : shared;
                product.Clock.Advance(TimeSpan.FromMinutes(1));
                using var visitor = await DashboardVisitor.EnterAsync(product, stage.Key, Token);
                var entries = await EntriesAsync(product);
                using var answer = await SendAsync(visitor, page, stage.Values);
                var text = await answer.Content.ReadAsStringAsync(Token);
                var expected = Expected(page, caller);
                if (!IsAs(answer, text, expected, page))
                    wrong.Add($"{page} by {caller.Name}: {(int)answer.StatusCode} {answer.Headers.Location} instead of {expected}");
                var made = await EntriesAsync(product) - entries;
                var due = expected == Access.Open && page is { IsPost: true, IsAudited: true } ? 1 : 0;
                if (made != due)
                    wrong.Add($"{page} by {caller.Name}: {made} entries in the audit log instead of {due}");
                if (expected != Access.Hidden)
                    continue;
                var none = new Dictionary<string, string>(
                    stage.Values)
                { ["projectId"] = "prj_aaaaaaaaaaaaaaaa", ["keyId"] = "cccccccccccc", ["vendorId"] = "vnd_none" };
                using var missing = await SendAsync(visitor, page, none);
                if (text != await missing.Content.ReadAsStringAsync(Token) || missing.StatusCode != answer.StatusCode)
                    wrong.Add($"{page} by {caller.Name} tells a foreign thing from a missing one");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task No_form_of_another_page_changes_anything()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        (string Name, string Value)?[] headers =
            [
                null, ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://evil.example"),
                ("Origin", "null"),
            ];
        var stage = await StageAsync(product, Callers.Single(caller => caller.Scope == "admin" && !caller.IsOfOther));
        using var visitor = await DashboardVisitor.EnterAsync(product, stage.Key, Token);
        var before = await StoredAsync(product);
        foreach (var page in DashboardRoute.AllOf(product).Where(page => page.IsPost))
        {
            foreach (var header in headers)
            {
                using var answer = await visitor.PostAsync(
                    page.PathWith(stage.Values), Forms(stage.Values), header, Token, withToken: header is not null);

                Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{page} with {header}: {answer.StatusCode}");
                Assert.False(answer.Headers.Contains("Set-Cookie"), $"{page} with {header} sets a cookie.");
            }
        }

        Assert.Equal(before, await StoredAsync(product));
    }

    [Fact]
    public async Task A_form_to_a_page_that_is_not_there_finds_none_or_leads_to_the_sign_in()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        var project = await product.Api.CreateProjectAsync(new { name = "There" }, Token);
        using var owner = await DashboardVisitor.EnterAsync(product, Product.AdminKey, Token);
        using var nobody = await DashboardVisitor.EnterAsync(product, null, Token);
        foreach (var path in (string[])["/app/nothing", $"/app/p/{project}/nothing", $"/app/p/{project}/links/a/b/c"])
        {
            foreach (var withToken in (bool[])[true, false])
            {
                using var missing = await owner.PostAsync(path, [], null, Token, withToken);
                using var away = await nobody.PostAsync(path, [], null, Token, withToken);

                Assert.Equal((path, HttpStatusCode.NotFound), (path, missing.StatusCode));
                Assert.True(
                    away.StatusCode == HttpStatusCode.Redirect
                        && away.Headers.Location!.PathAndQuery().StartsWith("/sign-in", StringComparison.Ordinal)
                        || (await away.Content.ReadAsStringAsync(Token)).Contains("action=\"/sign-in", StringComparison.Ordinal),
                    $"{path}: {away.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task Nobody_gets_assets_by_another_name_and_pages_by_none()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        using var nobody = await DashboardVisitor.EnterAsync(product, null, Token);

        foreach (var name in (string[])[Views.AssetFiles.Style, Views.AssetFiles.Script, Views.AssetFiles.Icon])
        {
            using var asset = await nobody.GetAsync(name, Token);
            Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
            Assert.Equal("public, max-age=31536000, immutable", asset.Headers.GetValues("Cache-Control").Single());
            using var other = await nobody.GetAsync(HashInName().Replace(name, ".0123456789."), Token);
            Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        }

        using var page = await nobody.GetAsync("/app/p/prj_aaaaaaaaaaaaaaaa/links?q=state:lost", Token);
        Assert.Equal("/sign-in?next=%2Fapp%2Fp%2Fprj_aaaaaaaaaaaaaaaa%2Flinks%3Fq%3Dstate%3Alost", page.Headers.Location?.PathAndQuery());
    }

    [Fact]
    public async Task What_is_asked_again_is_answered_only_when_it_is_another()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        var stage = await StageAsync(product, Callers[2]);
        using var visitor = await DashboardVisitor.EnterAsync(product, stage.Key, Token);
        var path = $"/app/p/{stage.Values["projectId"]}/links";

        var news = await TagAsync($"{path}/news?since=");
        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync($"{path}/news?since=", news));
        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync($"{path}/news?since=", $"\"other\", W/{news}"));
        Assert.Equal(HttpStatusCode.OK, await AgainAsync($"{path}/news?since=", "\"other\""));
        await product.Api.RegisterAsync(
            stage.Values["projectId"], new { page = "https://other.example/", target = "https://example.org/" }, Token);
        Assert.Equal(HttpStatusCode.OK, await AgainAsync($"{path}/news?since=", news));

        var fresh = await product.Api.RegisterAsync(
            stage.Values["projectId"], new { page = "https://never.example/", target = "https://example.org/" }, Token);
        var live = $"{path}/{fresh}/live?wait=";
        var waiting = await TagAsync($"{live}0");
        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync($"{live}0", waiting));
        Assert.Equal(HttpStatusCode.NoContent, await AgainAsync(live, waiting));
        await product.RoundAsync(Token);
        Assert.Equal(HttpStatusCode.OK, await AgainAsync($"{live}0", waiting));

        async Task<string> TagAsync(string of)
        {
            using var answer = await visitor.GetAsync(of, Token);
            return answer.Headers.ETag!.ToString();
        }

        async Task<HttpStatusCode> AgainAsync(string of, string known)
        {
            using var answer = await visitor.GetAsync(of, Token, ("If-None-Match", known));
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Pages_and_assets_are_compressed_and_the_api_is_not(string coding)
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        using var owner = await DashboardVisitor.EnterAsync(product, Product.AdminKey, Token);

        foreach (var path in (string[])["/app", "/app/people", Views.AssetFiles.Style, Views.AssetFiles.Script])
        {
            using var answer = await owner.GetAsync(path, Token, ("Accept-Encoding", coding));
            Assert.Equal(coding, Assert.Single(answer.Content.Headers.ContentEncoding));
            Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/projects");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", coding);
        using var api = await product.Api.Client.SendAsync(request, Token);
        Assert.Empty(api.Content.Headers.ContentEncoding);
    }

    private static Access Expected(DashboardRoute page, Caller caller)
    {
        if (page.Policies.Count == 0)
            return Access.Open;
        if (caller.Scope is null or "wrong")
            return Access.SignIn;
        string[] scopes = ["read", "write", "admin"];
        foreach (var policy in page.Policies)
        {
            var (scope, isForAll) = policy switch
            {
                SessionScheme.Viewer => ("read", false),
                SessionScheme.Editor => ("write", false),
                SessionScheme.EditorOfAll => ("write", true),
                SessionScheme.Owner => ("admin", false),
                SessionScheme.OwnerOfAll => ("admin", true),
                _ => throw new InvalidOperationException($"{page} has the unknown policy {policy}."),
            };
            if (Array.IndexOf(scopes, caller.Scope) < Array.IndexOf(scopes, scope) || (isForAll && caller.IsOfOther))
                return Access.Refused;
        }

        return caller.IsOfOther && page.Path.Contains("{projectId", StringComparison.Ordinal)
            || caller.IsOfOther && page.Path.Contains("{keyId", StringComparison.Ordinal)
            || caller.IsOfOther && page.Path.Contains("{vendorId", StringComparison.Ordinal) ? Access.Hidden : Access.Open;
    }

    private static bool IsAs(HttpResponseMessage answer, string text, Access expected, DashboardRoute page) => expected switch
    {
        Access.SignIn when page.IsPost => answer.StatusCode == HttpStatusCode.Unauthorized
            && text.Contains("Your session has ended", StringComparison.Ordinal) && !text.Contains(Secret, StringComparison.Ordinal),
        Access.SignIn => answer.StatusCode == HttpStatusCode.Redirect && text.Length == 0
            && answer.Headers.Location!.PathAndQuery().StartsWith("/sign-in?next=", StringComparison.Ordinal),
        Access.Refused => answer.StatusCode == HttpStatusCode.Forbidden && !text.Contains(Secret, StringComparison.Ordinal),
        Access.Hidden => answer.StatusCode == HttpStatusCode.NotFound && !text.Contains(Secret, StringComparison.Ordinal),
        _ when page.Policies.Count == 0 => (int)answer.StatusCode is < 500 and not 403 && !text.Contains(Secret, StringComparison.Ordinal),
        _ => (int)answer.StatusCode is (>= 200 and < 300) or 302 or 304,
    };

    /// <summary>A project with one thing of each kind, another project, and the caller's key.</summary>
    private static async Task<(string? Key, Dictionary<string, string> Values)> StageAsync(Product product, Caller caller)
    {
        var project = await product.Api.CreateProjectAsync(new { name = Secret, recipients = new[] { "anna@example.org" } }, Token);
        var link = await product.Api.RegisterAsync(
            project, new { page = "https://blog.example.net/", target = "https://example.org/" }, Token);
        await AskedLink.MakeAsync(product, new ProjectId(project), new LinkId(link), Token);
        var other = await product.Api.RegisterAsync(
            project,
            new
            {
                page = "https://other.example.net/",
                target = "https://example.org/",
                tags = new[] { "unwanted" },
                terms = new { vendor = Secret },
            },
            Token);
        var address = StorageSamples.Address(new(project));
        await product.Get<IExportAddressStore>().AddAsync(address, Token);
        var opened = await product.Api.PostAsync(
            $"/api/v1/projects/{project}/cases", new { linkId = other }, HttpStatusCode.Created, Token);
        var own = await product.Api.PostAsync("/api/v1/keys", new { name = "Ben", projectId = project }, HttpStatusCode.Created, Token);
        var channels = await product.Api.GetAsync($"/api/v1/projects/{project}/channels", Token);
        var type = await product.Api.PostAsync($"/api/v1/projects/{project}/types", new { name = "Mine" }, HttpStatusCode.Created, Token);
        var failure = await product.Get<IFailureStore>().RecordAsync(
            "alerts", $$"""{"projectId":"{{project}}"}""", product.Clock.GetUtcNow(), Token);
        await product.Get<UndoableBulk>().RunOneAsync(
            new ProjectId(project), BulkAction.Mute, link, new Author("key", "Key"), Token);
        var undo = await product.Get<UndoableBulk>().RunOneAsync(
            new ProjectId(project), BulkAction.Unmute, link, new Author("key", "Key"), Token);
        await product.Get<IAlertPlanStore>().TryWriteAsync(
            new PlanResult
            {
                Plan = new AlertPlan { ProjectId = new(project), ReadAt = product.Clock.GetUtcNow(), WakeAt = product.Clock.GetUtcNow() },
                Opened = [new NewAlert(StorageSamples.Alert(new(project), product.Clock.GetUtcNow(), AlertId), [])],
            },
            Token);
        var (report, share) = await SampleReport.MakeAsync(product, project, Token);
        var values = new Dictionary<string, string>
        {
            ["projectId"] = project,
            ["number"] = report,
            ["shareId"] = share,
            ["linkId"] = link,
            ["keyId"] = own.GetProperty("id").GetString()!,
            ["channelId"] = channels.GetProperty("items")[0].GetProperty("id").GetString()!,
            ["alertId"] = AlertId,
            ["undoId"] = undo!.UndoId!,
            ["caseId"] = opened.GetProperty("id").GetString()!,
            ["addressId"] = address.Id,
            ["vendorId"] = VendorName.IdOf(Secret)!,
            ["viewId"] = "none",
            ["sheetId"] = await SheetAsync(product, project),
            ["importId of retry"] = await SampleImport.BeginAsync(product, project, ImportState.Failed, Token),
            ["importId"] = await SampleImport.BeginAsync(product, project, ImportState.Draft, Token),
            ["importId of undo"] = await SampleImport.BeginAsync(product, project, ImportState.Done, Token),
            ["importId of rejected.csv"] = await SampleImport.BeginAsync(product, project, ImportState.Done, Token),
            ["importId of cancel"] = await SampleImport.BeginAsync(product, project, ImportState.Waiting, Token),
            ["typeKey"] = type.GetProperty("key").GetString()!,
            ["own"] = "",
            ["queue"] = "alerts",
            ["failureId"] = failure.Id,
            ["token"] = "none",
            ["name"] = "none",
        };

        // Tests of channels and those who guess keys have quotas, which end with their minute.
        product.Clock.Advance(TimeSpan.FromMinutes(2));
        if (caller.Scope is null or "wrong")
            return (caller.Scope is null ? null : "lm_000000000000" + new string('0', 38), values);
        if (caller.IsOfOther)
            values["own"] = await product.Api.CreateProjectAsync(new { name = "Other" }, Token);
        object wanted = caller.IsOfOther
            ? new { name = "Carla", scope = caller.Scope, projectId = values["own"] }
            : new { name = "Carla", scope = caller.Scope };
        var made = await product.Api.PostAsync("/api/v1/keys", wanted, HttpStatusCode.Created, Token);
        var key = made.GetProperty("key").GetString()!;
        if (!caller.IsOfOther)
            values["viewId"] = await SaveViewAsync(product, project, key);
        return (key, values);
    }

    private static async Task<string> SheetAsync(Product product, string project) =>
        (await product.Get<IPolledSheetStore>().SaveAsync(StorageSamples.Sheet(new(project)), Token))!.Id;

    // A view is its maker's own.
    private static async Task<string> SaveViewAsync(Product product, string project, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/projects/{project}/views")
        {
            Headers = { Authorization = new("Bearer", key) },
            Content = System.Net.Http.Json.JsonContent.Create(new { name = "Mine", filter = "state:lost" }),
        };
        using var answer = await product.Api.Client.SendAsync(request, Token);
        using var view = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return view.RootElement.GetProperty("id").GetString()!;
    }

    // Good for whatever form it is.
    private static IReadOnlyCollection<KeyValuePair<string, string>> Forms(Dictionary<string, string> values) =>
        DashboardVisitor.Fields(
            ("name", "New"), ("confirm", Secret), ("page", "https://new.example/"), ("target", "https://example.org/"), ("act", "mute"),
            ("link", values["linkId"]), ("count", "1"), ("kind", "email"), ("address", "ben@example.org"), ("otherwise", "at-once"),
            ("role", "viewer"), ("timeZone", "UTC"), ("language", "en"), ("checkEveryMinutes", "1440"), ("match", "page"),
            ("terms.costPeriod", "term"), ("senderName", ""), ("logoUrl", ""), ("recipients", ""), ("projectIds", values["own"]),
            ("filter", "state:lost"), ("linkId", values["linkId"]), ("status", "contacted"),
            ("text", "A note"), ("title", "A report"), ("recipient", "Bea"), ("sections", "summary"),
            ("of", "tag:unwanted"), ("gives", "csv"),
            ("says", "seen"), ("days", "30"), ("html", Post), ("url", "https://blog.example.net/"));

    private static Task<HttpResponseMessage> SendAsync(
        DashboardVisitor visitor, DashboardRoute page, Dictionary<string, string> values)
    {
        // What can be done with an import depends on how far it is.
        var own = new Dictionary<string, string>(values);
        if (values.TryGetValue($"importId of {page.Path.Split('/')[^1]}", out var import))
            own["importId"] = import;
        // Links come in one way at a time.
        var isImport = page.Path.EndsWith("/imports", StringComparison.Ordinal);
        return page.IsPost
            ? visitor.PostAsync(page.PathWith(own), [.. Forms(own).Where(field => !(isImport && field.Key == "url"))], null, Token)
            : visitor.GetAsync(page.PathWith(own), Token);
    }

    private static Task<int> EntriesAsync(Product product) => product.CountRowsAsync(TableNames.Audit, Token);

    // All rows but when keys were last used.
    private static async Task<string> StoredAsync(Product product)
    {
        var rows = new List<string>();
        foreach (var table in TableNames.All)
        {
            foreach (var row in await product.RowsAsync(table, Token))
            {
                rows.Add($"{table} {row.PartitionKey} {row.RowKey} " + string.Join(' ', row
                    .Where(cell => cell.Key is not ("lastUsedAt" or "Timestamp" or "odata.etag") && table != TableNames.Keys)
                    .Select(cell => string.Create(CultureInfo.InvariantCulture, $"{cell.Key}={cell.Value}"))));
            }
        }

        return string.Join('\n', rows.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\.[0-9a-f]{10}\.")]
    private static partial Regex HashInName();

    private sealed record Caller(string Name, string? Scope, bool IsOfOther);
}

internal static class UriExtensions
{
    /// <summary>What follows the host of an address, or all of a relative one.</summary>
    public static string PathAndQuery(this Uri uri) => uri.IsAbsoluteUri ? uri.PathAndQuery : uri.OriginalString;
}
