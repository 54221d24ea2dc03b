using LinkMonitor.CommandLine.Service;
using LinkMonitor.IntegrationTests.Support;

namespace LinkMonitor.IntegrationTests.CommandLine;

/// <summary>A list in git, applied to a running service: <see cref="WatchListRun"/>.</summary>
public sealed class ApplyCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_is_planned_applied_applied_again_without_a_change_and_pruned_only_when_asked()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        var project = await product.Api.CreateProjectAsync(new { name = "Acme" }, Token);
        await product.Api.RegisterAsync(project, new { page = "https://by-hand.example/", target = "https://example.org/" }, Token);
        await product.Api.RegisterAsync(
            project, new { page = "https://b.example/", target = "https://example.org/", rel = "follow", tags = new[] { "old" } }, Token);
        var file = Write(
            """
            defaults: { target: https://example.org/, match: page }
            links:
              - page: https://a.example/
                type: guest-post
                terms: { vendor: Blog Ltd, cost: 12.5, currency: EUR, start: 2026-01-01, end: 2027-01-01 }
              - page: https://b.example/
                rel: nofollow
                tags: [new]
            """);

        var plan = await RunAsync(product, 0, "apply", file, "--dry-run");
        Assert.Equal(
            """
            + https://a.example/ -> https://example.org/  (line 3)
            ~ https://b.example/ -> https://example.org/  (rel: follow -> nofollow; tags: old -> new)
            Acme: 1 to add, 1 to change, 0 to remove, 0 as they are.
            """ + " 1 link of the project not in the list: kept (--prune removes such links).",
            plan);
        Assert.Equal(["b.example:follow", "by-hand.example:"], await LinksAsync(product, project));

        Assert.EndsWith("\nDone.", await RunAsync(product, 0, "apply", file), StringComparison.Ordinal);
        Assert.Equal(["a.example:follow", "b.example:nofollow", "by-hand.example:"], await LinksAsync(product, project));

        var again = await RunAsync(product, 0, "apply", file);
        Assert.Contains("0 to add, 0 to change, 0 to remove, 2 as they are.", again, StringComparison.Ordinal);
        Assert.EndsWith("\nAcme is as the list says.", again, StringComparison.Ordinal);

        var pruned = await RunAsync(product, 0, "apply", file, "--prune");
        Assert.StartsWith("- https://by-hand.example/ -> https://example.org/  (not in the list)\n", pruned, StringComparison.Ordinal);
        Assert.Contains("What was removed can be brought back in the dashboard until 2026-", pruned, StringComparison.Ordinal);
        Assert.Equal(["a.example:follow", "b.example:nofollow"], await LinksAsync(product, project));
        Assert.Equal(
            """{"created":0,"updated":0,"unchanged":2,"removed":0}""",
            (await RunAsync(product, 0, "apply", file, "--prune", "--json")).Split('\n')[^1]);
    }

    [Fact]
    public async Task A_line_that_is_wrong_stops_all_before_anything_is_written()
    {
        (string Line, string Told)[] wrong =
        [
            ("{page: https://b.example/, tagret: x}", "Line 2: 'tagret' is no field of a link."),
            ("{page: https://b.example/, target: https://example.org/, rel: maybe}", "Line 2: rel:"),
            ("{page: https://A.example, target: https://example.org/}", "Line 2: This link is in line 1 already"),
            (
                "{page: http://www.a.example/?utm_source=mail, target: https://www.example.org}",
                "Line 2: This line and line 1 watch the same link, written in two ways: http://www.a.example/?utm_source=mail"),
            ("{page: https://b.example/, target: https://example.org/, type: none}", "Line 2: type: The project has no such type"),
            ("{page: https://b.example/, target: https://example.org/, indexable: maybe}", "Line 2: indexable:"),
        ];
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        var project = await product.Api.CreateProjectAsync(new { name = "Acme" }, Token);
        foreach (var (line, told) in wrong)
        {
            var file = Write($"- {{page: https://a.example/, target: https://example.org/}}\n- {line}\n");

            var output = await RunAsync(product, 64, "apply", file, "--prune");

            Assert.Contains(told, output, StringComparison.Ordinal);
            Assert.Contains("Nothing was written.", output, StringComparison.Ordinal);
        }

        Assert.Empty(await LinksAsync(product, project));
    }

    [Fact]
    public async Task All_that_is_wrong_is_named_at_once_whether_the_file_or_the_service_says_it()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        var project = await product.Api.CreateProjectAsync(new { name = "Acme" }, Token);
        var file = Write(
            "- {page: https://a.example/, target: https://example.org/, colour: red}\n"
                + "- {page: ftp://b.example/, target: https://example.org/}\n- {page: https://c.example/, target: https://example.org/}\n");

        var output = await RunAsync(product, 64, "apply", file);

        Assert.Contains("Line 1: 'colour' is no field of a link.", output, StringComparison.Ordinal);
        Assert.Contains("Line 2: page:", output, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was written.", output.TrimEnd(), StringComparison.Ordinal);
        Assert.Empty(await LinksAsync(product, project));
    }

    [Fact]
    public async Task What_the_match_tells_apart_is_planned_and_a_link_of_the_project_in_another_spelling_is_told()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        var project = await product.Api.CreateProjectAsync(new { name = "Acme" }, Token);
        await product.Api.RegisterAsync(project, new { page = "http://www.b.example/", target = "https://example.org/" }, Token);
        var file = Write(
            """
            - {page: https://a.example/, target: https://example.org/, match: exact}
            - {page: https://a.example/, target: https://www.example.org/, match: exact}
            - {page: https://b.example/, target: https://example.org}
            """);

        var plan = await RunAsync(product, 0, "apply", file, "--dry-run");

        Assert.Contains("Acme: 3 to add, 0 to change, 0 to remove, 0 as they are.", plan, StringComparison.Ordinal);
        Assert.Contains(
            "(line 3; the project watches this link already, written as http://www.b.example/ -> https://example.org/)", plan,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_is_for_a_list_and_leaves_no_trace()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        var project = await product.Api.CreateProjectAsync(new { name = "Acme" }, Token);
        var path = $"/api/v1/projects/{project}/links?dryRun=true";
        var link = new { page = "https://a.example/", target = "https://example.org/" };

        var planned = await product.Api.PostAsync(path, new[] { link }, System.Net.HttpStatusCode.OK, Token);
        var refused = await product.Api.PostAsync(path, link, System.Net.HttpStatusCode.BadRequest, Token);

        Assert.Equal("created", planned.GetProperty("results")[0].GetProperty("outcome").GetString());
        Assert.Contains("Send an array", refused.GetProperty("errors").GetProperty("dryRun")[0].GetString(), StringComparison.Ordinal);
        Assert.Empty(await LinksAsync(product, project));
        var entries = await product.Api.GetAsync($"/api/v1/projects/{project}/audit", Token);
        Assert.DoesNotContain("link", entries.GetProperty("items").ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_named()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        var file = Path.Combine(_folder.FullName, "latin.yaml");
        await File.WriteAllBytesAsync(file, [0x2D, 0x20, 0xE9, 0x0A], Token);

        Assert.Contains("latin.yaml cannot be read: it is not UTF-8", await RunAsync(product, 65, "apply", file), StringComparison.Ordinal);
        var missing = Path.Combine(_folder.FullName, "none.yaml");
        Assert.Contains("none.yaml", await RunAsync(product, 65, "apply", missing), StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(Product product, int exitCode, params string[] arguments)
    {
        var settings = new Dictionary<string, string>
        {
            ["LINKMONITOR_URL"] = product.Api.Client.BaseAddress!.ToString(),
            ["LINKMONITOR_KEY"] = Product.AdminKey,
        };
        await using var process = LinkMonitorProcess.Start(settings, arguments);
        var ended = await process.ExitCodeAsync(Token);
        Assert.True(ended == exitCode, $"It ended with {ended}: {process.Output}");
        return process.Output;
    }

    private string Write(string text)
    {
        var file = Path.Combine(_folder.FullName, "links.yaml");
        File.WriteAllText(file, text);
        return file;
    }

    private static async Task<IEnumerable<string>> LinksAsync(Product product, string project)
    {
        var links = (await product.Api.GetAsync($"/api/v1/projects/{project}/links?limit=100", Token)).GetProperty("items");
        return links.EnumerateArray()
            .Select(link => $"{new Uri(link.GetProperty("page").GetString()!).Host}:{link.GetProperty("rel").GetString()}")
            .Order(StringComparer.Ordinal);
    }
}
