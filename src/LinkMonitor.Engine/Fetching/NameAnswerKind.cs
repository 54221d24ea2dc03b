namespace LinkMonitor.Engine.Fetching;

/// <summary>How a name look-up ended.</summary>
public enum NameAnswerKind
{
    Found,

    /// <summary>The name does not exist (NXDOMAIN), or has no address.</summary>
    NotFound,

    /// <summary>The DNS server failed (SERVFAIL) or did not answer: nothing is known about the name.</summary>
    Failed,

    /// <summary>This machine has no network to ask with.</summary>
    NoNetwork,
}
