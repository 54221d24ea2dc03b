using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Storage.Channels;

/// <summary>Where a project's alerts go, and what of them.</summary>
public sealed record Channel
{
    public required ProjectId ProjectId { get; init; }

    public required ChannelId Id { get; init; }

    public required ChannelKind Kind { get; init; }

    /// <summary>An e-mail address, or an absolute URL of at most 2,000 characters. Of Slack and Teams the URL itself is a secret.</summary>
    public required string Address { get; init; }

    /// <summary>The user's own name for it, at most 100 characters.</summary>
    public string? Name { get; init; }

    public TellingChoice Choice { get; init; } = TellingChoice.Default;

    public QuietHours? Quiet { get; init; }

    /// <summary>Null when there is no digest; what is chosen for it is then not told.</summary>
    public DigestSchedule? Digest { get; init; }

    /// <summary>IANA name; null for the project's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>A webhook's signing secret, <c>whsec_</c> and base 64; null for other kinds.</summary>
    public string? Secret { get; init; }

    /// <summary>The secret before the last rotation; null when there was none.</summary>
    public string? FormerSecret { get; init; }

    /// <summary>Until when messages are signed with the former secret too; null when there is none.</summary>
    public DateTimeOffset? FormerSecretUntil { get; init; }

    public ChannelState State { get; init; } = ChannelState.Active;

    /// <summary>Why it is not active, for people; holds no secret and nothing of a remote answer's body.</summary>
    public string? StateReason { get; init; }

    public DateTimeOffset? StateSince { get; init; }

    /// <summary>
    /// True when it is there because its address is one of the project's recipients, and only as long as it is. Without a version it has no row (yet)
    /// and the defaults.
    /// </summary>
    public bool IsRecipient { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The version that was read; null for one that is not stored.</summary>
    public string? ETag { get; init; }

    /// <summary>The secrets to sign with, the newest first; none for what is no webhook.</summary>
    public IReadOnlyList<string> SigningSecrets(DateTimeOffset now) => this switch
    {
        { Secret: null } => [],
        { FormerSecret: { } former, FormerSecretUntil: { } until } when now < until => [Secret, former],
        _ => [Secret],
    };
}
