using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Cases;

/// <summary>
/// The row keys of cases in the <c>Links</c> table, whose partition key is the project's identity; see docs/tables/links.md.
/// </summary>
internal static class CaseKeys
{
    private const string Prefix = "case:";
    private const string EntryPrefix = "caseentry:";

    public static string Case(string caseId) => Prefix + caseId;

    public static string Entry(string caseId, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{EntryPrefix}{caseId}:{number:D4}");

    /// <summary>The newest first.</summary>
    public static KeyRange Cases(ProjectId projectId) => KeyRange.StartingWith(projectId.Value, Prefix);

    /// <summary>In the order of writing.</summary>
    public static KeyRange Entries(ProjectId projectId, string caseId) =>
        KeyRange.StartingWith(projectId.Value, $"{EntryPrefix}{caseId}:");
}

/// <summary>Makes the identities of cases.</summary>
public static class CaseIds
{
    private const string Prefix = "cas_";
    private const int TimeLength = 16;
    private const int HashLength = 10;

    /// <summary>
    /// The same for the same link and time, in whatever process: a change that is written again after a crash opens the same case. Sorts
    /// before those of older cases.
    /// </summary>
    public static string For(ProjectId projectId, LinkId linkId, DateTimeOffset at)
    {
        var left = DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks;
        var hash = ShortHash.Of($"{projectId.Value}\n{linkId.Value}\n{at.UtcTicks.ToString(CultureInfo.InvariantCulture)}");
        return string.Create(CultureInfo.InvariantCulture, $"{Prefix}{left:x16}{hash.AsSpan(0, HashLength)}");
    }

    /// <summary>Whether a text has the form of an identity; it says nothing of whether there is such a case.</summary>
    public static bool IsValid(string? text) =>
        text is not null && text.Length == Prefix.Length + TimeLength + HashLength
        && text.StartsWith(Prefix, StringComparison.Ordinal) && text.AsSpan(Prefix.Length).ContainsOnlyAsciiLettersAndDigits();

    private static bool ContainsOnlyAsciiLettersAndDigits(this ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character))
                return false;
        }

        return true;
    }
}

/// <summary>A case and the entries of its timeline as rows.</summary>
internal static class CaseRow
{
    /// <summary>Column: the status's wire name, for the filter.</summary>
    public const string Status = "status";

    /// <summary>Column: the id of the owner's key, for the filter.</summary>
    public const string OwnerId = "ownerId";

    /// <summary>Column: the link, for the filter.</summary>
    public const string LinkIdColumn = "linkId";

    private const string CaseId = "caseId";
    private const string Page = "page";
    private const string Target = "target";
    private const string Promised = "promised";
    private const string Due = "due";
    private const string OwnerName = "ownerName";
    private const string State = "state";
    private const string ReasonCodes = "reasonCodes";
    private const string Changes = "changes";
    private const string OpenedAt = "openedAt";
    private const string UpdatedAt = "updatedAt";
    private const string ClosedAt = "closedAt";
    private const string ClosedById = "closedById";
    private const string ClosedByName = "closedByName";
    private const string RecoveredAt = "recoveredAt";
    private const string Entries = "entries";
    private const string Entry = "entry";

    /// <param name="write">The marker of the write that this row is part of.</param>
    public static TableEntity Write(LinkCase one, string? write)
    {
        var row = RowSchema.New(one.ProjectId.Value, CaseKeys.Case(one.Id));
        row[RowSchema.Write] = write;
        row[CaseId] = one.Id;
        row[LinkIdColumn] = one.LinkId.Value;
        row[Page] = one.Page.Href;
        row[Target] = one.Target.Href;
        row[Status] = WireName.Of(one.Status);
        row[Promised] = Text(one.Promised);
        row[Due] = Text(one.Due);
        row[OwnerId] = one.Owner?.Id;
        row[OwnerName] = one.Owner?.Name;
        row[State] = WireName.Of(one.State);
        row[ReasonCodes] = string.Join(' ', one.Reasons.Select(WireName.Of));
        row[Changes] = one.Changes;
        row[OpenedAt] = one.OpenedAt;
        row[UpdatedAt] = one.UpdatedAt;
        row[ClosedAt] = one.ClosedAt;
        row[ClosedById] = one.ClosedBy?.Id;
        row[ClosedByName] = one.ClosedBy?.Name;
        row[RecoveredAt] = one.RecoveredAt;
        row[Entries] = one.Entries;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static LinkCase Read(TableEntity row) => new()
    {
        ProjectId = new ProjectId(row.PartitionKey),
        Id = row.Text(CaseId),
        LinkId = new LinkId(row.Text(LinkIdColumn)),
        Page = StoredUrl.Parse(row.Text(Page)),
        Target = StoredUrl.Parse(row.Text(Target)),
        Status = WireName.Parse<CaseStatus>(row.Text(Status)),
        Promised = Day(row.GetString(Promised)),
        Due = Day(row.GetString(Due)),
        Owner = Person(row, OwnerId, OwnerName),
        State = WireName.Parse<LinkState>(row.Text(State)),
        Reasons =
            [.. row.Text(ReasonCodes).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(WireName.Parse<ReasonCode>)],
        Changes = row.GetInt32(Changes) ?? 0,
        OpenedAt = row.Time(OpenedAt),
        UpdatedAt = row.Time(UpdatedAt),
        ClosedAt = row.GetDateTimeOffset(ClosedAt),
        ClosedBy = Person(row, ClosedById, ClosedByName),
        RecoveredAt = row.GetDateTimeOffset(RecoveredAt),
        Entries = row.GetInt32(Entries) ?? 0,
        ETag = row.Version(),
    };

    public static TableEntity WriteEntry(LinkCase one, CaseEntry entry, string? write)
    {
        var row = RowSchema.New(one.ProjectId.Value, CaseKeys.Entry(one.Id, entry.Number));
        row[RowSchema.Write] = write;
        row[Entry] = JsonSerializer.Serialize(entry, CaseRowJson.Stored.CaseEntry);
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static CaseEntry ReadEntry(TableEntity row) => row.Json(Entry, CaseRowJson.Stored.CaseEntry);

    private static Author? Person(TableEntity row, string id, string name) =>
        row.GetString(id) is { } key ? new Author(key, row.GetString(name) ?? key) : null;

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Day(string? text) =>
        text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>The JSON in a case's rows.</summary>
[JsonSerializable(typeof(CaseEntry))]
internal sealed partial class CaseRowJson : JsonSerializerContext
{
    public static CaseRowJson Stored { get; } = new(StorageJsonContext.NewOptions());
}
