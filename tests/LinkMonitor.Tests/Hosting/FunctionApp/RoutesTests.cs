using LinkMonitor.Hosting.FunctionApp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LinkMonitor.Tests.Hosting.FunctionApp;

/// <summary>
/// The routes of the HTTP functions in the router the Functions host uses (ASP.NET Core's <see cref="Route"/>, one per function, in
/// their order), because no host runs in these tests.
/// </summary>
public sealed class RoutesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "HttpRoot")]
    [InlineData("/?x=1", "HttpRoot")]
    [InlineData("/app", "HttpApp")]
    [InlineData("/app/projects/1", "HttpApp")]
    [InlineData("/assets/app.css", "HttpAssets")]
    [InlineData("/api/v1/projects", "HttpApi")]
    [InlineData("/docs", "HttpDocs")]
    [InlineData("/openapi/v1.json", "HttpOpenApi")]
    [InlineData("/health", "HttpHealth")]
    [InlineData("/s/abc/unsubscribe", "HttpShared")]
    public async Task A_public_path_goes_to_its_function(string path, string function)
    {
        var answer = await AskAsync(path);

        Assert.Equal((200, function), answer);
    }

    [Fact]
    public async Task No_route_covers_a_trigger_path()
    {
        foreach (var path in DeployedFunctions.All.Select(definition => definition.Name).Concat(FunctionAppFiles.Routes.Keys))
        {
            foreach (var spelling in new[] { path, path.ToLowerInvariant(), $"{path}/", $"/{path}", $"%{(int)path[0]:x2}{path[1..]}" })
                Assert.Equal((404, ""), await AskAsync($"/{spelling}"));
        }
    }

    [Fact]
    public void No_route_starts_where_the_host_reserves_paths()
    {
        Assert.All(FunctionAppFiles.Routes.Values, route =>
        {
            Assert.DoesNotMatch("(?i)^/?(admin|runtime)", route);
            Assert.False(string.IsNullOrWhiteSpace(route), "The host reads an empty route as the function's name.");
        });
    }

    private static async Task<(int Status, string Function)> AskAsync(string target)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        await using var app = builder.Build();
        app.UseRouter(routes =>
        {
            foreach (var (function, route) in FunctionAppFiles.Routes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                routes.MapRoute(route, context => context.Response.WriteAsync(function));
        });
        await app.StartAsync(Cancellation);

        var answer = await RawHttp.SendAsync(
            new Uri(app.Urls.Single()).Port, $"GET {target} HTTP/1.0\nHost: monitor.example.com", "", Cancellation);

        return (answer.Status, answer.Body);
    }
}
