using System.Text.Json;
using LinkMonitor.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Alerts.Posting;

/// <summary>Slack and Teams: what is posted, and what their answers mean.</summary>
public sealed class ChatChannelTests : IAsyncLifetime
{
    private const string Hostile = "<!channel> <http://evil.example/|click> `rm` *b* _i_ & [x](http://evil.example) :smile:";

    private readonly ManualTimeProvider _time = new();
    private LocalWeb _web = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _web = await LocalWeb.StartAsync(Token);

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    [Fact]
    public async Task Words_from_the_web_are_no_markup_for_Slack()
    {
        var body = await PostedAsync(ChannelKind.Slack, Message(10, Hostile));

        Assert.False(body.GetProperty("mrkdwn").GetBoolean());
        var texts = Texts(body).ToArray();
        Assert.All(
            texts.Where(text => text.GetProperty("type").GetString() == "mrkdwn"),
            text => Assert.StartsWith("<https://links.example.org/", text.GetProperty("text").GetString(), StringComparison.Ordinal));
        Assert.All(
            texts.Where(text => text.GetProperty("type").GetString() == "plain_text"),
            text => Assert.False(text.GetProperty("emoji").GetBoolean()));
        Assert.Contains(
            texts,
            text =>
                text.GetProperty("text").GetString()!.Contains(
                    "&lt;!channel&gt; &lt;http://evil.example/|click&gt; `rm`", StringComparison.Ordinal));
        Assert.DoesNotContain("<!channel>", body.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.InRange(body.GetProperty("blocks").GetArrayLength(), 10, 50);
    }

    [Fact]
    public async Task Slacks_limits_are_kept_whatever_comes()
    {
        var body = await PostedAsync(ChannelKind.Slack, Message(10, new string('&', 4_000)));

        foreach (var text in Texts(body))
            Assert.InRange(text.GetProperty("text").GetString()!.Length, 1, 3_000);
        Assert.InRange(body.GetProperty("blocks")[0].GetProperty("text").GetProperty("text").GetString()!.Length, 1, 150);
    }

    [Fact]
    public async Task Words_from_the_web_are_no_markdown_for_Teams()
    {
        var body = await PostedAsync(ChannelKind.Teams, Message(10, Hostile));

        var card = body.GetProperty("attachments")[0];
        Assert.Equal(
            ("message", "application/vnd.microsoft.card.adaptive"),
            (body.GetProperty("type").GetString(), card.GetProperty("contentType").GetString()));
        var elements = card.GetProperty("content").GetProperty("body").EnumerateArray().ToArray();
        Assert.All(elements, element => Assert.Equal("RichTextBlock", element.GetProperty("type").GetString()));
        Assert.Contains(
            elements,
            element => element.GetProperty("inlines")[0].GetProperty("text").GetString()!.Contains(Hostile, StringComparison.Ordinal));
        Assert.Equal("https://links.example.org/all", card.GetProperty("content").GetProperty("actions")[0].GetProperty("url").GetString());
    }

    [Fact]
    public async Task A_card_that_is_too_large_for_Teams_has_fewer_lines_and_says_so()
    {
        await PostedAsync(ChannelKind.Teams, Message(10, new string('€', 900)));

        Assert.InRange(_web.Requests[0].Body.Length, 10_000, 28 * 1024);
        Assert.Contains("more did not fit into this message", _web.Requests[0].BodyText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ChannelKind.Slack)]
    [InlineData(ChannelKind.Teams)]
    public async Task Without_a_summary_the_letter_begins(ChannelKind kind)
    {
        await PostedAsync(kind, Message(1, "x") with { Summary = null, Subject = "The subject", Text = "First line\n\nSecond line\n" });

        Assert.Contains("The subject", _web.Requests[0].BodyText, StringComparison.Ordinal);
        Assert.Contains(@"First line\nSecond line", _web.Requests[0].BodyText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ChannelKind.Slack, 200, "ok", typeof(DeliveryResult.Accepted))]
    [InlineData(ChannelKind.Slack, 404, "no_service", typeof(DeliveryResult.Unusable))]
    [InlineData(ChannelKind.Slack, 403, "invalid_token", typeof(DeliveryResult.Unusable))]
    [InlineData(ChannelKind.Slack, 410, "channel_is_archived", typeof(DeliveryResult.Unusable))]
    [InlineData(ChannelKind.Slack, 410, "", typeof(DeliveryResult.Unusable))]
    [InlineData(ChannelKind.Slack, 403, "action_prohibited", typeof(DeliveryResult.Retry))]
    [InlineData(ChannelKind.Slack, 404, "<html>", typeof(DeliveryResult.Retry))]
    [InlineData(ChannelKind.Slack, 400, "invalid_payload", typeof(DeliveryResult.Refused))]
    [InlineData(ChannelKind.Slack, 302, "", typeof(DeliveryResult.Refused))]
    [InlineData(ChannelKind.Slack, 429, "rate_limited", typeof(DeliveryResult.Retry))]
    [InlineData(ChannelKind.Slack, 500, "rollup_error", typeof(DeliveryResult.Retry))]
    [InlineData(ChannelKind.Teams, 200, "1", typeof(DeliveryResult.Accepted))]
    [InlineData(ChannelKind.Teams, 202, "", typeof(DeliveryResult.Accepted))]
    [InlineData(
        ChannelKind.Teams,
        200,
        "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429",
        typeof(DeliveryResult.Retry))]
    [InlineData(ChannelKind.Teams, 410, "", typeof(DeliveryResult.Unusable))]
    [InlineData(ChannelKind.Teams, 413, "", typeof(DeliveryResult.Refused))]
    [InlineData(ChannelKind.Teams, 502, "", typeof(DeliveryResult.Retry))]
    public async Task What_an_answer_means(ChannelKind kind, int status, string answer, Type expected)
    {
        _web.Map("/secret/path", context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(answer, context.RequestAborted);
        });

        var result = await SendAsync(kind, Message(1, "x"));

        Assert.IsType(expected, result);
        Assert.Equal(status, result.Status);
        Assert.DoesNotContain("secret", result.ToString(), StringComparison.Ordinal);
        if (answer.Length > 3)
            Assert.DoesNotContain(answer, result.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ChannelKind.Slack)]
    [InlineData(ChannelKind.Teams)]
    public async Task An_endless_answer_is_read_to_its_beginning_only(ChannelKind kind)
    {
        _web.Map("/secret/path", async context =>
        {
            var chunk = new byte[16_384];
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        });

        Assert.IsType<DeliveryResult.Accepted>(await SendAsync(kind, Message(1, "x")));
    }

