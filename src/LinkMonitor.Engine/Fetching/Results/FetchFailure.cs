using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Fetching.Results;

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

    /// <summary>More redirects than <c>FetchOptions.MaxRedirects</c>.</summary>
    TooManyRedirects,

    /// <summary>A redirect without a Location, or to a URL that cannot be fetched.</summary>
    InvalidRedirect,

    /// <summary>The body is longer than <c>FetchOptions.MaxBodyBytes</c> after decompression.</summary>
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

/// <summary>What is wrong with a server's certificate.</summary>
public enum CertificateFault
{
    /// <summary>Its time has run out.</summary>
    Expired,

    /// <summary>It names another host.</summary>
    WrongName,

    /// <summary>
    /// The server leaves out an intermediate certificate, which browsers fetch from the place that the certificate names.
    /// </summary>
    IncompleteChain,

    /// <summary>Nobody whom the operating system trusts has signed it, or it breaks a rule.</summary>
    Untrusted,
}

/// <summary>A complete HTTP answer, whatever its status.</summary>
public sealed record FetchedResponse : FetchResult
{
    /// <summary>The HTTP status of the last answer, 200 to 999.</summary>
    public required int Status { get; init; }

    public required ResponseHeaders Headers { get; init; }

    /// <summary>Whether this answers a request for the page only if it has changed.</summary>
    internal bool IsConditional { get; init; }

    /// <summary>
    /// The body after decompression, at most <c>FetchOptions.MaxBodyBytes</c> long. Within a check it is there until it has been read.
    /// </summary>
    public required ReadOnlyMemory<byte> Body { get; init; }
}

/// <summary>No complete answer came, or none was allowed to.</summary>
public sealed record FetchFailed : FetchResult
{
    public required FetchFailure Failure { get; init; }

    /// <summary>One sentence for people: what went wrong and, where there is something to do, what.</summary>
    public required string Message { get; init; }

    /// <summary>What is wrong with the server's certificate; null when that is not what failed.</summary>
    public CertificateFault? Certificate { get; init; }

    /// <summary>The HTTP status, when the failure came after the headers; otherwise null.</summary>
    public int? Status { get; init; }

    /// <summary>How long the site asks us to stay away, at most a day; null when it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>
/// What came of fetching one page: a <see cref="FetchedResponse"/> or a <see cref="FetchFailed"/>. Nothing the web does is thrown.
/// </summary>
public abstract record FetchResult
{
    /// <summary>The URL that was asked for.</summary>
    public required WebUrl Url { get; init; }

    /// <summary>The last URL of the redirect chain; equal to <see cref="Url"/> without redirects.</summary>
    public required WebUrl FinalUrl { get; init; }

    /// <summary>The redirects in order. After a failure the last may not have been followed: to a refused URL, or into a loop.</summary>
    public IReadOnlyList<Redirect> Redirects { get; init; } = [];

    /// <summary>When the fetch began, UTC. Stands as the time of the observation.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From the first name look-up to the last byte.</summary>
    public TimeSpan Duration { get; init; }
}

/// <summary>One step of a redirect chain.</summary>
/// <param name="Url">The URL that answered with a redirect.</param>
/// <param name="Status">
/// Its HTTP status, 301, 302, 303, 307 or 308; a success for a page that sends its readers on by itself (meta refresh).
/// </param>
public sealed record Redirect(WebUrl Url, int Status);

/// <summary>Why <c>AddressPolicy</c> forbids an address, a host name or a URL.</summary>
/// <param name="Message">A sentence for people that names what is refused, the rule and its source.</param>
public sealed record Refusal(string Message);
