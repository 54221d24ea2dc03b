using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using LinkMonitor.Engine.Fetching;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Smtp;

/// <summary>Keeps a few connections for the next mail, so that the mails of an alert do not each pay for TLS and a login.</summary>
internal sealed class SmtpConnectionPool(IOptions<SmtpOptions> options, SmtpTrust trust, TimeProvider time) : IAsyncDisposable
{
    private const int MaxIdle = 4;

    // Servers hang up after five minutes at the least (https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.2.7), many earlier.
    private static readonly TimeSpan MaxIdleTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Stack<SmtpConnection> _idle = new();
    private ITimer? _timer;
    private bool _disposed;

    /// <summary>A connection that answers: an idle one, or a new one. Give it back with <see cref="KeepAsync"/>, or dispose it.</summary>
    public async Task<SmtpConnection> TakeAsync(CancellationToken cancellationToken)
    {
        while (Pop() is { } idle)
        {
            if (await AnswersAsync(idle, cancellationToken))
                return idle;
        }

        return await SmtpConnection.OpenAsync(options.Value, trust, cancellationToken);
    }

    /// <summary>Takes back a connection on which nothing is under way.</summary>
    public async ValueTask KeepAsync(SmtpConnection connection)
    {
        if (connection.IsConnected && Push(connection))
            return;
        await CloseAsync(connection);
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _disposed = true;
            _timer?.Dispose();
        }

        await Task.WhenAll(Drain(TimeSpan.Zero).Select(CloseAsync));
    }

    /// <summary>Whether it can be used; one that cannot, or was not waited for, is disposed.</summary>
    private static async Task<bool> AnswersAsync(SmtpConnection idle, CancellationToken cancellationToken)
    {
        var isKept = false;
        try
        {
            isKept = await idle.AnswersAsync(cancellationToken);
            return isKept;
        }
        finally
        {
            if (!isKept)
                idle.Dispose();
        }
    }

    private SmtpConnection? Pop()
    {
        lock (_lock)
            return _idle.TryPop(out var connection) ? connection : null;
    }

    private bool Push(SmtpConnection connection)
    {
        lock (_lock)
        {
            if (_disposed || _idle.Count >= MaxIdle)
                return false;
            connection.IdleSince = time.GetTimestamp();
            _idle.Push(connection);
            _timer ??= time.CreateTimer(_ => CloseOld(), null, MaxIdleTime, MaxIdleTime);
            return true;
        }
    }

    private void CloseOld()
    {
        foreach (var connection in Drain(MaxIdleTime))
            _ = CloseAsync(connection);
    }

    private List<SmtpConnection> Drain(TimeSpan idleFor)
    {
        lock (_lock)
        {
            var (old, young) = (new List<SmtpConnection>(), new List<SmtpConnection>());
            foreach (var connection in _idle)
                (time.GetElapsedTime(connection.IdleSince) >= idleFor ? old : young).Add(connection);
            _idle.Clear();
            young.Reverse();
            young.ForEach(_idle.Push);
            return old;
        }
    }

    /// <summary>Says QUIT where there is time for it; the mails are through, so that nothing depends on the answer.</summary>
    private async Task CloseAsync(SmtpConnection connection)
    {
        using (connection)
        {
            using var deadline = new CancellationTokenSource(Goodbye, time);
            try
            {
                await connection.DisconnectAsync(quit: true, deadline.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or MailKit.ProtocolException)
            {
                // The server hung up first.
            }
        }
    }
}

/// <summary>One connection to the mail server, logged in. Not for two mails at once.</summary>
internal sealed class SmtpConnection : SmtpClient
{
    private readonly SmtpTrust _trust;

    private SmtpConnection(SmtpTrust trust)
    {
        _trust = trust;
        CheckCertificateRevocation = false;
        // Callers bring their own deadline, which follows the injected clock.
        Timeout = System.Threading.Timeout.Infinite;
    }

    /// <summary>When it became idle.</summary>
    public long IdleSince { get; set; }

    public static async Task<SmtpConnection> OpenAsync(SmtpOptions options, SmtpTrust trust, CancellationToken cancellationToken)
    {
        var connection = new SmtpConnection(trust);
        try
        {
            await connection.ConnectAsync(options.Host!, options.Port, Socket(options.Chosen), cancellationToken);
            if (options is { User: { } user, Password: { } password })
                await connection.AuthenticateAsync(user, password, cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether the server still takes mail on it: it may have hung up meanwhile.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await NoOpAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (e is IOException or ProtocolException or CommandException or ServiceNotConnectedException)
        {
            return false;
        }
    }

    /// <summary>Begins a mail from a sender and ends it at once: a server that does not let us use the address says so here.</summary>
    /// <exception cref="SmtpCommandException">The server does not take it.</exception>
    public async Task TrySenderAsync(string sender, CancellationToken cancellationToken)
    {
        var answer = await SendCommandAsync($"MAIL FROM:<{sender}>", cancellationToken);
        if ((int)answer.StatusCode >= 400)
            throw new SmtpCommandException(SmtpErrorCode.SenderNotAccepted, answer.StatusCode, answer.Response);
        await SendCommandAsync("RSET", cancellationToken);
    }

    protected override SslClientAuthenticationOptions GetSslClientAuthenticationOptions(
        string host, RemoteCertificateValidationCallback remoteCertificateValidationCallback)
    {
        var options = base.GetSslClientAuthenticationOptions(host, remoteCertificateValidationCallback);
        options.CertificateChainPolicy = _trust.Policy();
        return options;
    }

    private static SecureSocketOptions Socket(SmtpSecurity security) => security switch
    {
        SmtpSecurity.None => SecureSocketOptions.None,
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.SslOnConnect,
    };
}

/// <summary>Whose certificates a mail server may show: those of the system's authorities, and of the roots given here.</summary>
internal sealed record SmtpTrust(X509Certificate2Collection ExtraRoots)
{
    public static readonly SmtpTrust System = new([]);

    public X509ChainPolicy Policy()
    {
        var policy = OutgoingTls.ChainPolicy();
        if (ExtraRoots.Count == 0)
            return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(ExtraRoots);
        return policy;
    }
}
