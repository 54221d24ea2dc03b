using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Judging;

/// <summary>What one check saw of a page (axis A).</summary>
[JsonConverter(typeof(WireNameJsonConverter<ObservationKind>))]
public enum ObservationKind
{
    /// <summary>The page came with a success status and could be read.</summary>
    Observed,

    /// <summary>404 or 410.</summary>
    Gone,

    /// <summary>401, 403, 407, 429, 451, 999, another 4xx, or a challenge page: it may well be there for others.</summary>
    Blocked,

    /// <summary>5xx.</summary>
    ServerError,

    /// <summary>No complete answer: DNS, connection, TLS, time-out, redirect loop.</summary>
    Unreachable,

    /// <summary>An image, a PDF or another format that holds no HTML links.</summary>
    NotHtml,

    /// <summary>Longer than we read.</summary>
    TooLarge,

    /// <summary>The site's robots.txt keeps us out, and we obey.</summary>
    RobotsDisallowed,

    /// <summary>Our address policy forbids the request.</summary>
    Refused,

    /// <summary>Our own network or our own bug.</summary>
    OurFault,
}
