using LinkMonitor.Alerts;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Alerts.Smtp;

public sealed class SmtpChannelTests(SmtpFixture smtp)
{
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_arrives_as_it_was_written()
    {
        var recipient = smtp.UniqueRecipient("anna");

        var result = await SendAsync(SampleMessage.To(recipient));

        var received = await smtp.Server.NextAsync(recipient, Cancellation);
        var mail = received.Parse();
        Assert.Equal(new DeliveryResult.Accepted(mail["Message-ID"]), result);
        Assert.Equal("robot@example.net", received.From);
        Assert.Equal([recipient], received.Recipients);
        Assert.Equal(SampleMessage.To("x").Subject, mail["Subject"]);
        Assert.Equal("Link Müller <robot@example.net>", mail["From"]);
        Assert.Equal("auto-generated", mail["Auto-Submitted"]);
        Assert.Equal("2", mail["X-LinkMonitor-Event-Count"]);
        Assert.Equal("chg_00000000000000000000000001 chg_00000000000000000000000002", mail["X-LinkMonitor-Event-Ids"]);
        Assert.Equal(["text/plain", "text/html"], mail.Parts.Select(part => part.Key));
        Assert.Equal(SampleMessage.Text.ReplaceLineEndings("\r\n"), mail.Text);
        Assert.Equal(SampleMessage.Html.ReplaceLineEndings("\r\n"), mail.Html);
    }

    [Fact]
    public async Task A_repeat_carries_the_same_message_id_and_another_recipient_another()
    {
        var (anna, bert) = (smtp.UniqueRecipient("anna"), smtp.UniqueRecipient("bert"));

        await SendAsync(SampleMessage.To(anna));
        await SendAsync(SampleMessage.To(anna));
        await SendAsync(SampleMessage.To(bert));

        var first = (await smtp.Server.NextAsync(anna, Cancellation)).Parse()["Message-ID"];
        var repeat = (await smtp.Server.NextAsync(anna, Cancellation)).Parse()["Message-ID"];
        var other = (await smtp.Server.NextAsync(bert, Cancellation)).Parse()["Message-ID"];
        Assert.Equal(first, repeat);
        Assert.NotEqual(first, other);
    }

    [Theory]
    [InlineData("https://links.example.org/s/unsubscribe/a.b", "List-Unsubscribe=One-Click")]
    [InlineData("http://localhost:7071/s/unsubscribe/a.b", null)]
    public async Task Mail_clients_are_told_how_to_unsubscribe(string address, string? post)
    {
        var recipient = smtp.UniqueRecipient("anna");

        await SendAsync(SampleMessage.To(recipient) with { UnsubscribeUrl = new Uri(address) });

        var headers = (await smtp.Server.NextAsync(recipient, Cancellation)).Parse().Headers;
        Assert.Equal($"<{address}>", headers.Single(header => header.Key == "List-Unsubscribe").Value);
        Assert.Equal(post, headers.SingleOrDefault(header => header.Key == "List-Unsubscribe-Post").Value);
    }

    [Fact]
    public async Task Line_ends_in_a_subject_add_no_header()
    {
        var recipient = smtp.UniqueRecipient("anna");

        await SendAsync(SampleMessage.To(recipient) with { Subject = "Hello\r\nBcc: thief@example.com\r\n\r\nBody" });

        var received = await smtp.Server.NextAsync(recipient, Cancellation);
        Assert.Equal([recipient], received.Recipients);
        Assert.DoesNotContain(received.Parse().Headers, header => header.Key == "Bcc");
    }

    [Fact]
    public async Task A_big_alerts_ids_are_folded_and_their_count_is_told()
    {
        var recipient = smtp.UniqueRecipient("anna");

        await SendAsync(SampleMessage.To(recipient, events: 500));

        var mail = (await smtp.Server.NextAsync(recipient, Cancellation)).Parse();
        Assert.Equal("500", mail["X-LinkMonitor-Event-Count"]);
        Assert.InRange(mail["X-LinkMonitor-Event-Ids"].Split(' ').Length, 250, 499);
    }

