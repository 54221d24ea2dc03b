using System.Text.Json;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.CommandLine;

/// <summary>A file of links checked again with the results of an earlier run.</summary>
public sealed class BaselineOptionTests : IDisposable
{
    private const string Target = "http://127.0.0.1:9/";
    private const string Prose =
        "We tried a dozen of these lamps over the winter, in every room of the house, and wrote down which of them were still alight when "
            + "the days grew long again. ";
    private const string Head = "<title>Ten lamps</title><main><article><h1>Ten lamps</h1><p>" + Prose + Prose + "</p><p>" + Prose;
    private const string Page = Head + "We like <a href='" + Target + "'>Example</a> best.</p></article></main>";
    private const string Without = Head + "We like none best.</p></article></main>";
    private const string Renamed = Head + "We like <a href='" + Target + "' rel=nofollow>another</a> best.</p></article></main>";
    private const string Other =
        "<title>Apple trees</title><main><article><h1>Apple trees</h1><p>A branch grows towards the light and takes it from those below, "
            + "so it should be cut back to the second bud before "
        + "the sap rises in March, and never later, or the wound will weep until the summer.</p></article></main>";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(Without, "LOST", "link-removed", "1 lost, 0 not found", 1)]
    [InlineData(Other, "UNKNOWN", "page-replaced", "1 could not tell", 2)]
    [InlineData(Renamed, "CHANGED", "rel-changed, anchor-changed", "1 changed", 1)]
    [InlineData(Page, "LIVE", "", "1 live", 0)]
    public async Task A_page_is_compared_with_what_an_earlier_run_saw(string now, string word, string reasons, string summary, int exitCode)
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        var html = Page;
        web.Map("/post", context => WriteAsync(context, html));
        var file = Write("links.csv", $"page,target\n{web.Url("/post")},{Target}\n");
        await Cli.RunLocalAsync("check", "--file", file, "--output", PathOf("earlier.jsonl"), "--delay", "0");

        html = now;
        var result = await Cli.RunLocalAsync("check", "--file", file, "--baseline", PathOf("earlier.jsonl"), "--delay", "0");

        Assert.Equal(exitCode, result.ExitCode);
        Assert.StartsWith(word, result.Output, StringComparison.Ordinal);
        Assert.EndsWith(reasons, result.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains(summary, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_known_of_a_page_outlives_runs_that_did_not_find_the_link()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        var html = Page;
        web.Map("/post", context => WriteAsync(context, html));
        var file = Write("links.csv", $"page,target\n{web.Url("/post")},{Target}\n");
        await Cli.RunLocalAsync("check", "--file", file, "--output", PathOf("first.jsonl"), "--delay", "0");
        html = Other;
        await Cli.RunLocalAsync(
            "check", "--file", file, "--baseline", PathOf("first.jsonl"), "--output", PathOf("second.jsonl"), "--delay", "0");

        html = Without;
        var result = await Cli.RunLocalAsync(
            "check", "--file", file, "--baseline", PathOf("second.jsonl"), "--output", PathOf("third.jsonl"), "--delay", "0");

        var line = JsonDocument.Parse(Assert.Single(File.ReadAllLines(PathOf("third.jsonl")))).RootElement;
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("lost", line.GetProperty("state").GetString());
        Assert.Equal("Ten lamps", line.GetProperty("known").GetProperty("page").GetProperty("title").GetString());
    }

    [Fact]
    public async Task Without_an_earlier_run_nothing_is_lost_or_to_be_put_back()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/post", Without);

        var one = await Cli.RunLocalAsync("check", web.Url("/post"), "--target", Target);
        var many = await Cli.RunLocalAsync(
            "check", "--file", Write("links.csv", $"page,target\n{web.Url("/post")},{Target}\n"), "--delay", "0");

        Assert.StartsWith("NOT FOUND", one.Output, StringComparison.Ordinal);
        Assert.StartsWith("NOT FOUND", many.Output, StringComparison.Ordinal);
        Assert.Contains("1 not found", many.Error, StringComparison.Ordinal);
        Assert.All([one.Output, many.Output, many.Error], text => Assert.DoesNotContain("lost", text, StringComparison.OrdinalIgnoreCase));
        Assert.All([one.Output, many.Output], text => Assert.DoesNotContain("put it back", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{\"page\":\"x\"}")]
    public async Task A_baseline_that_is_none_is_named_by_its_line(string line)
    {
        var file = Write("links.csv", $"page,target\nhttp://127.0.0.1:9/a,{Target}\n");

        var result = await Cli.RunLocalAsync("check", "--file", file, "--baseline", Write("earlier.jsonl", line));

        Assert.Equal(64, result.ExitCode);
        Assert.Contains("Line 1 of the baseline is not a result", result.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing was checked", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_baseline_in_CSV_is_told_once_and_by_what_it_is()
    {
        var file = Write("links.csv", $"page,target\nhttp://127.0.0.1:9/a,{Target}\n");
        var earlier = Write(
            "earlier.csv", "page,target,state\n" + string.Concat(Enumerable.Repeat("https://a.example/,https://b.example/,live\n", 30)));

        foreach (var more in (string[][])[[], ["--skip-bad"]])
        {
            var result = await Cli.RunLocalAsync(["check", "--file", file, "--baseline", earlier, .. more]);

            Assert.Equal(64, result.ExitCode);
            Assert.Equal(2, result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
            Assert.Contains("It looks like CSV", result.Error, StringComparison.Ordinal);
            Assert.Contains(".jsonl", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Bad_lines_of_a_baseline_are_skipped_on_demand()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.Map("/post", context => WriteAsync(context, Page));
        var file = Write("links.csv", $"page,target\n{web.Url("/post")},{Target}\n");
        await Cli.RunLocalAsync("check", "--file", file, "--output", PathOf("earlier.jsonl"), "--delay", "0");
        File.AppendAllText(PathOf("earlier.jsonl"), "{\"page\":\"cut off\n");

        var strict = await Cli.RunLocalAsync("check", "--file", file, "--baseline", PathOf("earlier.jsonl"), "--delay", "0");
        var skipping = await Cli.RunLocalAsync(
            "check", "--file", file, "--baseline", PathOf("earlier.jsonl"), "--skip-bad", "--delay", "0");

        Assert.Equal((64, 0), (strict.ExitCode, skipping.ExitCode));
        Assert.Contains("--skip-bad", strict.Error, StringComparison.Ordinal);
        Assert.Contains("Skipped. Line 2 of the baseline is not a result.", skipping.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_baseline_is_neither_missing_nor_overwritten_nor_for_a_single_page()
    {
        var file = Write("links.csv", $"page,target\nhttp://127.0.0.1:9/a,{Target}\n");
        var earlier = Write("earlier.jsonl", "");

        var missing = await Cli.RunLocalAsync("check", "--file", file, "--baseline", PathOf("nowhere.jsonl"));
        var same = await Cli.RunLocalAsync("check", "--file", file, "--baseline", earlier, "--output", earlier);
        var single = await Cli.RunLocalAsync("check", "http://127.0.0.1:9/a", "--target", Target, "--baseline", earlier);

        Assert.Equal((65, 64, 64), (missing.ExitCode, same.ExitCode, single.ExitCode));
        Assert.Contains("no file", missing.Error, StringComparison.Ordinal);
        Assert.Contains("same file", same.Error, StringComparison.Ordinal);
        Assert.Contains("only with --file", single.Error, StringComparison.Ordinal);
    }

    private static Task WriteAsync(HttpContext context, string html)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(html, context.RequestAborted);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }
}
