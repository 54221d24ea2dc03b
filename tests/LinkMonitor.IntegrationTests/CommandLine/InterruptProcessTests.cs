using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.IntegrationTests.CommandLine;

/// <summary>Ctrl+C at a run over a big file, in the real process.</summary>
public sealed class InterruptProcessTests : IDisposable
{
    private const int Rows = 50_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_command_that_SIGTERM_stops_ends_with_143()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        var reached = new TaskCompletionSource();
        web.Map("/page", async context =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await using var process = LinkMonitorProcess.Start(
            new Dictionary<string, string>(),
            ["check", web.Url("/page"), "--target", "http://127.0.0.1:9/", "--allow-private-networks", "--ignore-robots"]);
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(2), Token);

        Assert.Equal(143, await process.StopAsync(Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(2_000)]
    public async Task A_run_is_stopped_with_whole_rows_a_summary_and_130(int pages)
    {
        await using var web = await LocalWeb.StartAsync(Token);
        var reached = new TaskCompletionSource();
        var served = 0;
        web.Map("/page/*", context =>
        {
            if (Interlocked.Increment(ref served) == pages)
                reached.TrySetResult();
            return context.Response.WriteAsync(
                "<title>Page</title><p>Words <a href='http://127.0.0.1:9/'>here</a>.", context.RequestAborted);
        });
        var (links, output) = (Path.Combine(_folder.FullName, "links.csv"), Path.Combine(_folder.FullName, "results.csv"));
        await File.WriteAllLinesAsync(
            links, Enumerable.Range(0, Rows).Select(n => $"{web.Url($"/page/{n}")},http://127.0.0.1:9/").Prepend("page,target"), Token);
        await using var process = LinkMonitorProcess.Start(
            new Dictionary<string, string>(),
            ["check", "--file", links, "--output", output, "--allow-private-networks", "--delay", "0", "--per-host", "16"]);
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(2), Token);

        var exitCode = await process.InterruptAsync(Token);

        var text = await File.ReadAllTextAsync(output, Token);
        Assert.True(exitCode == 130, process.Output);
        Assert.Contains(" of 50,000 links were not checked", process.Output, StringComparison.Ordinal);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        Assert.Single(text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(',').Length).Distinct());
    }
}
