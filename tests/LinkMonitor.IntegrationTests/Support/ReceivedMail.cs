using LinkMonitor.Testing;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>A message as the mail server took it.</summary>
public sealed record ReceivedMail
{
    /// <summary>The envelope's sender.</summary>
    public required string From { get; init; }

    /// <summary>The envelope's recipients.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>The login; null without one.</summary>
    public string? User { get; init; }

    /// <summary>Whether it came over TLS.</summary>
    public bool Secure { get; init; }

    /// <summary>The server's id of the connection it came over.</summary>
    public required string Connection { get; init; }

    /// <summary>The bytes of the message, dots unstuffed, decoded as UTF-8.</summary>
    public required string Raw { get; init; }

    public ParsedMail Parse() => ParsedMail.Parse(Raw);
}
