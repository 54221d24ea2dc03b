using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Webhook;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Alerts.Webhook;

public sealed class WebhookChannelTests : IAsyncLifetime
{
    private const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string Former = "whsec_HxwdHhscGRobGBkWFxQVEhMQEQ4PDA0KCwgJBgcEBQIDAAE=";

    private readonly ManualTimeProvider _time = new();
    private LocalWeb _web = null!;

    private static PublicLinks Links { get; } = new(
        new Uri("https://links.example.org/lm/"),
        thing => new PublicToken(thing, 1, StorageSamples.Noon).Write(new SigningKey(1, new byte[32])));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _web = await LocalWeb.StartAsync(Token);

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    [Fact]
    public async Task A_message_tells_what_changed_and_where_to_read_more()
    {
        _web.MapStatus("/hook", 202);
        var link = StorageSamples.Link(new ProjectId("prj_a"));
        var change = StorageSamples.Change(link, StorageSamples.Noon);

        var result = await SendAsync(Message() with { Changes = [change], EventIds = [change.Id], Links = Links });

        Assert.Equal(new DeliveryResult.Accepted(null) { Status = 202 }, result);
        var request = Assert.Single(_web.Requests);
        var body = JsonDocument.Parse(request.Body).RootElement;
        Assert.Equal(("POST", "application/json"), (request.Method, request.Headers["Content-Type"]));
        Assert.Equal("links.changed", body.GetProperty("type").GetString());
        Assert.Equal(Message().CreatedAt, body.GetProperty("timestamp").GetDateTimeOffset());
        var told = Assert.Single(body.GetProperty("data").GetProperty("changes").EnumerateArray());
        Assert.Equal(change.Id, told.GetProperty("id").GetString());
        Assert.Equal(("live", "lost"), (told.GetProperty("from").GetString(), told.GetProperty("to").GetString()));
        Assert.Equal("link-removed", told.GetProperty("reasons")[0].GetProperty("code").GetString());
        Assert.Equal("https://example.org/", told.GetProperty("target").GetString());
        Assert.Equal($"/api/v1/projects/prj_a/links/{link.Id}", told.GetProperty("api").GetString());
        Assert.StartsWith("https://links.example.org/lm/s/links/", told.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.StartsWith(
            "https://links.example.org/lm/s/alerts/", body.GetProperty("data").GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, body.GetProperty("data").GetProperty("text").ValueKind);
    }

    [Fact]
    public async Task Ten_ordinary_changes_stay_under_20_kB()
    {
        _web.MapStatus("/hook", 200);
        var changes = Enumerable.Range(0, WebhookChannel.MaxChanges)
            .Select(
                n =>
                    StorageSamples.Change(
                        StorageSamples.Link(new ProjectId("prj_a"), $"https://blog.example.net/{new string('a', 80)}/{n}"),
                        StorageSamples.Noon));

        await SendAsync(Message() with { Changes = [.. changes], Links = Links });

        Assert.InRange(_web.Requests[0].Body.Length, 1_000, 20_000);
    }

    [Fact]
    public async Task Every_kind_has_a_type_and_what_is_no_change_comes_as_text()
    {
        _web.MapStatus("/hook", 200);
        foreach (var kind in Enum.GetValues<AlertKind>())
            await SendAsync(Message() with { Kind = kind });

        var bodies = _web.Requests.Select(request => JsonDocument.Parse(request.Body).RootElement).ToArray();
        Assert.Equal(
            ["links.changed", "link.unstable", "link.settled", "digest", "terms.due", "cases.due", "notice", "test"],
            bodies.Select(body => body.GetProperty("type").GetString()));
        Assert.All(bodies, body => Assert.Equal(SampleMessage.Text, body.GetProperty("data").GetProperty("text").GetString()));
    }

    [Fact]
    public async Task The_signature_is_over_id_time_and_body_with_both_secrets_while_both_count()
    {
        _web.MapStatus("/hook", 200);

        await SendAsync(Message() with { FormerSecret = Former });

        var request = Assert.Single(_web.Requests);
        Assert.Equal("alr_abcdefghijklmnopqrstuvwxyz", request.Headers["webhook-id"]);
        Assert.Equal(
            _time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            request.Headers["webhook-timestamp"]);
        Assert.Equal($"{Expected(request, Secret)} {Expected(request, Former)}", request.Headers["webhook-signature"]);
    }

    [Fact]
    public async Task A_repeat_has_the_same_id_and_a_part_its_own()
    {
        _web.MapStatus("/hook", 503);

        await SendAsync(Message());
        _time.Advance(TimeSpan.FromMinutes(5));
        await SendAsync(Message());
        await SendAsync(Message() with { Part = 2, Parts = 3 });

        Assert.Equal(
            [Message().AlertId, Message().AlertId, $"{Message().AlertId}.2"],
            _web.Requests.Select(request => request.Headers["webhook-id"]));
        Assert.NotEqual(_web.Requests[0].Headers["webhook-timestamp"], _web.Requests[1].Headers["webhook-timestamp"]);
    }

    [Theory]
    [InlineData(200, typeof(DeliveryResult.Accepted))]
    [InlineData(204, typeof(DeliveryResult.Accepted))]
    [InlineData(301, typeof(DeliveryResult.Refused))]
    [InlineData(304, typeof(DeliveryResult.Refused))]
    [InlineData(400, typeof(DeliveryResult.Refused))]
    [InlineData(401, typeof(DeliveryResult.Retry))]
    [InlineData(403, typeof(DeliveryResult.Retry))]
    [InlineData(404, typeof(DeliveryResult.Retry))]
    [InlineData(408, typeof(DeliveryResult.Retry))]
    [InlineData(410, typeof(DeliveryResult.Unusable))]
    [InlineData(413, typeof(DeliveryResult.Refused))]
    [InlineData(429, typeof(DeliveryResult.Retry))]
    [InlineData(500, typeof(DeliveryResult.Retry))]
    [InlineData(503, typeof(DeliveryResult.Retry))]
    public async Task What_an_answer_means_is_told_without_its_words(int status, Type expected)
    {
        _web.Map("/hook", context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            context.Response.Headers["X-Secret"] = "a secret";
            return status is 204 or 304 ? Task.CompletedTask : context.Response.WriteAsync("a secret", context.RequestAborted);
        });

        var result = await SendAsync(Message());

        Assert.IsType(expected, result);
        Assert.Equal(status, result.Status);
        Assert.DoesNotContain("secret", result.ToString(), StringComparison.Ordinal);
        Assert.Single(_web.Requests);
    }

