using System.Text.Json.Serialization;
using Azure.Data.Tables;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Alerts;

/// <summary>The <c>Alerts</c> table: what the planning of a project's alerts remembers, and what it decides.</summary>
public interface IAlertPlanStore
{
    /// <summary>The project's plan; one without a version when nothing was ever planned.</summary>
    Task<AlertPlan> GetAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>
    /// The project's links that are held. The identities of links whose row cannot be read are set aside: they are held, too.
    /// </summary>
    Task<RowsRead<UnstableLink>> ReadUnstableAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>The reminder of a link's terms that was reported last; null for none.</summary>
    Task<string?> GetRemindedAsync(ProjectId projectId, LinkId linkId, CancellationToken cancellationToken);

    /// <summary>Asks for checks of links' terms, in transactions. Asking twice for the same time is once.</summary>
    /// <param name="checks">Each once.</param>
    Task CheckTermsAsync(ProjectId projectId, IReadOnlyCollection<TermCheck> checks, CancellationToken cancellationToken);

    /// <summary>The checks of terms that are to come or were not taken yet, the earliest first.</summary>
    IAsyncEnumerable<ReadRow<TermCheck>> ReadTermChecksAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>The reminders of a case that were reported, separated by spaces; null for none.</summary>
    Task<string?> GetCaseRemindedAsync(ProjectId projectId, string caseId, CancellationToken cancellationToken);

    /// <summary>Asks for a check of a case's days. Asking twice for the same time is once.</summary>
    Task LookAtCaseAsync(ProjectId projectId, CaseCheck look, CancellationToken cancellationToken);

    /// <summary>The checks of cases that are to come or were not taken yet, the earliest first.</summary>
    IAsyncEnumerable<ReadRow<CaseCheck>> ReadCaseChecksAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the plan over the version that was read, with the alerts it opens and the links it holds, in one transaction. Null when
    /// somebody else planned since: nothing was written.
    /// </summary>
    Task<AlertPlan?> TryWriteAsync(PlanResult planned, CancellationToken cancellationToken);

    /// <summary>
    /// Notes in the plan that the project needs attention since, or at, a time; an earlier time that is noted already stays.
    /// </summary>
    Task NoteWakeAsync(ProjectId projectId, DateTimeOffset at, CancellationToken cancellationToken);
}

/// <summary>What of an alert never changes: when it was made and which changes it reports. Written once, kept for ever.</summary>
/// <param name="OutboxKeys">The places in the outbox where its changes were.</param>
internal sealed record AlertChangesRow(DateTimeOffset CreatedAt, IReadOnlyList<string> OutboxKeys)
{
    private const string CreatedAtColumn = "createdAt";
    private const string Keys = "keys";
    private const char Separator = ' ';

    public static TableEntity Write(NewAlert opened)
    {
        var row = RowSchema.New(opened.Alert.ProjectId.Value, AlertKeys.Changes(opened.Alert.Id));
        row[CreatedAtColumn] = opened.Alert.CreatedAt;
        LongText.Write(row, Keys, string.Join(Separator, opened.OutboxKeys.Select(LinkKeys.ShortOutbox)));
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static AlertChangesRow Read(TableEntity row) => new(
        row.Time(CreatedAtColumn),
        [.. LongText.Read(row, Keys).Split(Separator, StringSplitOptions.RemoveEmptyEntries).Select(LinkKeys.LongOutbox)]);
}

/// <summary>The identities of alerts.</summary>
public static class AlertIds
{
    private const string Prefix = "alr_";

    /// <summary>The same for the same cause: an alert that is planned again after a crash is the same alert.</summary>
    /// <param name="parts">What it is about: the ids of its changes, or the name of a period, a reminder or a notice.</param>
    public static string For(ProjectId projectId, AlertKind kind, IEnumerable<string> parts) =>
        Prefix + ShortHash.Of($"{projectId}\n{WireName.Of(kind)}\n{string.Join('\n', parts)}");

    /// <summary>A short name for a cause, by which a plan remembers when it was reported.</summary>
    public static string OfCause(string cause) => ShortHash.Of(cause);

    /// <summary>Whether a text has the form of an identity; it says nothing of whether there is such an alert.</summary>
    public static bool IsValid(string? text) => ShortHash.IsWellFormed(text, Prefix, ShortHash.Length);
}

/// <summary>What an alert is about.</summary>
[JsonConverter(typeof(WireNameJsonConverter<AlertKind>))]
public enum AlertKind
{
    /// <summary>Changes with one cause.</summary>
    Incident,

    /// <summary>A link that changes back and forth: its changes are held from now on.</summary>
    Unstable,

    /// <summary>A link that was unstable and has kept its state for long enough.</summary>
    Settled,

    /// <summary>What happened in a period, for the channels that want it summed up.</summary>
    Digest,

    /// <summary>Terms that end soon, and links that outlived theirs.</summary>
    Terms,

    /// <summary>Cases whose due or promised day has come.</summary>
    Cases,

    /// <summary>Something the operator of the installation must know: our network failed, or a channel was disabled.</summary>
    Notice,

    /// <summary>A message that a user asked for, to see whether the channel works.</summary>
    Test,
}

/// <summary>
/// What the planning of one project's alerts remembers. Whoever plans writes it over the version that was read, so that two never plan the
/// same.
/// </summary>
public sealed record AlertPlan
{
    public required ProjectId ProjectId { get; init; }

    /// <summary>Before this nothing in the outbox can be ready to be reported, so it need not be read; null for at once.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>
    /// When the project needs attention though nothing changes (a digest, a reminder, a settling); in the past when it was not given yet.
    /// </summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>When each cause was reported last, by a short hash of the cause. Old ones are dropped.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Causes { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>By channel: the end of the last period that its digest was made for.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Digests { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>The version that was read; null for one that is not stored yet.</summary>
    public string? ETag { get; init; }
}

/// <summary>
/// Who works on a project's alerts, and whether a message is under way for it: so that one planning runs at a time, and one message
/// travels.
/// </summary>
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

/// <summary>The <c>Alerts</c> table: what is under way for a project.</summary>
public interface IAlertWorkStore
{
    /// <summary>One without a version when nothing was ever under way.</summary>
    Task<AlertWork> GetAsync(ProjectId projectId, CancellationToken cancellationToken);

    /// <summary>Writes it over the version that was read; null when somebody else wrote since.</summary>
    Task<AlertWork?> TrySaveAsync(AlertWork work, CancellationToken cancellationToken);
}

/// <summary>An alert that is about to be opened.</summary>
/// <param name="OutboxKeys">
/// The places in the outbox of the changes it reports, the oldest first; as many as <see cref="Alert.ChangeCount"/>.
/// </param>
public sealed record NewAlert(Alert Alert, IReadOnlyList<string> OutboxKeys);