    private static IEnumerable<JsonElement> Texts(JsonElement body) => body.GetProperty("blocks").EnumerateArray().SelectMany(block =>
        block.TryGetProperty("elements", out var elements) ? [.. elements.EnumerateArray()] : new[] { block.GetProperty("text") });

    private AlertMessage Message(int lines, string web) => SampleMessage.To(_web.Url("/secret/path")) with
    {
        Summary = new AlertSummary
        {
            Headline = web.Length > 150 ? web[..150] : web,
            Cause = web,
            Lines =
            [
                .. Enumerable.Range(0, lines).Select(n => new SummaryLine(
                    "✕ Lost", web, new Uri("https://blog.example.net/"), web, "example.org", new Uri($"https://links.example.org/{n}"))),
            ],
            More = 4,
            Details = new Uri("https://links.example.org/all"),
        },
    };

    private async Task<JsonElement> PostedAsync(ChannelKind kind, AlertMessage message)
    {
        _web.MapStatus("/secret/path", 200);
        Assert.IsType<DeliveryResult.Accepted>(await SendAsync(kind, message));
        return JsonDocument.Parse(Assert.Single(_web.Requests).Body).RootElement;
    }

    private async Task<DeliveryResult> SendAsync(ChannelKind kind, AlertMessage message)
    {
        await using var host = new AlertChannelHost(_time, ("LinkMonitor:Channels:AllowPrivateNetworks", "true"));
        return await host.Of(kind).SendAsync(message, Token);
    }
}
