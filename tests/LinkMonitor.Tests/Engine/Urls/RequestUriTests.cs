using LinkMonitor.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LinkMonitor.Tests.Engine.Urls;

public sealed class RequestUriTests
{
    [Theory]
    [InlineData("/a%2Fb/%41?q='x'&y=%7e|", "/a%2Fb/%41?q=%27x%27&y=%7e|")]
    [InlineData("/a%2fb/%41%7e%2E/'|~[]?y=%7e|[]{}\\^`", "/a%2fb/%41%7e%2E/'|~[]?y=%7e|[]{}\\^`")]
    [InlineData("//double//slash/", "//double//slash/")]
    [InlineData("/%", "/%")]
    [InlineData("/%zz%e9%c3%a9?%zz", "/%zz%e9%c3%a9?%zz")]
    [InlineData("/é?é#é", "/%C3%A9?%C3%A9")]
    [InlineData("?", "/?")]
    [InlineData("/x?#f", "/x?")]
    [InlineData("/%5C%2e%2e%5c..%2f", "/%5C%2e%2e%5c..%2f")]
    public async Task Path_and_query_arrive_as_the_standard_serialises_them(string reference, string expected)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var server = await StartEchoAsync(cancellationToken);
        var root = TestUrls.Parse(server.Urls.Single());
        var url = TestUrls.Parse($"http://user:secret@127.1:{root.Port}{reference}");

        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, url.ToRequestUri());
        using var response = await client.SendAsync(request, cancellationToken);

        var target = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.Equal($"{expected} for 127.0.0.1:{root.Port} without credentials", target);
    }

    [Theory]
    [InlineData("https://bücher.example:8443/a", "xn--bcher-kva.example", 8443)]
    [InlineData("http://[::ffff:127.0.0.1]/a", "::ffff:127.0.0.1", 80)]
    [InlineData("http://a_b.example./a", "a_b.example.", 80)]
    [InlineData("http://0x7f.1/a", "127.0.0.1", 80)]
    public void Host_and_port_are_the_parsers(string input, string host, int port)
    {
        var url = TestUrls.Parse(input);

        var uri = url.ToRequestUri();

        Assert.Equal(host, uri!.IdnHost);
        Assert.Equal(port, uri.Port);
    }

    [Theory]
    [InlineData("ftp://h/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("mailto:a@b")]
    [InlineData("http://a!b/")]
    [InlineData("http://a..b/")]
    public void What_cannot_be_requested_has_no_request_uri(string input)
    {
        var url = TestUrls.Parse(input);

        Assert.Null(url.ToRequestUri());
    }

    private static async Task<WebApplication> StartEchoAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.Run(static context =>
        {
            var credentials = context.Request.Headers.Authorization.Count == 0 ? "without" : "with";
            var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            return context.Response.WriteAsync($"{target} for {context.Request.Host} {credentials} credentials", context.RequestAborted);
        });
        await server.StartAsync(cancellationToken);
        return server;
    }
}
