using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.IntegrationTests.CommandLine;

/// <summary>A running service from the command line, as a person without curl uses it.</summary>
public sealed class ServiceCommandTests
{
    private readonly SentHook _imports = new(QueueNames.Imports);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Types_are_given_by_option_and_by_column_and_only_those_of_the_project()
    {
        await using var product = await StartAsync(ProductSettings.InMemory());
        var project = await product.Api.CreateProjectAsync(new { name = "Acme" }, Token);
        var folder = Directory.CreateTempSubdirectory("linkmonitor-");
        try
        {
            var file = Path.Combine(folder.FullName, "links.csv");
            await File.WriteAllTextAsync(
                file,
                "page,target,type,rel\nhttps://a.example/,example.org,Forum,\nhttps://b.example/,example.org,press,follow\n"
                    + "https://c.example/,example.org,,\nhttps://d.example/,example.org,colours,\n",
                Token);

            Assert.Contains("Nothing was imported.", await RunAsync(product, 64, "import", file), StringComparison.Ordinal);
            var output = await RunAsync(product, 0, "import", file, "--skip-bad");
            Assert.Contains("Acme: 3 added, 0 known already, 1 rejected.", output, StringComparison.Ordinal);
            Assert.Contains("Skipped. Line 5", output, StringComparison.Ordinal);
            Assert.Contains("no such type of link", output, StringComparison.Ordinal);
            await RunAsync(product, 0, "add", "https://e.example/", "--target", "example.org", "--type", "guest-post");

            var links = (await product.Api.GetAsync($"/api/v1/projects/{project}/links?limit=10", Token)).GetProperty("items");
            Assert.Equal(
                ["a.example:forum:any", "b.example:press:follow", "c.example::", "e.example:guest-post:follow"],
                links.EnumerateArray().Select(link => $"{new Uri(link.GetProperty("page").GetString()!).Host}:"
                    + $"{link.GetProperty("type").GetString()}:{link.GetProperty("rel").GetString()}").Order(StringComparer.Ordinal));
            Assert.Contains("a.example", await RunAsync(product, 0, "list", "--filter", "type:forum"), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task From_the_first_project_to_how_are_my_links()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        web.Map(
            "/page/*",
            context =>
                context.Response.WriteAsync(
                    "<title>Page</title><p>Words <a href='https://example.org/'>here</a>.", context.RequestAborted));
        await using var product = await StartAsync(ProductSettings.InMemory());
        var folder = Directory.CreateTempSubdirectory("linkmonitor-");
        try
        {
            var file = Path.Combine(folder.FullName, "links.csv");
            await File.WriteAllTextAsync(
                file,
                "page,target,cost\n" + string.Concat(Enumerable.Range(0, 3).Select(n => $"{web.Url($"/page/{n}")},example.org,{n}\n")),
                Token);

            Assert.Contains("There is no project yet", (await RunAsync(product, 64, "status")), StringComparison.Ordinal);
            Assert.Contains(
                "Project Acme is prj_",
                (await RunAsync(product, 0, "projects", "add", "Acme", "--recipient", "me@example.org")),
                StringComparison.Ordinal);
            Assert.Contains(
                "Acme: 3 added, 0 known already, 0 rejected.",
                (await RunAsync(product, 0, "import", file)),
                StringComparison.Ordinal);
            Assert.Contains(
                "Acme: 0 added, 3 known already, 0 rejected.",
                (await RunAsync(product, 0, "import", file)),
                StringComparison.Ordinal);
            Assert.Contains(
                "is watched in Acme",
                (await RunAsync(product, 0, "add", web.Url("/page/4"), "--target", "example.com", "--tag", "x")),
                StringComparison.Ordinal);
            await RunAsync(product, 0, "export", "--out", file + ".xlsx");
            Assert.Contains(
                "Acme: 0 added, 4 known already, 0 rejected.", await RunAsync(product, 0, "import", file + ".xlsx"),
                StringComparison.Ordinal);
            await product.RoundAsync(Token);

            var status = await RunAsync(product, 0, "status");
            Assert.All(
                [
                    "Acme: 4 links", "live               3", "pending            1", "at stake     nothing", "next check ",
                    "last alert   none yet",
                ],
                part => Assert.Contains(part, status, StringComparison.Ordinal));
            Assert.Equal(
                4,
                JsonDocument.Parse(await RunAsync(product, 0, "status", "--json")).RootElement
                    .GetProperty("links")
                    .GetProperty("total")
                    .GetInt32());
            var list = await RunAsync(product, 0, "list", "--state", "live");
            Assert.Equal(3, list.Split("LIVE").Length - 1);
            var projects = (await product.Api.GetAsync("/api/v1/projects", Token)).GetProperty("items");
            await product.Api.PostAsync(
                $"/api/v1/projects/{projects[0].GetProperty("id")}/views",
                new { name = "Fine ones", filter = "state:live" }, System.Net.HttpStatusCode.Created, Token);
            Assert.Equal(3, (await RunAsync(product, 0, "list", "--view", "fine ones")).Split("LIVE").Length - 1);
            Assert.Equal(0, (await RunAsync(product, 0, "list", "--view", "never-seen")).Split("LIVE").Length - 1);
            Assert.Contains("There are: ", await RunAsync(product, 64, "list", "--view", "Nothing"), StringComparison.Ordinal);
            Assert.Contains(
                "3 links will be checked next", await RunAsync(product, 0, "recheck", "--state", "live"), StringComparison.Ordinal);
            Assert.Equal(3, await product.DeliverAllAsync("CheckPage", Token));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Keys_are_made_used_and_revoked_and_may_do_what_they_may()
    {
        await using var product = await Product.StartAsync(ProductSettings.InMemory(), Token);
        await product.Api.CreateProjectAsync(new { name = "One" }, Token);
        await product.Api.CreateProjectAsync(new { name = "Two" }, Token);

        var key = (await RunAsync(product, 0, "keys", "add", "CI", "--project", "one")).Split('\n').Single(
            line => line.StartsWith("lm_", StringComparison.Ordinal));
        Assert.Contains("CI  (only prj_", (await RunAsync(product, 0, "keys")), StringComparison.Ordinal);
        Assert.DoesNotContain("Two", await RunWithAsync(product, key, 0, "projects"), StringComparison.Ordinal);
        Assert.Contains(
            "may not", await RunWithAsync(product, key, 77, "add", "a.example", "--target", "b.example"), StringComparison.Ordinal);
        Assert.Contains("/sign-in/", await RunAsync(product, 0, "keys", "sign-in", key[3..15]), StringComparison.Ordinal);
        await RunAsync(product, 0, "keys", "sign-out", "configured");
        await RunAsync(product, 64, "keys", "sign-in", "cccccccccccc");
        await RunAsync(product, 0, "keys", "revoke", key[3..15]);
        Assert.Contains("does not know this key", await RunWithAsync(product, key, 77, "projects"), StringComparison.Ordinal);
        Assert.Contains("Which project?", (await RunAsync(product, 64, "status")), StringComparison.Ordinal);
        Assert.Contains(
            "There is no project 'Three'. There are: ",
            (await RunAsync(product, 64, "list", "--project", "Three")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_the_service_refuses_is_named_by_its_line_and_the_others_are_taken_when_it_may_be_skipped()
    {
        await using var product = await StartAsync(ProductSettings.InMemory() with { AllowPrivateNetworks = false });
        await product.Api.CreateProjectAsync(new { name = "One" }, Token);
        var folder = Directory.CreateTempSubdirectory("linkmonitor-");
        try
        {
            var file = Path.Combine(folder.FullName, "links.csv");
            await File.WriteAllTextAsync(
                file, "page,target\nhttp://10.0.0.1/,https://example.org/\nhttps://blog.example/,https://example.org/\n", Token);

            Assert.Contains("Line 2: page:", await RunAsync(product, 64, "import", file), StringComparison.Ordinal);
            var output = await RunAsync(product, 0, "import", file, "--skip-bad");

            Assert.Contains("Skipped. Line 2: page:", output, StringComparison.Ordinal);
            Assert.Contains("One: 1 added, 0 known already, 1 rejected.", output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Imports are done as soon as they are asked for.</summary>
    private async Task<Product> StartAsync(ProductSettings settings) => await Product.StartAsync(settings.Through(_imports), Token);

    private Task<string> RunAsync(Product product, int exitCode, params string[] arguments) =>
        RunWithAsync(product, Product.AdminKey, exitCode, arguments);

    private async Task<string> RunWithAsync(Product product, string key, int exitCode, params string[] arguments)
    {
        var settings = new Dictionary<string, string>
        {
            ["LINKMONITOR_URL"] = product.Api.Client.BaseAddress!.ToString(),
            ["LINKMONITOR_KEY"] = key,
        };
        var sent = _imports.NextAsync();
        await using var process = LinkMonitorProcess.Start(settings, arguments);
        var end = process.ExitCodeAsync(Token);
        if (await Task.WhenAny(end, sent) != end)
            await product.DeliverAllAsync("ImportLinks", Token);
        var ended = await end;
        Assert.True(ended == exitCode, $"It ended with {ended}: {process.Output}");
        return process.Output;
    }

    /// <summary>Tells when a message was sent to a queue.</summary>
    private sealed class SentHook(string queue) : StorageHook
    {
        private TaskCompletionSource _next = new();

        /// <summary>The next message from now on.</summary>
        public Task NextAsync() => (_next = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public override Task AfterAsync(StorageCall call)
        {
            if (call.Place == queue && call.Operation.StartsWith("Send", StringComparison.Ordinal))
                _next.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
