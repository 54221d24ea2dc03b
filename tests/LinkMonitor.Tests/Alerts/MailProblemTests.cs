using System.Net;
using System.Net.Sockets;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Alerts.SendGrid;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Alerts;

/// <summary>What keeps mail from leaving is found without sending any.</summary>
public sealed class MailProblemTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("linkmonitor-outbox-");
        try
        {
            var file = Path.Combine(folder.FullName, "file");
            await File.WriteAllTextAsync(file, string.Empty, Token);

            Assert.Null(await FindAsync(("LinkMonitor:Mail:Files:Folder", Path.Combine(folder.FullName, "outbox"))));
            Assert.Contains(file, await FindAsync(("LinkMonitor:Mail:Files:Folder", file)), StringComparison.Ordinal);
            Assert.Empty(Directory.GetFiles(Path.Combine(folder.FullName, "outbox")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_mail_server_that_is_not_there_is_named()
    {
        var problem = await FindAsync(Smtp(FreePort()));

        Assert.Contains("The mail server 127.0.0.1:", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("250 2.1.0 Ok", null)]
    [InlineData("553 5.7.1 Sender address rejected: not owned by user", "not owned by user")]
    public async Task A_sender_that_the_server_does_not_take_is_named(string answer, string? hint)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, answer);

        var problem = await FindAsync(Smtp(((IPEndPoint)listener.LocalEndpoint).Port));

        listener.Stop();
        await serving;
        if (hint is null)
            Assert.Null(problem);
        else
            Assert.Contains(hint, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "{\"scopes\":[\"mail.send\"]}", null)]
    [InlineData(200, "{\"scopes\":[\"stats.read\"]}", "lacks the permission Mail Send")]
    [InlineData(401, "{}", "does not know the key")]
    [InlineData(500, "{}", "answered 500")]
    public async Task A_key_that_may_not_send_is_told(int status, string body, string? hint)
    {
        await using var web = await LocalWeb.StartAsync(Token);
        web.Map("/v3/scopes", context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body, context.RequestAborted);
        });

        var problem = await FindAsync(
            ("LinkMonitor:Mail:Transport", "sendgrid"), ("LinkMonitor:Mail:From", "robot@example.net"),
            ("LinkMonitor:Mail:SendGrid:ApiKey", SendGridDouble.Key), ("LinkMonitor:Mail:SendGrid:BaseUrl", web.Origin));

        if (hint is null)
            Assert.Null(problem);
        else
            Assert.Contains(hint, problem, StringComparison.Ordinal);
    }

    private static async Task<string?> FindAsync(params (string Key, string? Value)[] settings)
    {
        await using var host = new AlertChannelHost(TimeProvider.System, settings);
        return await host.Channel.FindProblemAsync(Token);
    }

    private static (string Key, string? Value)[] Smtp(int port) =>
    [
        ("LinkMonitor:Mail:Transport", "smtp"), ("LinkMonitor:Mail:From", "robot@example.net"), ("LinkMonitor:Mail:Smtp:Host", "127.0.0.1"),
        ("LinkMonitor:Mail:Smtp:Port", $"{port}"), ("LinkMonitor:Mail:Smtp:Security", "None"),
    ];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Answers one client: all that it asks is well, but for its sender.</summary>
    private static async Task ServeAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync(Token);
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test");
        while (await reader.ReadLineAsync(Token) is { } line)
            await writer.WriteLineAsync(line.StartsWith("MAIL", StringComparison.Ordinal) ? answer : "250 Ok");
    }
}
