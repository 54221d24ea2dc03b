using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Outreach;

/// <summary>A request to the owner of a page, ready to be read over and sent by a person.</summary>
public sealed record OutreachDraft
{
    public required string LinkId { get; init; }

    public required LinkState State { get; init; }

    /// <summary>False when there is nothing to ask for, or nobody to ask; <see cref="Note"/> says why, and all below is null.</summary>
    public required bool IsNeeded { get; init; }

    /// <summary>What to know before it is sent, or why there is nothing to send.</summary>
    public required string Note { get; init; }

    /// <summary>The name of the template.</summary>
    public string? Template { get; init; }

    /// <summary>The e-mail address of the terms' contact; null when the contact is none.</summary>
    public string? To { get; init; }

    /// <summary>One line, at most 150 characters.</summary>
    public string? Subject { get; init; }

    /// <summary>Plain text, lines end with a line feed.</summary>
    public string? Body { get; init; }

    /// <summary>The draft as a URL that opens a mail program (RFC 6068), at most 2,000 characters; null when not even a short one fits.</summary>
    public string? Mailto { get; init; }

    /// <summary>Whether the body in <see cref="Mailto"/> had to be cut; it says so at its end.</summary>
    public bool IsMailtoShortened { get; init; }
}
