using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>A real mail server (npm <c>smtp-server</c>) on a free port of 127.0.0.1; see <c>smtp-server.cjs</c> beside this file.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(1);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Process _process;
    private readonly X509Certificate2 _certificate;
    private readonly TaskCompletionSource<int> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, Channel<ReceivedMail>> _inboxes = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<(string Event, string Recipient), TaskCompletionSource> _signals = new();
    private readonly Task _reading;

    private SmtpServer(Process process, X509Certificate2 certificate)
    {
        _process = process;
        _certificate = certificate;
        _reading = ReadEventsAsync();
    }

    public const string Host = "127.0.0.1";

    public int Port { get; private set; }

    /// <exception cref="InvalidOperationException">
    /// Node.js is missing, or the server ended or stayed silent; the message holds its output.
    /// </exception>
    public static async Task<SmtpServer> StartAsync(SmtpServerSettings settings, CancellationToken cancellationToken)
    {
        await NodeModules.FileAsync(Path.Combine("smtp-server", "package.json"), cancellationToken);
        var support = Path.Combine(RepositoryRoot.Path, "tests", "LinkMonitor.IntegrationTests", "Support");
        var auth = settings.User is null ? null : new { user = settings.User, pass = settings.Password };
        var certificate = UntrustedCertificate.Create("localhost");
        using var rsa = certificate.GetRSAPrivateKey()!;
        var key = rsa.ExportPkcs8PrivateKeyPem();
        var server = new SmtpServer(NodeModules.Start("node", RepositoryRoot.Path,
        [
            "--require", Path.Combine(support, "exit-with-parent.cjs"), Path.Combine(support, "smtp-server.cjs"),
            JsonSerializer.Serialize(new { auth, startTls = settings.StartTls, cert = certificate.ExportCertificatePem(), key }, Json),
        ]), certificate);
        try
        {
            server.Port = await server._listening.Task.WaitAsync(StartTime, TimeProvider.System, cancellationToken);
            return server;
        }
        catch (TimeoutException late)
        {
            await server.DisposeAsync();
            throw new InvalidOperationException($"The mail server did not listen within {StartTime}.", late);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the server shows over TLS; no client trusts it by itself.</summary>
    public X509Certificate2 Certificate => _certificate;

    /// <summary>From now on this recipient is answered with an SMTP code.</summary>
    /// <param name="at"><c>rcpt</c> or <c>data</c>: which command gets the answer.</param>
    public Task AnswerAsync(string recipient, string at, int code, string text, CancellationToken cancellationToken) =>
        TellAsync(recipient, new { recipient, at, code, text }, cancellationToken);

    /// <summary>From now on mail to this recipient is taken again.</summary>
    public Task AcceptAsync(string recipient, CancellationToken cancellationToken) =>
        TellAsync(recipient, new { recipient, at = "never" }, cancellationToken);

    /// <summary>From now on mail to this recipient gets no answer at all.</summary>
    public Task HangAsync(string recipient, CancellationToken cancellationToken) =>
        TellAsync(recipient, new { recipient, hang = true }, cancellationToken);

    /// <summary>Closes every open connection.</summary>
    public Task HangUpAsync(CancellationToken cancellationToken)
    {
        var name = $"hang-up-{Guid.NewGuid():N}";
        return TellAsync(name, new { recipient = name, hangUp = true }, cancellationToken);
    }

    /// <summary>Completes when the server has begun not to answer a recipient.</summary>
    public Task HangingAsync(string recipient, CancellationToken cancellationToken) =>
        Signal("hanging", recipient).Task.WaitAsync(cancellationToken);

    /// <summary>The next message that has come, or comes, for a recipient.</summary>
    public async Task<ReceivedMail> NextAsync(string recipient, CancellationToken cancellationToken) =>
        await Inbox(recipient).Reader.ReadAsync(cancellationToken);

    /// <summary>Messages for a recipient that have come and were not taken.</summary>
    public int Waiting(string recipient) => Inbox(recipient).Reader.Count;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        await _reading;
        _process.Dispose();
        _certificate.Dispose();
    }

    private async Task TellAsync(string recipient, object rule, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(rule, Json).AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        await Signal("rule", recipient).Task.WaitAsync(cancellationToken);
    }

    private async Task ReadEventsAsync()
    {
        var errors = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        while (await _process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            using var parsed = JsonDocument.Parse(line);
            Take(parsed.RootElement);
        }

        _listening.TrySetException(new InvalidOperationException($"The mail server ended before it listened:\n{await errors}"));
    }

    private void Take(JsonElement happened)
    {
        var name = happened.GetProperty("event").GetString()!;
        if (name == "listening")
            _listening.TrySetResult(happened.GetProperty("port").GetInt32());
        else if (name == "message")
            Deliver(happened);
        else
            Signal(name, happened.GetProperty("recipient").GetString()!).TrySetResult();
    }

    private void Deliver(JsonElement message)
    {
        var mail = new ReceivedMail
        {
            From = message.GetProperty("from").GetString()!,
            Recipients = [.. message.GetProperty("recipients").EnumerateArray().Select(address => address.GetString()!)],
            User = message.GetProperty("user").GetString(),
            Secure = message.GetProperty("secure").GetBoolean(),
            Connection = message.GetProperty("connection").GetString()!,
            Raw = Encoding.UTF8.GetString(message.GetProperty("raw").GetBytesFromBase64()),
        };
        foreach (var recipient in mail.Recipients)
            Inbox(recipient).Writer.TryWrite(mail);
    }

    private Channel<ReceivedMail> Inbox(string recipient) => _inboxes.GetOrAdd(recipient, _ => Channel.CreateUnbounded<ReceivedMail>());

    private TaskCompletionSource Signal(string name, string recipient) =>
        _signals.GetOrAdd((name, recipient.ToLowerInvariant()), _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
