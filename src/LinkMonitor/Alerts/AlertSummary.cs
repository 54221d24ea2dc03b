namespace LinkMonitor.Alerts;

/// <summary>An alert in a few lines. All text is safe to read (one line, cut, invisible characters shown) but not yet encoded for any format.</summary>
public sealed record AlertSummary
{
    public const int MaxHeadline = 150;

    /// <summary>So many characters has <see cref="Cause"/> at most.</summary>
    public const int MaxCause = 500;

    public const int MaxLines = 10;

    /// <summary>For example <c>3 links lost on blog.example.net</c>; at most 150 characters.</summary>
    public required string Headline { get; init; }

    /// <summary>The likely cause in one sentence; null when there is nothing to add to the headline.</summary>
    public string? Cause { get; init; }

    /// <summary>The worst first; at most 10.</summary>
    public required IReadOnlyList<SummaryLine> Lines { get; init; }

    /// <summary>How many more there are than lines.</summary>
    public int More { get; init; }

    /// <summary>What chats say around the lines.</summary>
    public SummaryWords Words { get; init; } = new();

    /// <summary>All of it; null without a public address of this installation.</summary>
    public Uri? Details { get; init; }
}
