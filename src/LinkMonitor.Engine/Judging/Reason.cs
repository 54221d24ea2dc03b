namespace LinkMonitor.Engine.Judging;

/// <summary>One reason for a state, with the difference it saw.</summary>
public sealed record Reason
{
    public required ReasonCode Code { get; init; }

    /// <summary>One sentence for people: what is so, and what to do about it. Values from the web appear in it unescaped.</summary>
    public required string Message { get; init; }

    /// <summary>What was expected, short; null when the code says it all.</summary>
    public string? Expected { get; init; }

    /// <summary>What was found instead, short; null when the code says it all. Two reasons are the same when code and this agree.</summary>
    public string? Found { get; init; }

    /// <summary>Whether <paramref name="other"/> tells the same thing: same code, same finding. The wording does not count.</summary>
    public bool IsSameAs(Reason other) => Code == other.Code && string.Equals(Found, other.Found, StringComparison.Ordinal);
}
