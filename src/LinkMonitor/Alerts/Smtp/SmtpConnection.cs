using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using LinkMonitor.Engine.Fetching;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace LinkMonitor.Alerts.Smtp;

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
