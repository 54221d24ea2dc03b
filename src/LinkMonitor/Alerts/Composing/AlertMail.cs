namespace LinkMonitor.Alerts.Composing;

/// <summary>The words of one alert, the same for every recipient.</summary>
public sealed record AlertMail
{
    /// <summary>At most 150 characters on one line, without control or bidirectional characters.</summary>
    public required string Subject { get; init; }

    /// <summary>Complete on its own; lines end with LF and are at most 78 characters long unless a single word is longer.</summary>
    public required string Text { get; init; }

    /// <summary>A whole document that loads nothing from anywhere and reads well without CSS.</summary>
    public required string Html { get; init; }

    /// <summary>The ids of the changes told, in the order of the mail.</summary>
    public required IReadOnlyList<string> EventIds { get; init; }
}
