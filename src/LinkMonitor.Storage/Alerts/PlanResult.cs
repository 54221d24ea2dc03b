using Azure.Data.Tables;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Alerts;

/// <summary>What one planning decided; written whole or not at all.</summary>
public sealed record PlanResult
{
    /// <summary>Rows that one step may write beside the plan: the service takes 100 in a transaction.</summary>
    public const int MaxRows = 99;

    /// <summary>Rows that each opened alert takes.</summary>
    public const int RowsPerAlert = 2;

    /// <summary>
    /// Bytes that one step may write, by <see cref="BytesOf"/>: the service takes 4 MiB in a transaction, the frame of every row included.
    /// </summary>
    public const int MaxBytes = 3 * 1024 * 1024;

    /// <summary>An upper bound for a row that is no alert.</summary>
    public const int BytesPerSmallRow = 2 * 1024;

    // The columns of fixed size, with the frame of a request in a batch; of each delivery its names, times and state.
    private const int BytesPerAlert = 6 * 1024;
    private const int BytesPerDelivery = 1024;
    private const int BytesPerReminder = 512;

    // A character as JSON within JSON, at worst.
    private const int BytesPerCharacter = 7;

    public required AlertPlan Plan { get; init; }

    public IReadOnlyList<NewAlert> Opened { get; init; } = [];

    /// <summary>Links that are held from now on, or still.</summary>
    public IReadOnlyList<UnstableLink> Unstable { get; init; } = [];

    /// <summary>Links that are held no more.</summary>
    public IReadOnlyList<LinkId> Settled { get; init; } = [];

    /// <summary>By link: the reminder reported last, so that none is reported twice.</summary>
    public IReadOnlyDictionary<LinkId, string> Reminded { get; init; } = new Dictionary<LinkId, string>();

    /// <summary>Checks of terms that were made.</summary>
    public IReadOnlyList<TermCheck> CheckedTerms { get; init; } = [];

    /// <summary>Checks of terms to come.</summary>
    public IReadOnlyList<TermCheck> TermChecks { get; init; } = [];

    /// <summary>Checks of cases that were taken.</summary>
    public IReadOnlyList<CaseCheck> CheckedCases { get; init; } = [];

    /// <summary>Checks of cases to come.</summary>
    public IReadOnlyList<CaseCheck> CaseChecks { get; init; } = [];

    /// <summary>By case: the reminders reported, separated by spaces, so that none is reported twice.</summary>
    public IReadOnlyDictionary<string, string> CasesReminded { get; init; } = new Dictionary<string, string>();

    public int Rows => (Opened.Count * RowsPerAlert) + Unstable.Count + Settled.Count + Reminded.Count + CheckedTerms.Count
        + TermChecks.Count + CheckedCases.Count + CaseChecks.Count + CasesReminded.Count;

    /// <summary>An upper bound of the bytes that opening an alert writes.</summary>
    public static int BytesOf(NewAlert opened)
    {
        var alert = opened.Alert;
        var texts = Length(alert.Subject) + Length(alert.Cause?.Subject) + Length(alert.Content?.Text) + Length(alert.Content?.ChannelName);
        return BytesPerAlert
            + opened.OutboxKeys.Sum(key => key.Length + 1)
            + alert.Deliveries.Sum(delivery => BytesPerDelivery + (BytesPerCharacter * delivery.Recipient.Length))
            + (BytesPerReminder * ((alert.Content?.Reminders?.Count ?? 0) + (alert.Content?.CaseReminders?.Count ?? 0)))
            + (BytesPerCharacter * texts);
    }

    private static int Length(string? text) => text?.Length ?? 0;
}

/// <summary>A link that changes back and forth, whose further changes are not reported until it has kept a state for long enough.</summary>
public sealed record UnstableLink
{
    public required ProjectId ProjectId { get; init; }

    public required LinkId LinkId { get; init; }

    /// <summary>The change with which it became unstable.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The state that was reported before its instability was.</summary>
    public required LinkState StateBefore { get; init; }

    /// <summary>The state of the last change that was reported with its instability.</summary>
    public required LinkState StateTold { get; init; }

    /// <summary>When it may have settled: to be checked then.</summary>
    public required DateTimeOffset SettlesAt { get; init; }
}

/// <summary>An unstable link as a row.</summary>
internal static class UnstableRow
{
    private const string LinkIdColumn = "linkId";
    private const string Since = "since";
    private const string StateBefore = "stateBefore";
    private const string StateTold = "stateTold";
    private const string SettlesAt = "settlesAt";

    public static TableEntity Write(UnstableLink link)
    {
        var row = RowSchema.New(link.ProjectId.Value, AlertKeys.Unstable(link.LinkId));
        row[LinkIdColumn] = link.LinkId.Value;
        row[Since] = link.Since;
        row[StateBefore] = WireName.Of(link.StateBefore);
        row[StateTold] = WireName.Of(link.StateTold);
        row[SettlesAt] = link.SettlesAt;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static UnstableLink Read(TableEntity row) => new()
    {
        ProjectId = new ProjectId(row.PartitionKey),
        LinkId = new LinkId(row.Text(LinkIdColumn)),
        Since = row.Time(Since),
        StateBefore = WireName.Parse<LinkState>(row.Text(StateBefore)),
        StateTold = WireName.Parse<LinkState>(row.Text(StateTold)),
        SettlesAt = row.Time(SettlesAt),
    };
}
