namespace LinkMonitor.Views;

/// <summary>A moment, for machines and for people.</summary>
/// <param name="Iso">ISO 8601 with offset.</param>
/// <param name="Full">Date, time and offset in the project's time zone.</param>
/// <param name="Words">What is shown: short, for example <c>3 days ago</c>.</param>
public sealed record Moment(string Iso, string Full, string Words);

/// <summary>How many links are in a state, and the list of them.</summary>
/// <param name="State">On the wire, for example <c>not-found</c>.</param>
public sealed record StateCountLine(string State, int Count, string Path);

/// <summary>A link as a row.</summary>
public sealed record LinkLine
{
    public required string Id { get; init; }

    /// <summary>The link's page in the dashboard.</summary>
    public required string Path { get; init; }

    /// <summary>The whole URL of the page that carries it.</summary>
    public required string Page { get; init; }

    /// <summary>The same as people read it, with the letters of all scripts as such.</summary>
    public required string PageReadable { get; init; }

    /// <summary>The same, short.</summary>
    public required string PageWords { get; init; }

    public required string Target { get; init; }

    public required string TargetReadable { get; init; }

    public required string TargetWords { get; init; }

    /// <summary>On the wire.</summary>
    public required string State { get; init; }

    public required Moment Since { get; init; }

    /// <summary>The first reason in one sentence, or what is suspected; null for nothing.</summary>
    public string? Why { get; init; }

    /// <summary>The last check that saw the link; null for never.</summary>
    public Moment? Seen { get; init; }

    /// <summary>Why the last check could not tell, in a word or two; null when it could.</summary>
    public string? NotSeen { get; init; }

    /// <summary>What a person says of it while that counts, for example <c>seen by Anna</c>; null for nothing.</summary>
    public string? Answer { get; init; }

    /// <summary>When the person said it.</summary>
    public Moment? AnsweredAt { get; init; }

    public string? Anchor { get; init; }

    public string? Rel { get; init; }

    /// <summary>What was agreed, for example <c>EUR 120 a month</c>; null for nothing.</summary>
    public string? Cost { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public bool IsMuted { get; init; }
}

/// <summary>Another link, as words that lead to its page.</summary>
/// <param name="Target">Where it leads, or led; null when that is not known.</param>
public sealed record OtherLink(string Path, string PageWords, string? Target);

/// <summary>A change as a row.</summary>
/// <param name="From">The state before, on the wire.</param>
/// <param name="To">The state after.</param>
/// <param name="Path">The link's page in the dashboard.</param>
/// <param name="Page">The whole URL of the linking page, as people read it.</param>
/// <param name="PageWords">The same, short.</param>
/// <param name="Target">The same of the target.</param>
/// <param name="Why">The reasons in words.</param>
public sealed record ChangeLine(
    Moment At, string From, string To, string Path, string Page, string PageWords, string Target, string TargetWords, string Why);

/// <summary>A list that continues: what comes next, and back to its start.</summary>
/// <param name="NextPath">Null at the end.</param>
/// <param name="FirstPath">Null at the start.</param>
public sealed record Pager(string? NextPath, string? FirstPath);
