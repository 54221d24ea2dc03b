using LinkMonitor.Alerts;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Alerts.Files;

public sealed class FilesChannelTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-outbox-");

    private string Outbox => Path.Combine(_folder.FullName, "outbox");

    [Fact]
    public async Task A_mail_becomes_a_file_that_a_mail_client_reads()
    {
        await using var host = Host();

        var result = await host.Channel.SendAsync(SampleMessage.To("anna@example.org"), TestContext.Current.CancellationToken);

        var file = Assert.Single(Directory.GetFiles(Outbox));
        Assert.Equal(new DeliveryResult.Accepted(Path.GetFileName(file)), result);
        Assert.Matches(@"^20260301T123456Z_alr_abcdefghijklmnopqrstuvwxyz_anna@example\.org_[0-9a-f]{16}\.eml$", Path.GetFileName(file));
        var mail = ParsedMail.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal(SampleMessage.To("x").Subject, mail["Subject"]);
        Assert.Equal("Link Müller <robot@example.net>", mail["From"]);
        Assert.Equal("anna@example.org", mail["To"]);
        Assert.Equal("Sun, 01 Mar 2026 12:34:56 +0000", mail["Date"]);
        Assert.Equal("auto-generated", mail["Auto-Submitted"]);
        Assert.Equal("chg_00000000000000000000000001 chg_00000000000000000000000002", mail["X-LinkMonitor-Event-Ids"]);
        Assert.Matches(@"^<alr_abcdefghijklmnopqrstuvwxyz\.[0-9a-f]{16}@example\.net>$", mail["Message-ID"]);
        Assert.Equal(["text/plain", "text/html"], mail.Parts.Select(part => part.Key));
        Assert.Equal(SampleMessage.Text.ReplaceLineEndings("\r\n"), mail.Text);
        Assert.Equal(SampleMessage.Html.ReplaceLineEndings("\r\n"), mail.Html);
    }

    [Fact]
    public async Task Lines_are_short_and_survive_any_relay()
    {
        await using var host = Host();

        await host.Channel.SendAsync(SampleMessage.To("anna@example.org", events: 500), TestContext.Current.CancellationToken);

        var raw = await File.ReadAllTextAsync(Directory.GetFiles(Outbox).Single(), TestContext.Current.CancellationToken);
        Assert.All(raw.Split("\r\n"), line => Assert.True(line.Length <= 78, line));
        Assert.All(
            raw.Split("\r\n"),
            line => Assert.False(line.EndsWith(' ') || line.StartsWith('.') || line.StartsWith("From ", StringComparison.Ordinal), line));
        Assert.Equal("500", ParsedMail.Parse(raw)["X-LinkMonitor-Event-Count"]);
    }

    [Fact]
    public async Task A_repeat_replaces_itself_byte_for_byte()
    {
        await using var host = Host();
        await host.Channel.SendAsync(SampleMessage.To("anna@example.org"), TestContext.Current.CancellationToken);
        var first = await File.ReadAllBytesAsync(Directory.GetFiles(Outbox).Single(), TestContext.Current.CancellationToken);

        await host.Channel.SendAsync(SampleMessage.To("anna@example.org"), TestContext.Current.CancellationToken);

        Assert.Equal(first, await File.ReadAllBytesAsync(Directory.GetFiles(Outbox).Single(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Recipients_whose_safe_names_agree_keep_their_own_files()
    {
        await using var host = Host();

        await host.Channel.SendAsync(SampleMessage.To("a/b@example.org"), TestContext.Current.CancellationToken);
        await host.Channel.SendAsync(SampleMessage.To("a!b@example.org"), TestContext.Current.CancellationToken);

        Assert.Equal(2, Directory.GetFiles(Outbox).Length);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@example.org\r\nBcc: b@example.org")]
    [InlineData("Anna <anna@example.org>")]
    [InlineData("a@example.org, b@example.org")]
    [InlineData("grüße@example.org")]
    public async Task What_is_no_single_address_is_refused(string recipient)
    {
        await using var host = Host();

        var result = await host.Channel.SendAsync(SampleMessage.To(recipient), TestContext.Current.CancellationToken);

        Assert.IsType<DeliveryResult.Refused>(result);
        Assert.False(Directory.Exists(Outbox));
    }

    [Fact]
    public async Task Line_ends_in_a_subject_add_no_header()
    {
        await using var host = Host();
        var message = SampleMessage.To("anna@example.org") with { Subject = "Hello\r\nBcc: thief@example.com" };

        await host.Channel.SendAsync(message, TestContext.Current.CancellationToken);

        var raw = await File.ReadAllTextAsync(Directory.GetFiles(Outbox).Single(), TestContext.Current.CancellationToken);
        var mail = ParsedMail.Parse(raw);
        Assert.DoesNotContain(mail.Headers, header => header.Key == "Bcc");
        Assert.Equal("Hello  Bcc: thief@example.com", mail["Subject"]);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_tried_again_later()
    {
        await File.WriteAllTextAsync(Outbox, "in the way", TestContext.Current.CancellationToken);
        await using var host = Host();

        var result = await host.Channel.SendAsync(SampleMessage.To("anna@example.org"), TestContext.Current.CancellationToken);

        Assert.IsType<DeliveryResult.Retry>(result);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private AlertChannelHost Host() => new(
        TimeProvider.System, ("LinkMonitor:Mail:Files:Folder", Outbox), ("LinkMonitor:Mail:From", "robot@example.net"),
        ("LinkMonitor:Mail:FromName", "Link Müller"));
}
