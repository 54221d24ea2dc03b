using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LinkMonitor.CommandLine;
using LinkMonitor.CommandLine.Results;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.CommandLine;

/// <summary>Runs over files that are stopped, gone on with, and partly wrong.</summary>
public sealed class BigFileTests : IDisposable
{
    private const string Target = "http://127.0.0.1:9/";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("results.csv")]
    [InlineData("results.jsonl")]
    public async Task A_stopped_run_leaves_whole_rows_and_another_goes_on_to_the_same_end(string name)
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        var served = 0;
        web.Map("/page/*", async context =>
        {
            if (Interlocked.Increment(ref served) == 30)
                await stop.CancelAsync();
            await WritePageAsync(context);
        });
        var file = Write(
            "links.csv",
            "page,target,cost\n"
                + string.Concat(Enumerable.Range(0, 100).Select(n => $"{web.Url($"/page/{n % 60}")},{Target}{n},EUR {n}\n")));
        string[] command = ["check", "--file", file, "--output", PathOf(name), "--delay", "0", "--per-host", "4"];

        var stopped = await RunAsync(command, stop.Token);
        File.AppendAllText(PathOf(name), "half a ro");
        var resumed = await Cli.RunLocalAsync([.. command, "--resume"]);

        Assert.Equal(130, stopped.ExitCode);
        Assert.Contains(" links: ", stopped.Error, StringComparison.Ordinal);
        Assert.Contains("--resume to continue", stopped.Error, StringComparison.Ordinal);
        Assert.Equal(2, resumed.ExitCode);
        Assert.Contains("were there already", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(2, 100), Lines(PathOf(name)).Select(row => row.Line));
        Assert.Equal(Enumerable.Range(0, 100).Select(n => $"EUR {n}"), Lines(PathOf(name)).Select(row => row.Cost));
        Assert.InRange(web.Requests.Count(request => request.Path.StartsWith("/page/", StringComparison.Ordinal)), 60, 100);
    }

    [Fact]
    public async Task Results_are_on_disk_before_the_run_ends()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        var output = PathOf("results.jsonl");
        var seen = new TaskCompletionSource<string>();
        web.Map("/page/*", WritePageAsync);
        web.Map("/last", async context =>
        {
            while (new FileInfo(output) is { Exists: false } or { Length: 0 })
                await Task.Yield();
            seen.SetResult(await ReadSharedAsync(output));
            await WritePageAsync(context);
        });
        var file = Write("links.csv", $"page,target\n{web.Url("/page/1")},{Target}\n{web.Url("/last")},{Target}\n");

        var result = await Cli.RunLocalAsync("check", "--file", file, "--output", output, "--delay", "0", "--per-host", "2");

        Assert.EndsWith("}\n", await seen.Task, StringComparison.Ordinal);
        Assert.Equal(2, result.ExitCode);
    }

    [Theory]
    [InlineData("results.csv", "page,tar")]
    [InlineData("results.csv", "")]
    [InlineData("results.jsonl", "{\"page\":\"ht")]
    public async Task A_run_that_was_cut_before_its_first_result_is_begun_again(string name, string left)
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.Map("/page/*", WritePageAsync);
        var file = Write("links.csv", $"page,target,cost\n{web.Url("/page/1")},{Target}1,12\n");

        await Cli.RunLocalAsync("check", "--file", file, "--output", Write(name, left), "--resume", "--delay", "0");

        Assert.Equal([(2, "12")], Lines(PathOf(name)));
    }

    [Theory]
    [InlineData("results.csv")]
    [InlineData("results.jsonl")]
    public async Task A_row_whose_own_column_was_edited_since_is_checked_again(string name)
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.Map("/page/*", WritePageAsync);
        string Rows(string cost) => $"page,target,cost\n{web.Url("/page/1")},{Target}1,{cost}\n{web.Url("/page/2")},{Target}2,=7\n";
        var output = PathOf(name);
        await Cli.RunLocalAsync("check", "--file", Write("links.csv", Rows("12")), "--output", output, "--delay", "0");

        var result = await Cli.RunLocalAsync(
            "check", "--file", Write("links.csv", Rows("13")), "--output", output, "--resume", "--delay", "0");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("1 row that already has a result; it is checked again", result.Error, StringComparison.Ordinal);
        Assert.Contains("1 of these results was there already.", result.Error, StringComparison.Ordinal);
        Assert.Equal([(2, "13"), (3, name.EndsWith(".csv", StringComparison.Ordinal) ? "\"'=7\"" : "=7")], Lines(output));
    }

    [Theory]
    [InlineData("results.csv", "rel", "follow", "nofollow")]
    [InlineData("results.jsonl", "rel", "follow", "nofollow")]
    [InlineData("results.csv", "anchor", "here", "there")]
    [InlineData("results.jsonl", "match", "page", "exact")]
    public async Task A_row_of_which_only_the_expectation_was_edited_is_checked_again(string name, string column, string then, string now)
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/page/*", $"<title>Page</title><p>Words <a href='{Target}'>here</a>.");
        var output = PathOf(name);
        string Rows(string cell) =>
            $"page,target,{column}\n{web.Url("/page/1")},{Target},{cell}\n{web.Url("/page/2")},{Target},{then}\n";
        await Cli.RunLocalAsync("check", "--file", Write("links.csv", Rows(then)), "--output", output, "--delay", "0");
        File.SetLastWriteTimeUtc(output, DateTime.UnixEpoch);

        var result = await Cli.RunLocalAsync(
            "check", "--file", Write("links.csv", Rows(now)), "--output", output, "--resume", "--delay", "0");

        Assert.Contains("1 row that already has a result; it is checked again", result.Error, StringComparison.Ordinal);
        Assert.Contains(
            "Rows with any changed cell are checked again; all other rows keep their results.", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("may stay", result.Error, StringComparison.Ordinal);
        Assert.Equal(name.EndsWith(".csv", StringComparison.Ordinal) ? 3 : 2, File.ReadAllLines(output).Length);
    }

    [Fact]
    public async Task A_result_file_of_another_file_is_not_gone_on_with()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.Map("/page/*", WritePageAsync);
        var output = PathOf("results.csv");
        await Cli.RunLocalAsync(
            "check", "--file", Write("one.csv", $"page,target\n{web.Url("/page/1")},{Target}\n"), "--output", output, "--delay", "0");
        var before = File.ReadAllText(output);

        var other = await Cli.RunLocalAsync(
            "check", "--file", Write("two.csv", $"page,target\n{web.Url("/page/2")},{Target}\n"), "--output", output, "--resume");
        var without = await Cli.RunLocalAsync("check", "--file", PathOf("two.csv"), "--resume");

        Assert.Equal((64, 64), (other.ExitCode, without.ExitCode));
        Assert.Contains("does not belong to 'two.csv'", other.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(output));
    }

    [Fact]
    public async Task Bad_rows_are_listed_and_skipped_on_demand()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/page/1", $"<title>Page</title><p>Words <a href='{Target}'>here</a>.");
        var file = Write("links.csv", $"page,target\nnonsense,{Target}\n{web.Url("/page/1")},{Target}\n,{Target}\n");

        var strict = await Cli.RunLocalAsync("check", "--file", file);
        var skipping = await Cli.RunLocalAsync("check", "--file", file, "--skip-bad", "--delay", "0");

        Assert.Equal((64, 0), (strict.ExitCode, skipping.ExitCode));
        Assert.Contains("--skip-bad", strict.Error, StringComparison.Ordinal);
        Assert.Contains("Skipped. Line 2: The page 'nonsense'", skipping.Error, StringComparison.Ordinal);
        Assert.Contains("Skipped. Line 4: The page is missing", skipping.Error, StringComparison.Ordinal);
        Assert.Contains("2 rows were skipped", skipping.Error, StringComparison.Ordinal);
        Assert.Contains("1 link on 1 page: 1 live", skipping.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_behind_an_unclosed_quotation_mark_are_checked()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/page/*", $"<title>Page</title><p>Words <a href='{Target}'>here</a>.");
        var file = Write("links.csv", $"page,target,note\n{web.Url("/page/1")},{Target},\"open\n{web.Url("/page/2")},{Target},x\n");

        var result = await Cli.RunLocalAsync("check", "--file", file, "--skip-bad", "--delay", "0");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Skipped. Line 2: A quotation mark is opened", result.Error, StringComparison.Ordinal);
        Assert.Contains("1 row was skipped", result.Error, StringComparison.Ordinal);
        Assert.Contains("1 link on 1 page: 1 live", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("page,target\n")]
    [InlineData("page,target\n,\n;;\n")]
    public async Task A_file_without_a_row_is_no_success(string content)
    {
        var result = await Cli.RunLocalAsync(
            "check", "--file", Write("links.csv", content.Replace(";;", ",", StringComparison.Ordinal)), "--skip-bad");

        Assert.Equal(65, result.ExitCode);
        Assert.Contains("no row", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_link_of_a_file_is_explained_on_demand()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.Map("/page/*", WritePageAsync);
        var file = Write("links.csv", $"page,target\n{web.Url("/page/1")},{Target}\n");

        var text = await Cli.RunLocalAsync("check", "--file", file, "--explain", "--delay", "0");
        await Cli.RunLocalAsync("check", "--file", file, "--explain", "--output", PathOf("r.jsonl"), "--delay", "0");
        await Cli.RunLocalAsync("check", "--file", file, "--explain", "--output", PathOf("r.csv"), "--delay", "0");

        Assert.Contains("=> ", text.Output, StringComparison.Ordinal);
        var sentence = JsonDocument.Parse(File.ReadAllText(PathOf("r.jsonl"))).RootElement
            .GetProperty("explanation")
            .GetProperty("sentence").GetString();
        Assert.Contains(sentence!.Split('"')[0], text.Output, StringComparison.Ordinal);
        Assert.EndsWith("line,explanation", File.ReadLines(PathOf("r.csv")).First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_of_our_own_is_70_and_one_sentence()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        var exitCode = await LinkMonitorCommand.RunAsync(
            ["check", "http://127.0.0.1:9/", "--target", Target],
            new InvocationConfiguration { Output = output, Error = error },
            new BrokenTime(),
            TestContext.Current.CancellationToken);

        var line = Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(70, exitCode);
        Assert.Contains("please send us", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_bar_shows_counts_and_fits_the_terminal()
    {
        var text = ProgressLine.Text(1_500, 3_000, "1,400 live, 100 changed", TimeSpan.FromMinutes(2), columns: 200);

        Assert.Equal("[##########----------] 1,500 of 3,000 pages, about 2 min left: 1,400 live, 100 changed", text);
        Assert.Equal(39, ProgressLine.Text(1_500, 3_000, "1,400 live, 100 changed", TimeSpan.FromMinutes(2), columns: 40).Length);
    }

    private static Task WritePageAsync(HttpContext context)
    {
        var number = context.Request.Path.Value!.Split('/')[^1];
        return context.Response.WriteAsync(
            $"<title>Page {number}</title><p>Words <a href='{Target}{number}'>here</a>.", context.RequestAborted);
    }

    private static async Task<string> ReadSharedAsync(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return await reader.ReadToEndAsync();
    }

    private static async Task<Cli> RunAsync(string[] command, CancellationToken stop)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await LinkMonitorCommand.RunAsync(
            [.. command, "--allow-private-networks"], new InvocationConfiguration { Output = output, Error = error }, TimeProvider.System,
            stop);
        return new Cli(exitCode, output.ToString(), error.ToString());
    }

    private static IEnumerable<(int Line, string Cost)> Lines(string path)
    {
        if (path.EndsWith(".jsonl", StringComparison.Ordinal))
            return File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement)
                .Select(json => (json.GetProperty("line").GetInt32(), json.GetProperty("columns").GetProperty("cost").GetString()!));
        return File.ReadLines(path)
            .Skip(1)
            .Select(line => line.Split(','))
            .Select(cells => (int.Parse(cells[^2], CultureInfo.InvariantCulture), cells[^1]));
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    private sealed class BrokenTime : TimeProvider
    {
        public override long GetTimestamp() => throw new InvalidOperationException("No clock.");

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            throw new InvalidOperationException("No clock.");
    }
}
