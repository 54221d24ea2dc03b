using System.Net;
using LinkMonitor.IntegrationTests.Support;

namespace LinkMonitor.IntegrationTests.Api;

public sealed class LandingTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task First_page_is_open_to_all_and_says_where_its_values_come_from()
    {
        var stop = TestContext.Current.CancellationToken;
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

        using var response = await client.GetAsync(new Uri(fixture.Product.Api.Client.BaseAddress!, "/"), stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var page = await response.Content.ReadAsStringAsync(stop);
        Assert.Contains($"URL={fixture.Product.Api.Client.BaseAddress!.AbsoluteUri.TrimEnd('/')}", page, StringComparison.Ordinal);
        foreach (var value in new[] { "KEY=", "PROJECT=", "admin key", "from the answer", "href=\"/docs\"" })
            Assert.Contains(value, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/CheckPage")]
    [InlineData("/api/v1/nothing")]
    public async Task Unknown_path_is_a_problem_document(string path)
    {
        using var response = await fixture.Product.Api.Client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
