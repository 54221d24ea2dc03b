using System.CommandLine;
using LinkMonitor.CommandLine;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.CommandLine.Service;

/// <summary>What <c>linkmonitor import</c> says of what it did.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(
        "https://a.example/1,https://example.org/,2026-01-01\nhttps://b.example/,https://example.org/,\n",
        "1 link on 1 page of 1 host would be imported. 1 left out")]
    [InlineData(
        "https://a.example/1,https://example.org/,\nhttps://a.example/2,https://example.org/,\n",
        "2 links on 2 pages of 1 host would be imported.")]
    public async Task A_dry_run_counts_what_would_be_imported(string rows, string told)
    {
        var result = await Cli.RunAsync("import", Write("Source url,Target url,Lost\n" + rows), "--dry-run");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith(told, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_tells_what_came_of_the_links_that_were_sent()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var web = await ServiceAsync(async context =>
        {
            await stop.CancelAsync();
            await context.Response.WriteAsync(
                "{\"created\":1,\"updated\":0,\"unchanged\":0,\"invalid\":0,\"results\":[]}", context.RequestAborted);
        });

        var (exitCode, error) = await ImportAsync(web, stop.Token);

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("Interrupted", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_tells_of_links_whose_answer_did_not_come()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var web = await ServiceAsync(async context =>
        {
            await stop.CancelAsync();
            var gone = new TaskCompletionSource();
            await using var left = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        });

        var (exitCode, error) = await ImportAsync(web, stop.Token);

        Assert.Equal(130, exitCode);
        Assert.Contains("No answer came for 1 more link that was sent", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_there_cannot_be_is_named_as_it_was_written()
    {
        var result = await Cli.RunAsync("keys", "revoke", "no/such?x=1", "--url", "http://127.0.0.1:9");

        Assert.Equal(64, result.ExitCode);
        Assert.Contains("There is no key 'no/such?x=1'.", result.Error, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Error)> ImportAsync(LocalWeb web, CancellationToken stop)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await LinkMonitorCommand.RunAsync(
            ["import", Write("page,target\nhttps://a.example/,https://example.org/\n"), "--url", web.Origin],
            new InvocationConfiguration { Output = output, Error = error }, TimeProvider.System, stop);
        return (exitCode, error.ToString());
    }

    private static async Task<LocalWeb> ServiceAsync(RequestDelegate takeLinks)
    {
        var web = await LocalWeb.StartAsync(Token);
        web.Map("/api/v1/projects", context => context.Response.WriteAsync(
            "{\"items\":[{\"id\":\"prj_a\",\"name\":\"One\",\"recipients\":[],\"checkEveryMinutes\":60}]}", context.RequestAborted));
        web.Map("/api/v1/projects/prj_a/links", takeLinks);
        return web;
    }

    private string Write(string text)
    {
        var path = Path.Combine(_folder.FullName, "links.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
