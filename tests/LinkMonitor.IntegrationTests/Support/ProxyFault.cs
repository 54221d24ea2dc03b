namespace LinkMonitor.IntegrationTests.Support;

/// <summary>What a <see cref="StorageProxy"/> does to one request instead of only passing it on.</summary>
internal sealed record ProxyFault
{
    /// <summary>Passes the request on and the answer back.</summary>
    public static ProxyFault None { get; } = new();

    /// <summary>Closes the connection; storage never sees the request.</summary>
    public static ProxyFault CutBefore { get; } = new() { Cut = true };

    /// <summary>Passes the request on, then closes the connection instead of answering: the write happened, its answer is lost.</summary>
    public static ProxyFault CutAfter { get; } = new() { Cut = true, Forward = true };

    public bool Cut { get; private init; }

    public bool Forward { get; private init; }

    public int? Status { get; private init; }

    public string? Body { get; private init; }

    /// <summary>Runs after storage answered and before the fault strikes.</summary>
    public Func<Task>? Meanwhile { get; init; }

    /// <summary>Answers without asking storage, and asks the client to come back within a millisecond.</summary>
    public static ProxyFault Answer(int status, string? body = null) => new() { Status = status, Body = body };
}
