using LinkMonitor.About;
using LinkMonitor.CommandLine.Service;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.CommandLine.Service;

/// <summary>Whatever answers, or does not, is told in one sentence with what to do.</summary>
public sealed class ServiceClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(401, "", 77, "does not know this key")]
    [InlineData(
        403, "{\"title\":\"The API key may not do this.\",\"detail\":\"Use write.\"}", 77, "The API key may not do this. Use write.")]
    [InlineData(400, "{\"title\":\"Wrong.\",\"errors\":{\"rel\":[\"no rel\"],\"page\":[\"no page\"]}}", 64, "rel: no rel page: no page")]
    [InlineData(404, "<html>nothing here</html>", 69, "answered 404, but not as LinkMonitor does")]
    [InlineData(404, "{\"title\":\"Not found.\",\"detail\":\"There is no key 'x'.\"}", 64, "There is no key 'x'.")]
    [InlineData(500, "", 69, "failed (500)")]
    [InlineData(302, "", 69, "answered 302, but not as LinkMonitor does")]
    public async Task An_answer_that_says_no_is_one_sentence(int status, string body, int exitCode, string hint)
    {
        await using var web = await LocalWeb.StartAsync(Token);
        web.Map("/api/v1/projects", context => AnswerAsync(context, status, body));

        var failure = await Assert.ThrowsAsync<ServiceFailureException>(() => GetAsync(web));

        Assert.Equal(exitCode, failure.ExitCode);
        Assert.Contains(hint, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Not found.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_key_and_no_service_are_told_as_such()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        web.MapStatus("/api/v1/projects", 401);
        var address = new Uri(web.Origin);

        var keyless = await Assert.ThrowsAsync<ServiceFailureException>(() => GetAsync(new ServiceProfile(address, null, null)));
        await web.DisposeAsync();
        var nobody = await Assert.ThrowsAsync<ServiceFailureException>(() => GetAsync(new ServiceProfile(address, "lm_key", null)));

        Assert.Contains("LINKMONITOR_KEY", keyless.Message, StringComparison.Ordinal);
        Assert.Equal((77, 69), (keyless.ExitCode, nobody.ExitCode));
        Assert.Contains("There is no service at", nobody.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_of_another_version_is_named_when_its_answer_is_not_understood()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        web.Map("/api/v1/projects", context => AnswerAsync(context, 200, "{\"things\":[]}"));
        web.Map("/health", context => AnswerAsync(context, 200, "{\"version\":\"9.9.9\"}"));
        using var client = Client(web);

        var failure = await Assert.ThrowsAsync<ServiceFailureException>(async () =>
            await client.ReadAsync(await client.GetAsync("projects", Token), ServiceJson.Default.AnswerSliceProjectAnswer, Token));

        Assert.Equal(69, failure.ExitCode);
        Assert.Contains($"The service is LinkMonitor 9.9.9, this program {Product.Version}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_too_often_is_asked_again()
    {
        await using var web = await LocalWeb.StartAsync(Token);
        var asked = 0;
        web.Map("/api/v1/projects", context =>
        {
            context.Response.Headers.RetryAfter = "0";
            return AnswerAsync(context, Interlocked.Increment(ref asked) < 3 ? 429 : 200, "{\"items\":[]}");
        });

        Assert.Equal("{\"items\":[]}", await GetAsync(web));
        Assert.Equal(3, asked);
    }

    private static Task<string> GetAsync(LocalWeb web) => GetAsync(new ServiceProfile(new Uri(web.Origin), "lm_key", null));

    private static async Task<string> GetAsync(ServiceProfile profile)
    {
        using var client = new ServiceClient(profile, TimeProvider.System);
        return await client.GetAsync("projects", Token);
    }

    private static ServiceClient Client(LocalWeb web) => new(new ServiceProfile(new Uri(web.Origin), "lm_key", null), TimeProvider.System);

    private static Task AnswerAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body, context.RequestAborted);
    }
}
