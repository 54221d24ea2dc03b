namespace LinkMonitor.IntegrationTests.Support;

/// <summary>How a test's mail server behaves towards everybody.</summary>
public sealed record SmtpServerSettings
{
    /// <summary>Required for login; null for a server that takes mail from anyone.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>
    /// <c>off</c>, <c>offered</c>, <c>required</c> or <c>implicit</c> (TLS from the first byte); the certificate is self-signed.
    /// </summary>
    public string StartTls { get; init; } = "off";
}
