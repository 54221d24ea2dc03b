using LinkMonitor.Alerts;
using LinkMonitor.Testing;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Alerts.SendGrid;

public sealed class SendGridChannelTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private SendGridDouble _sendGrid = null!;

    public async ValueTask InitializeAsync() => _sendGrid = await SendGridDouble.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _sendGrid.DisposeAsync();

    [Fact]
    public async Task An_accepted_mail_brings_back_SendGrids_id()
    {
        var result = await SendAsync(SampleMessage.To("anna@example.org"));

        Assert.Equal(new DeliveryResult.Accepted("sg-message-1"), result);
        var mail = Assert.Single(_sendGrid.Mails);
        var personalization = Assert.Single(mail.GetProperty("personalizations").EnumerateArray());
        Assert.Equal(
            "anna@example.org", Assert.Single(personalization.GetProperty("to").EnumerateArray()).GetProperty("email").GetString());
        Assert.Equal("alr_abcdefghijklmnopqrstuvwxyz", personalization.GetProperty("custom_args").GetProperty("alert_id").GetString());
        Assert.Equal("chg_00000000000000000000000001,chg_00000000000000000000000002",
            personalization.GetProperty("custom_args").GetProperty("event_ids").GetString());
        Assert.Equal("robot@example.net", mail.GetProperty("from").GetProperty("email").GetString());
        Assert.Equal(SampleMessage.To("x").Subject, mail.GetProperty("subject").GetString());
        Assert.Equal(
            ["text/plain", "text/html"], mail.GetProperty("content").EnumerateArray().Select(part => part.GetProperty("type").GetString()));
        Assert.Equal(SampleMessage.Text, mail.GetProperty("content")[0].GetProperty("value").GetString());
        Assert.False(mail.GetProperty("tracking_settings").GetProperty("click_tracking").GetProperty("enable").GetBoolean());
        Assert.False(mail.TryGetProperty("mail_settings", out _));
    }

    [Fact]
    public async Task The_ids_of_a_big_alert_stay_under_SendGrids_limit_and_the_count_tells()
    {
        var result = await SendAsync(SampleMessage.To("anna@example.org", events: 500));

        Assert.IsType<DeliveryResult.Accepted>(result);
        var arguments = _sendGrid.Mails[0].GetProperty("personalizations")[0].GetProperty("custom_args");
        Assert.Equal("500", arguments.GetProperty("event_count").GetString());
        Assert.InRange(arguments.GetProperty("event_ids").GetString()!.Split(',').Length, 250, 499);
    }

    [Fact]
    public async Task Mail_clients_are_told_how_to_unsubscribe()
    {
        await SendAsync(
            SampleMessage.To("anna@example.org") with { UnsubscribeUrl = new Uri("https://links.example.org/s/unsubscribe/a.b") });

        var headers = Assert.Single(_sendGrid.Mails).GetProperty("headers");
        Assert.Equal("<https://links.example.org/s/unsubscribe/a.b>", headers.GetProperty("List-Unsubscribe").GetString());
        Assert.Equal("List-Unsubscribe=One-Click", headers.GetProperty("List-Unsubscribe-Post").GetString());
    }

    [Fact]
    public async Task A_mail_over_30_MB_is_not_even_tried()
    {
        var result = await SendAsync(SampleMessage.To("anna@example.org") with { Html = new string('x', 30_000_000) });

        Assert.Equal(new DeliveryResult.Refused("The mail is larger than the 30 MB that SendGrid accepts."), result);
        Assert.Empty(_sendGrid.Requests);
    }

    [Fact]
    public async Task An_address_that_SendGrid_will_never_take_is_unusable()
    {
        _sendGrid.Answer(
            context =>
                SendGridDouble.WriteErrorAsync(context, 400, ("personalizations.0.to.0.email", "Does not contain a valid address.")));

        var result = await SendAsync(SampleMessage.To("anna@example.org"));

        Assert.Equal(
            new DeliveryResult.Unusable("SendGrid answered 400: personalizations.0.to.0.email: Does not contain a valid address."), result);
    }

    [Fact]
    public async Task The_sandbox_accepts_without_an_id()
    {
        var result = await SendAsync(SampleMessage.To("anna@example.org"), ("LinkMonitor:Mail:SendGrid:Sandbox", "true"));

        Assert.Equal(new DeliveryResult.Accepted(null), result);
        Assert.True(_sendGrid.Mails[0].GetProperty("mail_settings").GetProperty("sandbox_mode").GetProperty("enable").GetBoolean());
    }

    [Fact]
    public async Task A_wrong_key_is_tried_again_and_never_repeated_in_the_reason()
    {
        var result = await SendAsync(SampleMessage.To("anna@example.org"), ("LinkMonitor:Mail:SendGrid:ApiKey", "SG.wrong-key"));

        var retry = Assert.IsType<DeliveryResult.Retry>(result);
        Assert.Equal("SendGrid answered 401: The provided authorization grant is invalid, expired, or revoked", retry.Reason);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    public async Task A_refusal_carries_the_messages_of_the_errors_array(int status)
    {
        _sendGrid.Answer(
            context => SendGridDouble.WriteErrorAsync(context, status, ("from.email", "Not verified."), (null, "Too\r\nbad.")));

        var result = await SendAsync(SampleMessage.To("anna@example.org"));

        Assert.Equal(new DeliveryResult.Refused($"SendGrid answered {status}: from.email: Not verified.; Too  bad."), result);
    }

    [Theory]
    [InlineData("<html>proxy</html>")]
    [InlineData("")]
    [InlineData("{\"errors\":[null,{}]}")]
    [InlineData("{\"errors\":\"text\"}")]
    public async Task A_body_that_is_no_errors_array_is_not_repeated(string body)
    {
        _sendGrid.Answer(context =>
        {
            context.Response.StatusCode = 400;
            return context.Response.WriteAsync(body, context.RequestAborted);
        });

        Assert.Equal(new DeliveryResult.Refused("SendGrid answered 400."), await SendAsync(SampleMessage.To("anna@example.org")));
    }

    [Theory]
    [InlineData("Retry-After", "17", 17)]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 12:02:00 GMT", 120)]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 11:00:00 GMT", 0)]
    [InlineData("Retry-After", "99999999", 86_400)]
    [InlineData("X-RateLimit-Reset", "1772366430", 30)]
    [InlineData("X-RateLimit-Reset", "99999999999999999", null)]
    [InlineData("X-Other", "1", null)]
    public async Task Too_many_requests_are_tried_again_when_SendGrid_says(string header, string value, int? seconds)
    {
        _sendGrid.Answer(context =>
        {
            context.Response.Headers[header] = value;
            return SendGridDouble.WriteErrorAsync(context, 429, (null, "too many requests"));
        });

        var retry = Assert.IsType<DeliveryResult.Retry>(await SendAsync(SampleMessage.To("anna@example.org")));

        Assert.Equal("SendGrid answered 429: too many requests", retry.Reason);
        Assert.Equal(seconds is { } told ? TimeSpan.FromSeconds(told) : null, retry.RetryAfter);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_failing_SendGrid_is_tried_again(int status)
    {
        _sendGrid.Answer(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        Assert.Equal(
            new DeliveryResult.Retry($"SendGrid answered {status}.") { IsOfRoute = true },
            await SendAsync(SampleMessage.To("anna@example.org")));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _sendGrid.Answer(context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });

        Assert.Equal(new DeliveryResult.Refused("SendGrid answered 302."), await SendAsync(SampleMessage.To("anna@example.org")));
        Assert.Single(_sendGrid.Requests);
    }

    [Fact]
    public async Task No_answer_in_time_is_tried_again()
    {
        var arrived = new TaskCompletionSource();
        _sendGrid.Answer(context =>
        {
            arrived.SetResult();
            return new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        });

        var sending = SendAsync(SampleMessage.To("anna@example.org"));
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(new DeliveryResult.Retry("SendGrid did not answer within 00:00:30.") { IsOfRoute = true }, await sending);
    }

    [Fact]
    public async Task A_caller_who_stops_gets_its_cancellation()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _sendGrid.Answer(async context =>
        {
            await stop.CancelAsync();
            await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        });
        await using var host = Host();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => host.Channel.SendAsync(SampleMessage.To("anna@example.org"), stop.Token));
    }

    [Fact]
    public async Task A_cut_connection_is_tried_again()
    {
        _sendGrid.Answer(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        Assert.IsType<DeliveryResult.Retry>(await SendAsync(SampleMessage.To("anna@example.org")));
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_and_its_status_counts()
    {
        var left = new TaskCompletionSource();
        _sendGrid.Answer(async context =>
        {
            context.Response.StatusCode = 503;
            var block = new byte[16 * 1024];
            try
            {
                while (true)
                    await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                left.SetResult();
            }
        });

        Assert.Equal(
            new DeliveryResult.Retry("SendGrid answered 503.") { IsOfRoute = true }, await SendAsync(SampleMessage.To("anna@example.org")));
        await left.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_key_goes_in_the_header_and_the_client_names_itself()
    {
        await SendAsync(SampleMessage.To("anna@example.org"));

        var request = Assert.Single(_sendGrid.Requests);
        Assert.Equal($"Bearer {SendGridDouble.Key}", request.Headers["Authorization"]);
        Assert.StartsWith("sendgrid/", request.Headers["User-Agent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_none_never_leaves()
    {
        Assert.IsType<DeliveryResult.Refused>(await SendAsync(SampleMessage.To("nobody")));
        Assert.Empty(_sendGrid.Requests);
    }

    private async Task<DeliveryResult> SendAsync(AlertMessage message, params (string Key, string? Value)[] settings)
    {
        await using var host = Host(settings);
        return await host.Channel.SendAsync(message, TestContext.Current.CancellationToken);
    }

    private AlertChannelHost Host(params (string Key, string? Value)[] settings) => new(_time,
    [
        ("LinkMonitor:Mail:Transport", "sendgrid"), ("LinkMonitor:Mail:From", "robot@example.net"),
        ("LinkMonitor:Mail:SendGrid:ApiKey", SendGridDouble.Key),
        ("LinkMonitor:Mail:SendGrid:BaseUrl", _sendGrid.Origin), .. settings,
    ]);
}