    [Theory]
    [InlineData("17", 17)]
    [InlineData("99999999", 86_400)]
    [InlineData("soon", null)]
    public async Task Retry_after_is_honoured(string value, int? seconds)
    {
        _web.Map("/hook", context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = value;
            return Task.CompletedTask;
        });

        var retry = Assert.IsType<DeliveryResult.Retry>(await SendAsync(Message()));

        Assert.Equal(seconds is { } told ? TimeSpan.FromSeconds(told) : null, retry.RetryAfter);
    }

    [Fact]
    public async Task No_answer_in_time_is_tried_again()
    {
        var arrived = new TaskCompletionSource();
        _web.Map("/hook", context =>
        {
            arrived.SetResult();
            return new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        });

        var sending = SendAsync(Message());
        await arrived.Task.WaitAsync(Token);
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(new DeliveryResult.Retry("127.0.0.1 did not answer within 00:00:20.") { IsOfRoute = true }, await sending);
    }

    [Fact]
    public async Task A_cut_connection_is_tried_again()
    {
        _web.Map("/hook", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        Assert.Equal(
            new DeliveryResult.Retry("The connection to 127.0.0.1 broke before it answered.") { IsOfRoute = true },
            await SendAsync(Message()));
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_not_taken()
    {
        await using var web = await LocalWeb.StartUntrustedTlsAsync(Token);

        var result = await SendAsync(Message() with { Recipient = web.Url("/hook") });

        Assert.Equal(new DeliveryResult.Retry("127.0.0.1 has no certificate that this machine trusts."), result);
        Assert.Empty(web.Requests);
    }

    [Theory]
    [InlineData("https://127.0.0.1/hook", "loopback")]
    [InlineData("https://169.254.169.254/latest/meta-data/", "link-local")]
    [InlineData("https://printer/hook", "no dot")]
    [InlineData("http://hooks.example.org/hook", "posted only over https")]
    [InlineData("https://hooks.example.org:8443/hook", "posted only over https on port 443")]
    [InlineData("https://hooks.example.org/hook", "hooks.example.org leads to an address that is not public")]
    [InlineData("https://mixed.example.org/hook", "mixed.example.org leads to an address that is not public")]
    public async Task What_is_not_public_is_refused_when_it_is_sent_to(string address, string reason)
    {
        var names = new MapResolver().Add("hooks.example.org", "169.254.169.254").Add("mixed.example.org", "93.184.216.34", "127.0.0.1");
        await using var host = new AlertChannelHost(_time, names);

        var result = await host.Of(ChannelKind.Webhook).SendAsync(Message() with { Recipient = address }, Token);

        Assert.Contains(reason, Assert.IsType<DeliveryResult.Refused>(result).Reason, StringComparison.Ordinal);
        Assert.Empty(_web.Requests);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_now_is_tried_again()
    {
        await using var host = new AlertChannelHost(_time, new MapResolver());

        var result = await host.Of(ChannelKind.Webhook).SendAsync(Message() with { Recipient = "https://hooks.example.org/" }, Token);

        Assert.Contains("DNS has no address", Assert.IsType<DeliveryResult.Retry>(result).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_kind_of_channel_has_its_own()
    {
        await using var host = new AlertChannelHost(_time);

        Assert.Equal(
            Enum.GetValues<ChannelKind>().Select(kind => kind == ChannelKind.Email ? "files" : WireName.Of(kind)),
            Enum.GetValues<ChannelKind>().Select(kind => host.Of(kind).Kind));
        Assert.Equal(WebhookChannel.MaxChanges, host.Of(ChannelKind.Webhook).MaxChangesPerMessage);
        Assert.Equal(WireName.All<ChannelKind>().Count, Enum.GetValues<ChannelKind>().Length);
    }

    private static string Expected(RecordedRequest request, string secret)
    {
        var signed = Encoding.UTF8.GetBytes($"{request.Headers["webhook-id"]}.{request.Headers["webhook-timestamp"]}.{request.BodyText}");
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[6..]), signed));
    }

    private AlertMessage Message() => SampleMessage.To(_web.Url("/hook")) with { ProjectId = "prj_a", Secret = Secret };

    private async Task<DeliveryResult> SendAsync(AlertMessage message, params (string Key, string? Value)[] settings)
    {
        await using var host = new AlertChannelHost(_time, [("LinkMonitor:Channels:AllowPrivateNetworks", "true"), .. settings]);
        return await host.Of(ChannelKind.Webhook).SendAsync(message, Token);
    }
}