    [Theory]
    [InlineData("rcpt", 550, "5.1.1")]
    [InlineData("rcpt", 550, "5.1.2")]
    [InlineData("rcpt", 553, "5.1.3")]
    [InlineData("rcpt", 551, "5.1.6")]
    [InlineData("rcpt", 550, "5.1.10")]
    public async Task An_address_that_does_not_exist_is_unusable(string at, int code, string enhanced)
    {
        var recipient = smtp.UniqueRecipient("anna");
        await smtp.Server.AnswerAsync(recipient, at, code, $"{enhanced} No such user here", Cancellation);

        var unusable = Assert.IsType<DeliveryResult.Unusable>(await SendAsync(SampleMessage.To(recipient)));

        Assert.StartsWith($"SMTP {code}: ", unusable.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rcpt", 550, "5.7.1")]
    [InlineData("rcpt", 550, "5.1.8")]
    [InlineData("rcpt", 550, "15.1.1")]
    [InlineData("rcpt", 552, "5.1.1")]
    [InlineData("data", 554, "5.1.1")]
    public async Task A_permanent_answer_is_a_refusal(string at, int code, string enhanced)
    {
        var recipient = smtp.UniqueRecipient("anna");
        await smtp.Server.AnswerAsync(recipient, at, code, $"{enhanced} No such user here", Cancellation);

        var result = await SendAsync(SampleMessage.To(recipient));

        var refused = Assert.IsType<DeliveryResult.Refused>(result);
        Assert.StartsWith($"SMTP {code}: ", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("No such user here", refused.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rcpt", 450)]
    [InlineData("data", 451)]
    public async Task A_passing_answer_is_tried_again(string at, int code)
    {
        var recipient = smtp.UniqueRecipient("anna");
        await smtp.Server.AnswerAsync(recipient, at, code, "4.2.0 Greylisted", Cancellation);

        var retry = Assert.IsType<DeliveryResult.Retry>(await SendAsync(SampleMessage.To(recipient)));

        Assert.StartsWith($"SMTP {code}: ", retry.Reason, StringComparison.Ordinal);
        Assert.Equal(0, smtp.Server.Waiting(recipient));
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_left_at_the_time_out()
    {
        var recipient = smtp.UniqueRecipient("anna");
        await smtp.Server.HangAsync(recipient, Cancellation);

        var sending = SendAsync(SampleMessage.To(recipient));
        await smtp.Server.HangingAsync(recipient, Cancellation);
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(new DeliveryResult.Retry("127.0.0.1 did not finish within 00:00:30.") { IsOfRoute = true }, await sending);
    }

    [Fact]
    public async Task A_caller_who_stops_gets_its_cancellation()
    {
        var recipient = smtp.UniqueRecipient("anna");
        await smtp.Server.HangAsync(recipient, Cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var host = Host();

        var sending = host.Channel.SendAsync(SampleMessage.To(recipient), stop.Token);
        await smtp.Server.HangingAsync(recipient, Cancellation);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_tried_again()
    {
        var gone = await SmtpServer.StartAsync(new SmtpServerSettings(), Cancellation);
        var port = gone.Port;
        await gone.DisposeAsync();

        var result = await SendAsync(SampleMessage.To("anna@example.org"), ("LinkMonitor:Mail:Smtp:Port", $"{port}"));

        Assert.IsType<DeliveryResult.Retry>(result);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@example.org\r\nRCPT TO:<b@example.org>")]
    [InlineData("grüße@example.org")]
    public async Task What_is_no_single_address_is_refused(string recipient) =>
        Assert.IsType<DeliveryResult.Refused>(await SendAsync(SampleMessage.To(recipient)));

    [Fact]
    public async Task Without_STARTTLS_on_offer_nothing_is_sent()
    {
        var recipient = smtp.UniqueRecipient("anna");

        var result = await SendAsync(SampleMessage.To(recipient), ("LinkMonitor:Mail:Smtp:Security", "StartTls"));

        Assert.IsType<DeliveryResult.Retry>(result);
        Assert.Equal(0, smtp.Server.Waiting(recipient));
    }

    [Fact]
    public async Task Mails_one_after_another_share_a_connection()
    {
        await using var host = Host();
        var recipients = Enumerable.Range(0, 5).Select(_ => smtp.UniqueRecipient("anna")).ToArray();
        await smtp.Server.AnswerAsync(recipients[2], "rcpt", 550, "5.1.1 No such user here", Cancellation);

        foreach (var recipient in recipients)
            await host.Channel.SendAsync(SampleMessage.To(recipient), Cancellation);

        var connections = new HashSet<string>();
        foreach (var recipient in recipients.Where(recipient => recipient != recipients[2]))
            connections.Add((await smtp.Server.NextAsync(recipient, Cancellation)).Connection);
        Assert.Single(connections);
    }

    [Fact]
    public async Task Mails_at_the_same_time_do_not_wait_for_one_another()
    {
        await using var host = Host();
        var (silent, quick) = (smtp.UniqueRecipient("silent"), smtp.UniqueRecipient("quick"));
        await smtp.Server.HangAsync(silent, Cancellation);
        var hanging = host.Channel.SendAsync(SampleMessage.To(silent), Cancellation);
        await smtp.Server.HangingAsync(silent, Cancellation);

        Assert.IsType<DeliveryResult.Accepted>(await host.Channel.SendAsync(SampleMessage.To(quick), Cancellation));

        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.IsType<DeliveryResult.Retry>(await hanging);
    }

    [Fact]
    public async Task A_connection_the_server_has_closed_is_replaced()
    {
        await using var server = await SmtpServer.StartAsync(new SmtpServerSettings(), Cancellation);
        await using var host = Host(("LinkMonitor:Mail:Smtp:Port", $"{server.Port}"));
        Assert.IsType<DeliveryResult.Accepted>(await host.Channel.SendAsync(SampleMessage.To("anna@example.org"), Cancellation));
        var first = await server.NextAsync("anna@example.org", Cancellation);
        await server.HangUpAsync(Cancellation);

        Assert.IsType<DeliveryResult.Accepted>(await host.Channel.SendAsync(SampleMessage.To("anna@example.org"), Cancellation));

        Assert.NotEqual(first.Connection, (await server.NextAsync("anna@example.org", Cancellation)).Connection);
    }

    [Fact]
    public async Task A_connection_that_was_idle_for_half_a_minute_is_closed()
    {
        await using var host = Host();
        var (first, second) = (smtp.UniqueRecipient("anna"), smtp.UniqueRecipient("anna"));
        await host.Channel.SendAsync(SampleMessage.To(first), Cancellation);

        _time.Advance(TimeSpan.FromSeconds(30));
        await host.Channel.SendAsync(SampleMessage.To(second), Cancellation);

        Assert.NotEqual(
            (await smtp.Server.NextAsync(first, Cancellation)).Connection, (await smtp.Server.NextAsync(second, Cancellation)).Connection);
    }

    private async Task<DeliveryResult> SendAsync(AlertMessage message, params (string Key, string? Value)[] settings)
    {
        await using var host = Host(settings);
        return await host.Channel.SendAsync(message, Cancellation);
    }

    private AlertChannelHost Host(params (string Key, string? Value)[] settings) => new(_time,
    [
        ("LinkMonitor:Mail:Transport", "smtp"), ("LinkMonitor:Mail:From", "robot@example.net"),
        ("LinkMonitor:Mail:FromName", "Link Müller"),
        ("LinkMonitor:Mail:Smtp:Host", SmtpServer.Host), ("LinkMonitor:Mail:Smtp:Port", $"{smtp.Server.Port}"),
        ("LinkMonitor:Mail:Smtp:Security", "None"), .. settings,
    ]);
}
