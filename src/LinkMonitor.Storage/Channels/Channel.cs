using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Channels;

/// <summary>Where a project's alerts go, and what of them.</summary>
public sealed record Channel
{
    public required ProjectId ProjectId { get; init; }

    public required ChannelId Id { get; init; }

    public required ChannelKind Kind { get; init; }

    /// <summary>An e-mail address, or an absolute URL of at most 2,000 characters. A URL is itself a secret.</summary>
    public required string Address { get; init; }

    /// <summary>The user's own name for it, at most 100 characters.</summary>
    public string? Name { get; init; }

    public AlertChoice Choice { get; init; } = AlertChoice.Default;

    public QuietHours? Quiet { get; init; }

    /// <summary>
    /// <see cref="DigestSchedule.OfTheRest"/> where none is given and a topic is left to the types of links. Null when there is no digest;
    /// what is chosen for it is then not reported.
    /// </summary>
    public DigestSchedule? Digest
    {
        get => GivenDigest ?? (Choice.AsksTypes ? DigestSchedule.OfTheRest : null);
        init => GivenDigest = value;
    }

    /// <summary>As somebody has chosen it; null when nobody has.</summary>
    public DigestSchedule? GivenDigest { get; private init; }

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
    /// True when it is there because its address is one of the project's recipients, and only as long as it is. Without a version it has no
    /// row (yet) and the defaults.
    /// </summary>
    public bool IsRecipient { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The version that was read; null for one that is not stored.</summary>
    public string? ETag { get; init; }

    /// <summary>Without address and secrets: whatever writes a channel into a log or an error tells neither.</summary>
    public override string ToString() => $"{Kind} {Id}";

    /// <summary>The secrets to sign with, the newest first; none for what is no webhook.</summary>
    public IReadOnlyList<string> SigningSecrets(DateTimeOffset now) => this switch
    {
        { Secret: null } => [],
        { FormerSecret: { } former, FormerSecretUntil: { } until } when now < until => [Secret, former],
        _ => [Secret],
    };
}

/// <summary>How a channel's alerts travel.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ChannelKind>))]
public enum ChannelKind
{
    /// <summary>To one e-mail address, over the mail transport of the installation.</summary>
    Email,

    /// <summary>To an HTTPS endpoint of the user, signed as https://www.standardwebhooks.com/ has it.</summary>
    Webhook,

    /// <summary>To a Slack incoming webhook.</summary>
    Slack,

    /// <summary>To a Microsoft Teams incoming webhook.</summary>
    Teams,
}

/// <summary>Whether a channel is sent to.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ChannelState>))]
public enum ChannelState
{
    /// <summary>It gets what it chose.</summary>
    Active,

    /// <summary>Its owner paused it.</summary>
    Paused,

    /// <summary>The reader unsubscribed; only the reader or an explicit change of the state brings it back.</summary>
    Unsubscribed,

    /// <summary>It failed for good (the address is gone, or nothing was accepted until we gave up).</summary>
    Disabled,
}

/// <summary>The <c>Channels</c> table: a partition per project.</summary>
public interface IChannelStore
{
    /// <summary>
    /// All channels of a project: its stored channels, and for each of its recipients without a row one with the
    /// defaults. In order of identity. The identities of those that cannot be read are set aside: a recipient among them has no defaults,
    /// because nobody knows whether they unsubscribed.
    /// </summary>
    Task<RowsRead<Channel>> ListAsync(Project project, CancellationToken cancellationToken);

    /// <summary>As <see cref="ListAsync"/> has it; null when there is none.</summary>
    Task<Channel?> GetAsync(Project project, ChannelId id, CancellationToken cancellationToken);

    /// <summary>
    /// As it is stored, also when it stands for an address that is no recipient of the project any more; null when there is no row.
    /// </summary>
    Task<Channel?> FindAsync(ProjectId projectId, ChannelId id, CancellationToken cancellationToken);

    /// <summary>Writes over the version that was read; one without a version must not be stored yet.</summary>
    Task<SaveOutcome> SaveAsync(Channel channel, CancellationToken cancellationToken);

    /// <summary>Gone already is no error. An address that is still a recipient of the project comes back with the defaults.</summary>
    Task DeleteAsync(ProjectId projectId, ChannelId id, CancellationToken cancellationToken);

    /// <summary>Removes a thousand of a project's channels. May be called again after a crash.</summary>
    /// <returns>Whether nothing is left.</returns>
    Task<bool> PurgeAsync(ProjectId projectId, CancellationToken cancellationToken);
}
