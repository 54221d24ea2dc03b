using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Alerts;

/// <summary>Who works on a project's alerts, and whether a message is under way for it: so that one planning runs at a time, and one message travels.</summary>
public sealed record AlertWork
{
    public required ProjectId ProjectId { get; init; }

    /// <summary>When the message that is under way is due; null for none.</summary>
    public DateTimeOffset? NudgeAt { get; init; }

    /// <summary>Until when one worker has the project for itself; null or past for nobody.</summary>
    public DateTimeOffset? WorkingUntil { get; init; }

    /// <summary>The version that was read; null for one that is not stored yet.</summary>
    public string? ETag { get; init; }
}
