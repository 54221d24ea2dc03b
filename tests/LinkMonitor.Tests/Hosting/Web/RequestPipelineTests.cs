using System.Net;
using LinkMonitor.Hosting.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LinkMonitor.Tests.Hosting.Web;

/// <summary>A pipeline inside an endpoint that took every path, as behind the Functions host.</summary>
public sealed class RequestPipelineTests
{
    [Theory]
    [InlineData("/items/7", HttpStatusCode.OK, "7 of /items/{id}, path: ")]
    [InlineData("/items", HttpStatusCode.NotFound, "")]
    [InlineData("/", HttpStatusCode.OK, "root")]
    [InlineData("/nothing", HttpStatusCode.NotFound, "")]
    public async Task Inner_routes_decide_and_see_nothing_of_the_outer_one(string path, HttpStatusCode status, string body)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var app = await StartAsync(stop);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        using var answer = await client.GetAsync(new Uri(new Uri(app.Urls.Single()), path), stop);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(body, await answer.Content.ReadAsStringAsync(stop));
    }

    private static async Task<WebApplication> StartAsync(CancellationToken stop)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        var app = builder.Build();
        var inner = RequestPipeline.Build(app.Services, Configure);
        app.Map("{*path}", async (HttpContext context) => { await inner.AnswerAsync(context); });
        await app.StartAsync(stop);
        return app;
    }

    private static void Configure(IApplicationBuilder app)
    {
        app.UseRouting();
        app.UseEndpoints(routes =>
        {
            routes.MapGet("/", () => "root");
            routes.MapGet("/items/{id}", (int id, HttpContext context) =>
                $"{id} of {((RouteEndpoint)context.GetEndpoint()!).RoutePattern.RawText}, path: {context.Request.RouteValues["path"]}");
        });
    }
}
