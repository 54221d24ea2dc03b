using LinkMonitor.Storage.Channels;

namespace LinkMonitor.Storage.Alerts;

/// <summary>What an alert tells besides changes; which parts are there follows from its kind.</summary>
public sealed record AlertContent
{
    /// <summary>The link that is unstable or has settled.</summary>
    public string? LinkId { get; init; }

    /// <summary>How many changes were held back (settled), or were in the window (unstable).</summary>
    public int? Count { get; init; }

    /// <summary>The beginning of a digest's period, or of a network failure.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The end of a digest's period, not included.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The channel that a digest was made for, or that was disabled.</summary>
    public string? ChannelId { get; init; }

    /// <summary>The project of a channel that was disabled.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Reminders of terms.</summary>
    public IReadOnlyList<TermReminder>? Reminders { get; init; }

    /// <summary>A notice's name, for example <c>channel-disabled</c>.</summary>
    public string? Notice { get; init; }

    /// <summary>What may be shown of the channel that was disabled.</summary>
    public string? ChannelName { get; init; }

    /// <summary>How the channel that was disabled travels.</summary>
    public ChannelKind? Channel { get; init; }

    /// <summary>The page whose check failed by our own fault.</summary>
    public string? Page { get; init; }

    /// <summary>The control addresses that failed.</summary>
    public IReadOnlyList<string>? Controls { get; init; }

    /// <summary>Why, in words; holds no secret.</summary>
    public string? Text { get; init; }
}
