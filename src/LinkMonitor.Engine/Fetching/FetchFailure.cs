using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Fetching;

/// <summary>Why a fetch gave no complete answer.</summary>
[JsonConverter(typeof(WireNameJsonConverter<FetchFailure>))]
public enum FetchFailure
{
    /// <summary>DNS answered that the name does not exist (NXDOMAIN), or has no address.</summary>
    NameNotFound,

    /// <summary>DNS gave no answer: a server failure or a time-out.</summary>
    NameLookupFailed,

    /// <summary>No TCP connection.</summary>
    ConnectFailed,

    /// <summary>The TLS handshake failed or the certificate is not trusted.</summary>
    TlsFailed,

    /// <summary>The deadline of the whole check passed.</summary>
    TimedOut,

    /// <summary>The connection broke, or the body ended before its declared length.</summary>
    ConnectionLost,

    /// <summary>The answer breaks the HTTP protocol, its headers are too long, or its encoding cannot be decoded.</summary>
    InvalidResponse,

    /// <summary>A URL of the redirect chain came twice, cookies unchanged.</summary>
    RedirectLoop,

    /// <summary>More redirects than <see cref="FetchOptions.MaxRedirects"/>.</summary>
    TooManyRedirects,

    /// <summary>A redirect without a Location, or to a URL that cannot be fetched.</summary>
    InvalidRedirect,

    /// <summary>The body is longer than <see cref="FetchOptions.MaxBodyBytes"/> after decompression.</summary>
    TooLarge,

    /// <summary>Our address policy forbids the URL, a redirect, or an address its name resolves to.</summary>
    Refused,

    /// <summary>The site's robots.txt keeps us out of the URL or of a redirect, or cannot be read and so keeps us out for now.</summary>
    RobotsDisallowed,

    /// <summary>Our own network is down: no route, no DNS server at all.</summary>
    OurNetwork,

    /// <summary>Other checks of the host are under way, or its pause is not over: it was not asked.</summary>
    HostBusy,
}
