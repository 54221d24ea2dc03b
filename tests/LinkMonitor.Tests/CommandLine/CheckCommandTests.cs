using System.Text.Json;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.CommandLine;

public sealed class CheckCommandTests
{
    private const string Page = "<title>Post</title><p>We like <a href='http://127.0.0.1:9/' rel='nofollow'>Example</a> very much.</p>";

    [Theory]
    [InlineData("any", 0, "live")]
    [InlineData("nofollow", 0, "live")]
    [InlineData("follow", 1, "changed")]
    [InlineData("nofollow sponsored", 1, "changed")]
    public async Task Rel_decides_the_exit_code(string rel, int exitCode, string state)
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/post", Page);

        var result = await Cli.RunLocalAsync("check", web.Url("/post"), "--target", "http://127.0.0.1:9/", "--rel", rel, "--json");

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(state, JsonDocument.Parse(result.Output).RootElement.GetProperty("state").GetString());
    }

    // A whole post, so that nothing but the link is missing.
    private const string Without = """
        <title>Post</title><article><h1>Lamps for small rooms</h1><p>We like nobody here, but <a href='/about'>read about us</a>.</p>
        <p>A small room wants light from more than one side, and a lamp that stands on
        the floor gives it without taking the table away.</p></article>
        """;

    [Theory]
    [InlineData(200, Without, 1, "lost", "observed")]
    [InlineData(404, "gone", 1, "lost", "gone")]
    [InlineData(410, "gone", 1, "lost", "gone")]
    [InlineData(403, "no", 2, "unknown", "blocked")]
    [InlineData(999, "no", 2, "unknown", "blocked")]
    [InlineData(503, "later", 2, "unknown", "server-error")]
    [InlineData(200, "", 2, "unknown", "observed")]
    public async Task Answer_decides_state_and_exit_code(int status, string body, int exitCode, string state, string observation)
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/post", body, status);

        var result = await Cli.RunLocalAsync("check", web.Url("/post"), "--target", "http://127.0.0.1:9/", "--json");

        var json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(
            (exitCode, state, observation),
            (result.ExitCode, json.GetProperty("state").GetString(), json.GetProperty("observation").GetString()));
    }

    [Theory]
    [InlineData(false, 2, "unknown", "our-fault")]
    [InlineData(true, 1, "changed", "target-broken")]
    public async Task A_target_without_an_address_is_broken_only_while_our_own_network_is_well(
        bool isWell, int exitCode, string state, string reason)
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/post", "<p>We like <a href='https://shop.invalid/'>Example</a> very much.</p>").MapHtml("/well", "");
        var control = isWell ? web.Url("/well") : "http://127.0.0.1:9/";

        var result = await Cli.RunLocalAsync(
            "check", web.Url("/post"), "--target", "https://shop.invalid/", "--control-urls", control, "--json");

        var json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(
            (exitCode, state, reason),
            (result.ExitCode, json.GetProperty("state").GetString(), json.GetProperty("reasons")[0].GetProperty("code").GetString()));
        Assert.Equal(isWell, result.Output.Contains("Renew the domain", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_that_is_not_as_expected_stays_so_while_our_own_network_fails()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/post", "<p>We like <a rel='nofollow' href='https://shop.invalid/'>Example</a> very much.</p>");

        var result = await Cli.RunLocalAsync(
            "check", web.Url("/post"), "--target", "https://shop.invalid/", "--rel", "follow", "--control-urls", "http://127.0.0.1:9/");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("our own network is at fault", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_our_own_network_keeps_us_from_is_unknown()
    {
        var result = await Cli.RunLocalAsync(
            "check", "https://blog.invalid/post", "--target", "https://shop.invalid/", "--control-urls", "http://127.0.0.1:9/", "--json");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("our-fault", JsonDocument.Parse(result.Output).RootElement.GetProperty("observation").GetString());
    }

    [Fact]
    public async Task A_control_address_that_is_none_is_refused()
    {
        var result = await Cli.RunLocalAsync("check", "http://127.0.0.1:9/", "--target", "http://127.0.0.1:9/", "--control-urls", "well");

        Assert.Equal(64, result.ExitCode);
        Assert.Contains("'well' is not an http or https address", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_the_promised_names_and_no_others()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapRedirect("/old", "/post").MapHtml("/post", Page);

        var result = await Cli.RunLocalAsync("check", web.Url("/old"), "--target", "http://127.0.0.1:9/", "--rel", "follow", "--json");

        var json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(
            ["page", "target", "observation", "state", "reasons", "status", "finalUrl", "redirects", "occurrences", "checkedAt"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["code", "message"], json.GetProperty("reasons")[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(["url", "status"], json.GetProperty("redirects")[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ["href", "url", "rel", "follow", "anchor", "kind", "placement", "hidden"],
            json.GetProperty("occurrences")[0].EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task Private_address_is_refused_without_the_switch()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);

        var result = await Cli.RunAsync("check", web.Url("/post"), "--target", "http://127.0.0.1:9/", "--json");

        var json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal((2, "refused"), (result.ExitCode, json.GetProperty("observation").GetString()));
        Assert.Contains("--allow-private-networks", result.Error + result.Output, StringComparison.Ordinal);
        Assert.Empty(web.Requests);
    }

    [Fact]
    public async Task Page_that_robots_txt_forbids_is_2_with_a_hint_and_is_not_asked_for()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/post", Page).Map("/robots.txt", context => context.Response.WriteAsync("User-agent: linkmonitor\nDisallow: /post"));

        var result = await Cli.RunLocalAsync("check", web.Url("/post"), "--target", "http://127.0.0.1:9/", "--json");

        var json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal((2, "robots-disallowed"), (result.ExitCode, json.GetProperty("observation").GetString()));
        Assert.Contains("--ignore-robots", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(web.Requests, request => request.Path == "/post");
    }

    [Fact]
    public async Task Page_of_ones_own_is_checked_whatever_robots_txt_says_to_us()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/post", Page).Map("/robots.txt", context => context.Response.WriteAsync("User-agent: linkmonitor\nDisallow: /post"));

        var result = await Cli.RunLocalAsync("check", web.Url("/post"), "--target", "http://127.0.0.1:9/", "--ignore-robots");

        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Page_closed_to_Googlebot_is_told()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/post", Page).Map("/robots.txt", context => context.Response.WriteAsync("User-agent: googlebot\nDisallow: /post"));

        var result = await Cli.RunLocalAsync("check", web.Url("/post"), "--target", "http://127.0.0.1:9/", "--json");

        var reason = JsonDocument.Parse(result.Output).RootElement.GetProperty("reasons")[0];
        Assert.Equal((1, "google-disallowed"), (result.ExitCode, reason.GetProperty("code").GetString()));
        Assert.Contains("Disallow: /post", reason.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Give a page and --target", "check")]
    [InlineData("target is missing", "check", "https://blog.example.net/")]
    [InlineData("not a URL", "check", "nonsense", "--target", "http://127.0.0.1:9/")]
    [InlineData("http:// or https://", "check", "ftp://blog.example.net/", "--target", "http://127.0.0.1:9/")]
    [InlineData("match mode", "check", "https://blog.example.net/", "--target", "http://127.0.0.1:9/", "--match", "regex")]
    [InlineData("rel expectation", "check", "https://blog.example.net/", "--target", "http://127.0.0.1:9/", "--rel", "noopener")]
    [InlineData("works only with --file", "check", "https://blog.example.net/", "--target", "http://127.0.0.1:9/", "--delay", "2s")]
    [InlineData("not both", "check", "https://blog.example.net/", "--file", "x.csv")]
    [InlineData("duration", "check", "--file", "x.csv", "--delay", "soon")]
    [InlineData("--concurrency", "check", "--file", "x.csv", "--concurrency", "0")]
    [InlineData("--unknown", "check", "--unknown")]
    [InlineData("dance", "dance")]
    public async Task Wrong_usage_is_64_and_says_what_to_do(string hint, params string[] args)
    {
        var result = await Cli.RunAsync(args);

        Assert.Equal(64, result.ExitCode);
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("check", "--file", "there-is-no-such-file.csv")]
    [InlineData("check", "--file", "there-is-no-such-file.csv", "--baseline", "nor-such.jsonl")]
    [InlineData("import", "there-is-no-such-file.csv")]
    [InlineData("import", "--all", "there-is-no-such-file.csv")]
    public async Task A_missing_file_is_65(params string[] args)
    {
        var result = await Cli.RunAsync(args);

        Assert.Equal(65, result.ExitCode);
        Assert.Contains("There is no file '", result.Error, StringComparison.Ordinal);
        Assert.Contains("there-is-no-such-file.csv'.", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--help", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_from_a_page_cannot_steer_the_terminal()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/post", "<p>We like <a href='http://127.0.0.1:9/'>\u001b[2J\u202eevil</a> very much.</p>");

        var result = await Cli.RunLocalAsync("check", web.Url("/post"), "--target", "http://127.0.0.1:9/");

        Assert.DoesNotContain('\u001b', result.Output);
        Assert.DoesNotContain('\u202e', result.Output);
        Assert.Contains("evil", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_marks_the_deciding_step_and_names_the_source()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapRedirect("/old", "/post").MapHtml("/post", Page);

        var result = await Cli.RunLocalAsync("check", web.Url("/old"), "--target", "http://127.0.0.1:9/", "--rel", "follow", "--explain");

        var lines = result.Output.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            "=> rel         rel=\"nofollow\": not followed", Assert.Single(lines, line => line.StartsWith("=>", StringComparison.Ordinal)));
        Assert.Single(lines, line => line.StartsWith(" ! redirects   302 ", StringComparison.Ordinal));
        Assert.Single(lines, line => line.StartsWith("Source: https://developers.google.com/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Text_tells_where_on_the_page_the_link_stands()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/post", Page);

        var result = await Cli.RunLocalAsync("check", web.Url("/post"), "--target", "http://127.0.0.1:9/");

        Assert.Contains("link      1: http://127.0.0.1:9/", result.Output, StringComparison.Ordinal);
        Assert.Contains("% down]", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--file=links.csv")]
    public async Task Explain_goes_with_the_text_of_one_page_only(string option)
    {
        string[] page = option == "--json" ? ["https://blog.example.net/", "--target", "http://127.0.0.1:9/"] : [];

        var result = await Cli.RunLocalAsync(["check", .. page, option, "--explain"]);

        Assert.Equal(option == "--json" ? 64 : 65, result.ExitCode);
    }
}
