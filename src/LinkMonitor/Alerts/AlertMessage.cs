namespace LinkMonitor.Alerts;

/// <summary>One recipient's copy of an alert, ready to be sent by any channel.</summary>
public sealed record AlertMessage
{
    /// <summary>The stored alert's id: letters, digits, <c>_</c> and <c>-</c>.</summary>
    public required string AlertId { get; init; }

    /// <summary>When the alert was made; with the id and the recipient it names the copy, so that sending again is recognisable.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The ids of the changes told.</summary>
    public required IReadOnlyList<string> EventIds { get; init; }

    /// <summary>One e-mail address.</summary>
    public required string Recipient { get; init; }

    public required string ProjectName { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }
}
