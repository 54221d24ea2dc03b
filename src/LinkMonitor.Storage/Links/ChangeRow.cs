using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Links;

/// <summary>A change as a row: the same columns in the project's changes, in the link's history and in the outbox.</summary>
internal static class ChangeRow
{
    private const string ChangeId = "changeId";
    private const string LinkIdColumn = "linkId";
    private const string Page = "page";
    private const string Target = "target";
    private const string From = "from";
    private const string To = "to";
    private const string At = "at";
    private const string Since = "since";
    private const string Alerts = "alerts";
    private const string ReasonsBefore = "reasonsBefore";
    private const string ReasonsAfter = "reasonsAfter";
    private const string Before = "before";
    private const string After = "after";
    private const string Held = "held";
    private const string HeldBefore = "heldBefore";
    private const string Type = "type";
    private const string Trace = "trace";

    private static StorageJsonContext Json => StorageJsonContext.Stored;

    /// <param name="write">The marker of the write that this row is part of.</param>
    public static TableEntity Write(LinkChange change, string rowKey, string? write)
    {
        var transition = change.Transition;
        var row = RowSchema.New(change.ProjectId.Value, rowKey);
        row[RowSchema.Write] = write;
        row[ChangeId] = change.Id;
        row[LinkIdColumn] = change.LinkId.Value;
        row[Page] = change.Page.Href;
        row[Target] = change.Target.Href;
        row[From] = WireName.Of(transition.From);
        row[To] = WireName.Of(transition.To);
        row[At] = transition.At;
        row[Since] = transition.Since;
        row[Alerts] = transition.Alerts;
        row[ReasonsBefore] = EvidenceFit.Write(transition.ReasonsBefore);
        row[ReasonsAfter] = EvidenceFit.Write(transition.ReasonsAfter);
        row[Before] = transition.Before is { } before ? EvidenceFit.Write(before) : null;
        row[After] = EvidenceFit.Write(transition.After);
        row[HeldBefore] = transition.HeldBefore is { } held ? EvidenceFit.Write(held) : null;
        row[Type] = change.Type;
        row[Trace] = change.Trace;
        return row;
    }

    /// <summary>What marks a change as held, to be merged into the row that is there.</summary>
    public static TableEntity WriteHeld(ProjectId projectId, string rowKey) => new(projectId.Value, rowKey) { [Held] = true };

    /// <summary>What the evidence becomes, to be merged into the row that is there.</summary>
    public static TableEntity WriteEvidence(ProjectId projectId, string rowKey, Evidence? before, Evidence after)
    {
        var row = new TableEntity(projectId.Value, rowKey) { [After] = EvidenceFit.Write(after) };
        if (before is not null)
            row[Before] = EvidenceFit.Write(before);
        return row;
    }

    /// <summary>The key of the same change in its link's history.</summary>
    /// <exception cref="FormatException">The row is damaged.</exception>
    public static string ReadHistoryKey(TableEntity row) =>
        LinkKeys.History(new LinkId(row.Text(LinkIdColumn)), row.Time(At), row.Text(ChangeId));

    /// <summary>The columns that <see cref="ReadLink"/> reads.</summary>
    public static IReadOnlyList<string> LinkColumns { get; } = [RowSchema.Version, LinkIdColumn];

    /// <summary>Whose change it is.</summary>
    /// <exception cref="FormatException">The row is damaged.</exception>
    public static LinkId ReadLink(TableEntity row) => new(row.Text(LinkIdColumn));

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static ChangeProof ReadProof(TableEntity row) => new(Read(row), row.GetString(Before), row.Text(After));

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static LinkChange Read(TableEntity row) => new()
    {
        Id = row.Text(ChangeId),
        ProjectId = new ProjectId(row.PartitionKey),
        LinkId = new LinkId(row.Text(LinkIdColumn)),
        Page = StoredUrl.Parse(row.Text(Page)),
        Target = StoredUrl.Parse(row.Text(Target)),
        Held = row.GetBoolean(Held) ?? false,
        Type = row.GetString(Type),
        Trace = row[Trace] as string,
        Transition = new LinkTransition
        {
            From = WireName.Parse<LinkState>(row.Text(From)),
            To = WireName.Parse<LinkState>(row.Text(To)),
            HeldBefore = row.JsonOrNull(HeldBefore, Json.HeldState),
            At = row.Time(At),
            Since = row.Time(Since),
            Alerts = row.GetBoolean(Alerts) ?? false,
            ReasonsBefore = row.Json(ReasonsBefore, Json.IReadOnlyListReason),
            ReasonsAfter = row.Json(ReasonsAfter, Json.IReadOnlyListReason),
            Before = row.JsonOrNull(Before, Json.Evidence),
            After = row.Json(After, Json.Evidence),
        },
    };
}

/// <summary>Makes the identities of changes.</summary>
public static class ChangeIdFactory
{
    private const string Prefix = "chg_";

    /// <summary>The identity of a change: judging the same observation again, in whatever process, gives the same.</summary>
    public static string For(ProjectId projectId, LinkId linkId, LinkTransition transition)
    {
        ArgumentNullException.ThrowIfNull(transition);
        var ticks = transition.At.UtcTicks.ToString(CultureInfo.InvariantCulture);
        return Prefix + ShortHash.Of($"{projectId.Value}\n{linkId.Value}\n{ticks}\n{WireName.Of(transition.To)}");
    }
}

/// <summary>A change with its evidence to the letter as it is stored, so that whoever has the text can compare its hash.</summary>
/// <param name="Before">JSON; null at the first observation.</param>
/// <param name="After">JSON.</param>
public sealed record ChangeProof(LinkChange Change, string? Before, string After)
{
    /// <summary>SHA-256 of <see cref="Before"/> in UTF-8, 64 lower-case hexadecimal digits; null without it.</summary>
    public string? BeforeHash => Before is null ? null : Hash(Before);

    /// <summary>As <see cref="BeforeHash"/>, of <see cref="After"/>.</summary>
    public string AfterHash => Hash(After);

    private static string Hash(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
}

/// <summary>Makes the identities of what is to be reported of a term.</summary>
public static class TermEventIds
{
    private const string Prefix = "trm_";

    /// <summary>The same for the same link, end and kind, in whatever process: so it can be reported exactly once.</summary>
    public static string For(ProjectId projectId, LinkId linkId, DateOnly end, string kind) =>
        Prefix + ShortHash.Of($"{projectId.Value}\n{linkId.Value}\n{end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\n{kind}");
}
