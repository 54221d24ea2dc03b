using System.Net;
using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.IntegrationTests.Channels;

/// <summary>Test messages over real channels.</summary>
public sealed class ChannelTestApiTests(ApiFixture fixture) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private readonly ApiDriver _api = fixture.Product.Api;
    private LocalWeb _web = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _web = await LocalWeb.StartAsync(Token);

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    [Theory]
    [InlineData("webhook", 204, "accepted")]
    [InlineData("slack", 200, "accepted")]
    [InlineData("teams", 202, "accepted")]
    [InlineData("webhook", 500, "retry")]
    [InlineData("webhook", 400, "refused")]
    [InlineData("webhook", 410, "unusable")]
    public async Task The_outcome_is_told_in_our_own_words(string kind, int status, string result)
    {
        _web.Map("/hook", context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers["X-Powered-By"] = "a secret";
            return status == 204 ? Task.CompletedTask : context.Response.WriteAsync("a secret", context.RequestAborted);
        });

        var answer = await TestAsync(await AddAsync(await ProjectAsync(), kind, _web.Url("/hook")), HttpStatusCode.OK);

        Assert.Equal((result, status), (answer.GetProperty("result").GetString(), answer.GetProperty("status").GetInt32()));
        Assert.DoesNotContain("secret", answer.GetRawText(), StringComparison.Ordinal);
        if (kind == "webhook")
            Assert.Equal("test", JsonDocument.Parse(_web.Requests.Single().Body).RootElement.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_test_mail_goes_the_way_of_all_mails()
    {
        var answer = await TestAsync(await AddAsync(await ProjectAsync(), "email", "anna@example.org"), HttpStatusCode.OK);

        Assert.Equal("accepted", answer.GetProperty("result").GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("status").ValueKind);
    }

    [Fact]
    public async Task Five_in_a_minute_and_no_more_per_project()
    {
        _web.MapStatus("/hook", 200);
        var (path, other) =
            (
                await AddAsync(await ProjectAsync(), "webhook", _web.Url("/hook")),
                await AddAsync(await ProjectAsync(), "webhook", _web.Url("/hook")));
        for (var n = 0; n < 5; n++)
            await TestAsync(path, HttpStatusCode.OK);

        using var refused = await _api.Client.PostAsync($"{path}/test", null, Token);
        await TestAsync(other, HttpStatusCode.OK);
        fixture.Settings.Clock.Advance(TimeSpan.FromMinutes(1));
        await TestAsync(path, HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(1), refused.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_tested() =>
        await TestAsync($"{await ProjectAsync()}/channels/chn_none", HttpStatusCode.NotFound);

    private Task<JsonElement> TestAsync(string path, HttpStatusCode expected) =>
        _api.SendAsync(HttpMethod.Post, $"{path}/test", null, expected, Token);

    private async Task<string> ProjectAsync() => $"/api/v1/projects/{await _api.CreateProjectAsync(new { name = "Example" }, Token)}";

    private async Task<string> AddAsync(string project, string kind, string address)
    {
        var added = await _api.PostAsync($"{project}/channels", new { kind, address }, HttpStatusCode.Created, Token);
        return $"{project}/channels/{added.GetProperty("id").GetString()}";
    }
}
