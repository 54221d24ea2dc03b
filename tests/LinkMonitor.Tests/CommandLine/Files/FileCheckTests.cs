using System.Text;
using System.Text.Json;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.CommandLine.Files;

public sealed class FileCheckTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Thousand_links_on_300_pages_are_one_fetch_per_page_with_results_in_input_order()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.Map("/page/*", context => context.Response.WriteAsync(
            "<title>Page</title><p>Words."
                + string.Concat(Enumerable.Range(0, 4).Select(n => $" <a href='http://127.0.0.1:9/{n}'>{n}</a>"))));
        var rows = Enumerable.Range(0, 1000)
            .Select(n => (Page: web.Url($"/page/{n % 300}"), Target: $"http://127.0.0.1:9/{n / 300}"))
            .ToArray();
        var file = Write("page,target\n" + string.Concat(rows.Select(row => $"{row.Page},{row.Target}\n")));
        var output = Path.Combine(_folder.FullName, "results.jsonl");

        var result = await Cli.RunLocalAsync("check", "--file", file, "--output", output, "--per-host", "8", "--delay", "0");

        var results = File.ReadLines(output).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(300, web.Requests.Count(request => request.Path != "/robots.txt"));
        Assert.Single(web.Requests, request => request.Path == "/robots.txt");
        Assert.Equal(rows, results.Select(json => (json.GetProperty("page").GetString()!, json.GetProperty("target").GetString()!)));
        Assert.Contains("1,000 links on 300 pages: 1,000 live", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jsonl_is_compact()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/a", "<p>Words <a href='http://127.0.0.1:9/'>é and 'quotes'</a> here.</p>");
        var output = Path.Combine(_folder.FullName, "results.jsonl");

        await Cli.RunLocalAsync(
            "check", "--file", Write($"page,target\n{web.Url("/a")},http://127.0.0.1:9/\n"), "--output", output, "--delay", "0");

        var line = Assert.Single(File.ReadAllLines(output));
        Assert.StartsWith(
            $"{{\"page\":\"{web.Url("/a")}\",\"target\":\"http://127.0.0.1:9/\","
                + $"\"observation\":\"observed\",\"state\":\"live\",\"reasons\":[]",
            line,
            StringComparison.Ordinal);
        Assert.Contains("é and 'quotes'", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/live", 0)]
    [InlineData("/live,/blocked", 2)]
    [InlineData("/live,/blocked,/gone", 1)]
    public async Task Exit_code_is_the_worst_seen(string paths, int exitCode)
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/live", "<p>Words <a href='http://127.0.0.1:9/'>Example</a> here.</p>")
            .MapStatus("/blocked", 403)
            .MapStatus("/gone", 404);
        var file = Write("page,target\n" + string.Concat(paths.Split(',').Select(path => $"{web.Url(path)},http://127.0.0.1:9/\n")));

        var result = await Cli.RunLocalAsync("check", "--file", file, "--delay", "0");

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(paths.Split(',').Length, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData("--ignore-robots", 0)]
    public async Task Pages_that_robots_txt_forbids_are_read_only_on_demand(string? option, int exitCode)
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/a", "<p>Words <a href='http://127.0.0.1:9/'>Example</a> here.</p>");
        web.Map("/robots.txt", context => context.Response.WriteAsync("User-agent: LinkMonitor\nDisallow: /"));
        var file = Write($"page,target\n{web.Url("/a")},http://127.0.0.1:9/\n");

        var result = await Cli.RunLocalAsync(
            ["check", "--file", file, "--delay", "0", .. option is null ? Array.Empty<string>() : [option]]);

        Assert.Equal(exitCode, result.ExitCode);
    }

    [Fact]
    public async Task Csv_output_neutralises_formulas_from_pages()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/a", "<p>Words <a href='http://127.0.0.1:9/'>=HYPERLINK(\"http://evil.example\")</a> here.</p>");
        var output = Path.Combine(_folder.FullName, "results.csv");

        await Cli.RunLocalAsync(
            "check", "--file", Write($"page,target\n{web.Url("/a")},http://127.0.0.1:9/\n"), "--output", output, "--delay", "0");

        var lines = await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken);
        Assert.StartsWith("page,target,state,reasons", lines[0], StringComparison.Ordinal);
        Assert.Contains("'=HYPERLINK", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8", ",")]
    [InlineData("utf-16", "\t")]
    [InlineData("utf-8", ";")]
    public async Task Encodings_and_delimiters_of_spreadsheets_are_read(string encoding, string delimiter)
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/a", "<meta charset=utf-8><p>Words <a rel=sponsored href='http://127.0.0.1:9/x'>Grüße, Welt</a> here.</p>");
        var rows = string.Join(delimiter, "Target", "PAGE", "rel", "anchor", "match") + "\r\n"
            + string.Join(delimiter, "http://127.0.0.1:9/", web.Url("/a"), "sponsored", "\"Grüße, Welt\"", "host") + "\r\n";

        var result = await Cli.RunLocalAsync("check", "--file", Write(rows, Encoding.GetEncoding(encoding)), "--delay", "0");

        Assert.Equal((0, string.Empty), (result.ExitCode, result.ExitCode == 0 ? string.Empty : result.Error + result.Output));
    }

    [Fact]
    public async Task Columns_that_cannot_be_guessed_are_asked_for_and_taken_as_they_are_said()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/a", "<p>Words <a href='http://127.0.0.1:9/x'>here</a> and more of them.</p>");
        var file = Write($"One,Two\nhttp://127.0.0.1:9/x,{web.Url("/a")}\n");

        var asked = await Cli.RunLocalAsync("check", "--file", file, "--delay", "0");
        var said = await Cli.RunLocalAsync("check", "--file", file, "--delay", "0", "--columns", "page:2,target:One");
        var wrong = await Cli.RunLocalAsync("check", "--file", file, "--columns", "page:2,aim:One");
        var single = await Cli.RunLocalAsync("check", web.Url("/a"), "--target", "http://127.0.0.1:9/x", "--columns", "page:2");

        Assert.Equal(64, asked.ExitCode);
        Assert.Contains("Say so with --columns", asked.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (said.ExitCode, said.ExitCode == 0 ? "" : said.Error + said.Output));
        Assert.Equal(64, wrong.ExitCode);
        Assert.Contains("'aim' is not one of ", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("--columns works only with --file.", single.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_that_are_said_are_taken_also_where_the_file_has_no_header_at_all()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/a", "<p>Words <a href='http://127.0.0.1:9/x'>here</a> and more of them.</p>");
        var file = Write($"Our links\nof May\n1,{web.Url("/a")},http://127.0.0.1:9/x,one\n");

        var asked = await Cli.RunLocalAsync("check", "--file", file, "--delay", "0");
        var said = await Cli.RunLocalAsync("check", "--file", file, "--delay", "0", "--columns", "page:2,target:3");
        var wrong = await Cli.RunLocalAsync("check", "--file", file, "--delay", "0", "--columns", "page:1,target:3");

        Assert.Equal(64, asked.ExitCode);
        Assert.Contains("Say so with --columns", asked.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (said.ExitCode, said.ExitCode == 0 ? "" : said.Error + said.Output));
        Assert.Equal(64, wrong.ExitCode);
        Assert.Contains("No row has an address in each of the columns that are chosen: '1' as", wrong.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Targets_that_our_own_network_keeps_us_from_are_unknown(bool isExplained)
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/post", "<p>Words <a href='https://shop.invalid/'>here</a> and <a href='https://inn.invalid/'>there</a>.</p>");
        var output = Path.Combine(_folder.FullName, "results.jsonl");
        var file = Write($"page,target\n{web.Url("/post")},https://shop.invalid/\n{web.Url("/post")},https://inn.invalid/\n");
        string[] explain = isExplained ? ["--explain"] : [];

        var result = await Cli.RunLocalAsync(
            ["check", "--file", file, "--output", output, "--delay", "0", "--control-urls", "http://127.0.0.1:9/", .. explain]);

        Assert.Equal(2, result.ExitCode);
        Assert.All(
            File.ReadAllLines(output).Select(line => JsonDocument.Parse(line).RootElement),
            json => Assert.Equal(
                ("unknown", "our-fault"),
                (json.GetProperty("state").GetString(), json.GetProperty("reasons")[0].GetProperty("code").GetString())));
    }

    [Fact]
    public async Task Broken_target_is_told_for_every_link_and_asked_for_once()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        var target = web.Url("/shop");
        web.Map("/page/*", context => context.Response.WriteAsync($"<title>Page</title><p>Words <a href='{target}'>here</a>.")).MapStatus(
            "/shop", 404);
        var output = Path.Combine(_folder.FullName, "results.jsonl");
        var rows = Enumerable.Range(0, 20).Select(n => $"{web.Url($"/page/{n}")},{target}\n");

        var result = await Cli.RunLocalAsync(
            "check", "--file", Write("page,target\n" + string.Concat(rows)), "--output", output, "--per-host", "4", "--delay", "0");

        var results = File.ReadLines(output).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(20, results.Length);
        Assert.All(results, json => Assert.Equal("changed", json.GetProperty("state").GetString()));
        Assert.All(results, json => Assert.Equal("target-broken", json.GetProperty("reasons")[0].GetProperty("code").GetString()));
        Assert.Single(web.Requests, request => request.Path == "/shop");
    }

    [Theory]
    [InlineData("page\nhttps://a.example/\n", "'target' is missing")]
    [InlineData("page,page,target\na,b,c\n", "appears twice")]
    [InlineData(
        "page,target\nhttps://a.example/,https://example.org/\nnonsense,https://example.org/\n",
        "Line 3: The page 'nonsense' is not a URL")]
    [InlineData("page,target\nhttps://a.example/\n", "Line 2: The target is missing")]
    [InlineData("page,target,rel\nhttps://a.example/,https://example.org/,noopener\n", "Line 2: 'noopener' is not a rel expectation")]
    public async Task Wrong_file_is_64_with_the_line_and_nothing_is_checked(string content, string hint)
    {
        var result = await Cli.RunAsync("check", "--file", Write(content));

        Assert.Equal(64, result.ExitCode);
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\n \r\n,,\n")]
    public async Task File_in_which_nothing_stands_is_65(string content)
    {
        var result = await Cli.RunAsync("check", "--file", Write(content));

        Assert.Equal(65, result.ExitCode);
        Assert.Contains("The file is empty", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_with_an_unknown_ending_is_wrong_usage()
    {
        var result = await Cli.RunAsync(
            "check", "--file", Write("page,target\nhttps://a.example/,https://example.org/\n"), "--output", "results.xlsx");

        Assert.Equal(64, result.ExitCode);
        Assert.Contains(".csv or .jsonl", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_that_cannot_be_written_is_told_before_anything_is_fetched()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        var output = Path.Combine(_folder.FullName, "no-such-folder", "results.csv");

        var result = await Cli.RunLocalAsync(
            "check", "--file", Write($"page,target\n{web.Url("/a")},https://example.org/\n"), "--output", output);

        Assert.Equal(73, result.ExitCode);
        Assert.Empty(web.Requests);
    }

    private string Write(string content, Encoding? encoding = null)
    {
        var path = Path.Combine(_folder.FullName, "links.csv");
        File.WriteAllText(path, content, encoding ?? new UTF8Encoding(false));
        return path;
    }
}
