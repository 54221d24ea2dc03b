using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Alerts;

/// <summary>
/// The <c>Alerts</c> table: what is being reported, what was reported, to whom and with what result. Alerts are opened by
/// <see cref="IAlertPlanStore"/>.
/// </summary>
public interface IAlertStore
{
    /// <summary>
    /// Notes that a project may have something to report, so that the sweep goes on with it whatever becomes of who is at it.
    /// </summary>
    Task MarkPendingAsync(ProjectId projectId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The noted projects, with the time of their latest note.</summary>
    IAsyncEnumerable<PendingProject> ReadPendingAsync(CancellationToken cancellationToken);

    /// <summary>Takes a note back, unless it was renewed since it was read. One that cannot be read stays.</summary>
    Task ClearPendingAsync(PendingProject pending, CancellationToken cancellationToken);

    /// <summary>
    /// Has the sweep give a project attention at a time: when a channel or terms were changed, at once. May be called again.
    /// </summary>
    Task WakeAsync(ProjectId projectId, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The wake-ups up to a time, the oldest first.</summary>
    IAsyncEnumerable<WakeUp> ReadWakesAsync(DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>The wake-ups after a time, the earliest first.</summary>
    IAsyncEnumerable<WakeUp> ReadWakesAfterAsync(DateTimeOffset after, CancellationToken cancellationToken);

    /// <summary>Gone already is no error. One that cannot be read stays.</summary>
    Task DeleteWakeAsync(WakeUp wake, CancellationToken cancellationToken);

    /// <summary>A project's open alerts, the oldest first. The identities of those that cannot be read are set aside.</summary>
    Task<RowsRead<Alert>> ReadOpenAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>One alert, open or closed; null when there is none.</summary>
    Task<Alert?> GetAsync(ProjectId projectId, string alertId, CancellationToken cancellationToken);

    /// <summary>
    /// The places in the outbox where the changes it reports were, the oldest first; the changes themselves stay in <c>Links</c>.
    /// </summary>
    Task<IReadOnlyList<string>> GetChangeKeysAsync(Alert alert, CancellationToken cancellationToken);

    /// <summary>The places in the outbox of all changes that these open alerts report, those that are set aside included.</summary>
    Task<IReadOnlySet<string>> ReadReportedAsync(ProjectId projectId, RowsRead<Alert> open, CancellationToken cancellationToken);

    /// <summary>Writes an open alert over the version that was read; null when somebody else wrote since.</summary>
    Task<Alert?> TrySaveAsync(Alert alert, CancellationToken cancellationToken);

    /// <summary>Moves an open alert to the sent ones, in one transaction. False when somebody else wrote since.</summary>
    Task<bool> CloseAsync(Alert alert, CancellationToken cancellationToken);

    /// <summary>A project's closed alerts, the newest first.</summary>
    Task<Slice<Alert>> ListAsync(ProjectId projectId, int maxItems, string? cursor, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a thousand rows of what is kept of the planning of a project's alerts, its note included. May be called again after a crash.
    /// </summary>
    /// <returns>Whether nothing is left.</returns>
    Task<bool> PurgeAsync(ProjectId projectId, CancellationToken cancellationToken);
}

/// <summary>
/// Something reported to some channels. It is stored before anything is sent, so that after a crash the same goes to the same channels, and
/// those who were notified are not notified again.
/// </summary>
public sealed record Alert
{
    /// <summary>More changes than this become several alerts: their keys must fit into one row.</summary>
    public const int MaxChanges = 2_500;

    /// <summary>More deliveries than this become several alerts, for the same reason.</summary>
    public const int MaxDeliveries = 300;

    /// <summary><c>alr_</c> and 26 base-32 characters, from what it reports.</summary>
    public required string Id { get; init; }

    /// <summary>The project; <see cref="OperatorPartition"/> for a notice to the operator.</summary>
    public required ProjectId ProjectId { get; init; }

    public AlertKind Kind { get; init; } = AlertKind.Incident;

    /// <summary>What its changes have in common; null when it is no incident.</summary>
    public AlertCause? Cause { get; init; }

    /// <summary>What it contains besides changes; null for an incident.</summary>
    public AlertContent? Content { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Subject { get; init; }

    /// <summary>How many changes it reports, at most <see cref="MaxChanges"/>; their keys are read apart.</summary>
    public int ChangeCount { get; init; }

    /// <summary>At most <see cref="MaxDeliveries"/>.</summary>
    public required IReadOnlyList<Delivery> Deliveries { get; init; }

    /// <summary>Until when one worker has it for itself.</summary>
    public required DateTimeOffset LeasedUntil { get; init; }

    /// <summary>When nothing was left to send; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The trace of what it reports, as a W3C <c>traceparent</c>; null when nobody recorded one.</summary>
    public string? Trace { get; init; }

    /// <summary>The version that was read; null for one that is not stored yet.</summary>
    public string? ETag { get; init; }

    /// <summary>Stands for a project in notices to the operator of the installation.</summary>
    public static ProjectId OperatorPartition { get; } = new("operator");

    /// <summary>When the next of its deliveries is to be tried; null when none waits.</summary>
    public DateTimeOffset? NextAttemptAt => Deliveries.Where(delivery => delivery.State == DeliveryState.Waiting)
        .Select(delivery => (DateTimeOffset?)(delivery.NextAttemptAt ?? DateTimeOffset.MinValue)).Min();
}

/// <summary>Why the changes of an incident are reported together, as stored.</summary>
/// <param name="Kind">The wire name of the kind of cause, for example <c>host</c>.</param>
/// <param name="Subject">The page's or target's URL, the host or the vendor; null for a single link.</param>
public sealed record AlertCause(string Kind, string? Subject);

/// <summary>A project that needs attention at a time, though no message may come for it.</summary>
/// <param name="IsReadable">
/// False when its row holds something that is not understood: the project has its attention, and the row stays.
/// </param>
public sealed record WakeUp(ProjectId ProjectId, DateTimeOffset At, bool IsReadable = true);

/// <summary>One channel's copy of an alert, or a part of it.</summary>
public sealed record Delivery
{
    /// <summary>The channel; null for an address of the operator.</summary>
    public string? ChannelId { get; init; }

    /// <summary>
    /// Whether it is kept for a channel whose row could not be read: nobody knows yet whether the channel wants it, how it travels and in
    /// how many parts.
    /// </summary>
    [JsonIgnore]
    public bool IsKept => ChannelId is { } id && Recipient == id;

    /// <summary>How it travels.</summary>
    public required ChannelKind Channel { get; init; }

    /// <summary>
    /// Whom it goes to, for people: an e-mail address, or what may be shown of a URL. The URL itself is looked up when it is sent.
    /// </summary>
    public required string Recipient { get; init; }

    /// <summary>1 for the first of the messages that an alert is cut into where a channel takes only so many changes in one.</summary>
    public int Part { get; init; } = 1;

    public int Parts { get; init; } = 1;

    public DeliveryState State { get; init; } = DeliveryState.Waiting;

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    public DateTimeOffset? FirstAttemptAt { get; init; }

    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>Not before this; null for at once.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The service's own id of the message, or the file's name.</summary>
    public string? Receipt { get; init; }

    /// <summary>What went wrong at the last attempt; null when it went well.</summary>
    public string? Error { get; init; }
}

/// <summary>How far one recipient's copy of an alert has come.</summary>
[JsonConverter(typeof(WireNameJsonConverter<DeliveryState>))]
public enum DeliveryState
{
    /// <summary>Not accepted yet; it will be tried again.</summary>
    Waiting,

    /// <summary>The mail service accepted it.</summary>
    Sent,

    /// <summary>Refused for good, or given up.</summary>
    Failed,

    /// <summary>Not wanted any more when its time came: the channel was removed, paused, disabled, or its reader unsubscribed.</summary>
    Dropped,
}

/// <summary>
/// What notices to the operator are about, as <see cref="AlertContent.Notice"/> has it; docs/operations.md says what to do about each.
/// </summary>
public static class NoticeNames
{
    /// <summary>A check failed by a fault of ours, or over a row that cannot be read.</summary>
    public const string CheckFailed = "check-failed";

    /// <summary>Nothing can be sent to a channel any more.</summary>
    public const string ChannelDisabled = "channel-disabled";

    /// <summary>A channel, or all mail, takes nothing; it is still tried.</summary>
    public const string ChannelFailing = "channel-failing";

    /// <summary>Our own network failed, so that nothing was judged.</summary>
    public const string NetworkFailed = "network-failed";

    /// <summary>Pages are due, and nothing was checked for long.</summary>
    public const string ScheduleStalled = "schedule-stalled";
}
