using System.Text.Json;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.CommandLine;

public sealed class InspectCommandTests
{
    private const string Page = """
        <!doctype html><title>A page</title><base href="/sub/"><meta name="robots" content="noindex, nofollow">
        <link rel="canonical" href="/canonical">
        <nav><a href="home">Home</a></nav><main><p>Text <a href="https://example.org/?a=1" rel="Nofollow UGC">one <b>two</b></a>
        <a href="https://example.org/"><img alt="Logo"></a></p></main>
        """;

    [Fact]
    public async Task Json_has_the_promised_shape()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/page", Page);

        var result = await Cli.RunLocalAsync("inspect", web.Url("/page"), "--json");

        var json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            ["url", "finalUrl", "status", "redirects", "robots", "canonical", "base", "title", "links"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(web.Url("/canonical"), json.GetProperty("canonical").GetString());
        Assert.Equal(web.Url("/sub/"), json.GetProperty("base").GetString());
        Assert.False(json.GetProperty("robots").GetProperty("index").GetBoolean());
        var links = json.GetProperty("links").EnumerateArray().ToArray();
        Assert.Equal(
            [web.Url("/sub/home"), "https://example.org/?a=1", "https://example.org/"],
            links.Select(link => link.GetProperty("url").GetString()!));
        Assert.Equal(["nav", "main", "main"], links.Select(link => link.GetProperty("placement").GetString()!));
        Assert.Equal(["Home", "one two", "Logo"], links.Select(link => link.GetProperty("anchor").GetString()!));
        Assert.Equal("image", links[2].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Text_lists_links_and_directives()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/page", Page);

        var result = await Cli.RunLocalAsync("inspect", web.Url("/page"));

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("noindex, nofollow", result.Output, StringComparison.Ordinal);
        Assert.Contains("links     3", result.Output, StringComparison.Ordinal);
        Assert.Contains("rel=\"nofollow ugc\"", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData("--ignore-robots", 0)]
    public async Task Page_that_robots_txt_forbids_is_read_only_on_demand(string? option, int exitCode)
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapHtml("/page", Page).Map("/robots.txt", context => context.Response.WriteAsync("User-agent: *\nDisallow: /page"));

        var result = await Cli.RunLocalAsync(["inspect", web.Url("/page"), .. option is null ? Array.Empty<string>() : [option]]);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(option is null, result.Error.Contains("--ignore-robots", StringComparison.Ordinal));
        Assert.Equal(option is null, !web.Requests.Any(request => request.Path == "/page"));
    }

    [Fact]
    public async Task Page_that_cannot_be_read_is_2_and_says_why()
    {
        await using var web = await LocalWeb.StartAsync(TestContext.Current.CancellationToken);
        web.MapStatus("/page", 403);

        var result = await Cli.RunLocalAsync("inspect", web.Url("/page"), "--json");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("403", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }
}
