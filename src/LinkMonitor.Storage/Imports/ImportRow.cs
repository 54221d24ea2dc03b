using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Imports;

/// <summary>The keys of the <c>Imports</c> table.</summary>
internal static class ImportKeys
{
    public const string ImportPrefix = "import:";
    public const string FilePrefix = "file:";
    public const string SheetPrefix = "sheet:";

    /// <summary>Imports of all projects that have work to do.</summary>
    public const string OpenPartition = "open";

    /// <summary>Polled sheets of all projects, by when they are due.</summary>
    public const string DuePartition = "due";

    public static string Import(string id) => ImportPrefix + id;

    public static string Pieces(string id) => $"{FilePrefix}{id}:";

    public static string Piece(string id, int number) => string.Create(CultureInfo.InvariantCulture, $"{FilePrefix}{id}:{number:D5}");

    /// <summary>A caller may write anything as a key.</summary>
    public static string Key(string key) => "key:" + ShortHash.Of(key);

    public static string Open(ProjectId projectId, string id) => $"{projectId}:{id}";

    public static string Due(DateTimeOffset at, ProjectId projectId, string sheetId) =>
        $"{KeyTime.Ascending(at)}:{projectId}:{sheetId}";
}

/// <summary>An import as a row.</summary>
internal static class ImportRow
{
    public const string ImportId = "importId";
    private const string UndoneById = "undoneById";
    private const string UndoneByName = "undoneByName";
    private const string State = "state";
    private const string Name = "name";
    private const string Choices = "choices";
    private const string ById = "byId";
    private const string ByName = "byName";
    private const string CreatedAt = "createdAt";
    private const string ChangedAt = "changedAt";
    private const string EndedAt = "endedAt";
    private const string Counts = "counts";
    private const string Format = "format";
    private const string Vendor = "vendor";
    private const string Hash = "hash";
    private const string Pieces = "pieces";
    private const string Worker = "worker";
    private const string Attempts = "attempts";
    private const string ProgressedAt = "progressedAt";
    private const string Problem = "problem";
    private const string SheetId = "sheetId";

    public static TableEntity Write(ImportRun run)
    {
        var row = RowSchema.NewMarked(run.ProjectId.Value, ImportKeys.Import(run.Id));
        row[State] = WireName.Of(run.State);
        row[Name] = run.Name;
        row[Choices] = run.Choices;
        row[ById] = run.By.Id;
        row[ByName] = run.By.Name;
        row[UndoneById] = run.UndoneBy?.Id;
        row[UndoneByName] = run.UndoneBy?.Name;
        row[CreatedAt] = run.CreatedAt;
        row[ChangedAt] = run.ChangedAt;
        row[EndedAt] = run.EndedAt;
        row[Counts] = JsonSerializer.Serialize(run.Counts, ImportRowJson.Stored.ImportCounts);
        row[Format] = run.Format;
        row[Vendor] = run.Vendor;
        row[Hash] = run.Hash;
        row[Pieces] = run.Pieces;
        row[Worker] = run.Worker;
        row[Attempts] = run.Attempts;
        row[ProgressedAt] = run.ProgressedAt;
        row[Problem] = StoredText.Cut(run.Problem, 1_000);
        row[SheetId] = run.SheetId;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static ImportRun Read(TableEntity row) => new()
    {
        ProjectId = new ProjectId(row.PartitionKey),
        Id = row.RowKey[ImportKeys.ImportPrefix.Length..],
        State = WireName.Parse<ImportState>(row.Text(State)),
        Name = row.Text(Name),
        Choices = row.JsonText(Choices),
        By = new Author(row.Text(ById), row.Text(ByName)),
        UndoneBy = row.GetString(UndoneById) is { } undoneBy ? new Author(undoneBy, row.Text(UndoneByName)) : null,
        CreatedAt = row.Time(CreatedAt),
        ChangedAt = row.Time(ChangedAt),
        EndedAt = row.GetDateTimeOffset(EndedAt),
        Counts = row.Json(Counts, ImportRowJson.Stored.ImportCounts),
        Format = row.Text(Format),
        Vendor = row.GetString(Vendor),
        Hash = row.Text(Hash),
        Pieces = row.GetInt32(Pieces) ?? throw new FormatException($"The row has no column '{Pieces}'."),
        Worker = row.GetString(Worker),
        Attempts = row.GetInt32(Attempts) ?? 0,
        ProgressedAt = row.GetDateTimeOffset(ProgressedAt),
        Problem = row.GetString(Problem),
        SheetId = row.GetString(SheetId),
        ETag = row.Version(),
    };
}

/// <summary>A polled sheet as a row.</summary>
internal static class SheetRow
{
    private const string Url = "url";
    private const string EverySeconds = "everySeconds";
    private const string Choices = "choices";
    private const string ById = "byId";
    private const string ByName = "byName";
    private const string CreatedAt = "createdAt";
    private const string DueAt = "dueAt";
    private const string AskedAt = "askedAt";
    private const string Hash = "hash";
    private const string Outcome = "outcome";
    private const string NewAt = "newAt";
    private const string ReadAt = "readAt";
    private const string Seen = "seen";
    private const string ImportId = "importId";

    public static TableEntity Write(PolledSheet sheet)
    {
        var row = RowSchema.NewMarked(sheet.ProjectId.Value, ImportKeys.SheetPrefix + sheet.Id);
        row[Url] = sheet.Url;
        row[EverySeconds] = (long)sheet.Every.TotalSeconds;
        row[Choices] = sheet.Choices;
        row[ById] = sheet.By.Id;
        row[ByName] = sheet.By.Name;
        row[CreatedAt] = sheet.CreatedAt;
        row[DueAt] = sheet.DueAt;
        row[AskedAt] = sheet.AskedAt;
        row[Hash] = sheet.Hash;
        row[Outcome] = StoredText.Cut(sheet.Outcome, 1_000);
        row[NewAt] = sheet.NewAt;
        row[ReadAt] = sheet.ReadAt;
        row[Seen] = sheet.Seen;
        row[ImportId] = sheet.ImportId;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static PolledSheet Read(TableEntity row) => new()
    {
        ProjectId = new ProjectId(row.PartitionKey),
        Id = row.RowKey[ImportKeys.SheetPrefix.Length..],
        Url = row.Text(Url),
        Every = TimeSpan.FromSeconds(row.Number(EverySeconds)),
        Choices = row.JsonText(Choices),
        By = new Author(row.Text(ById), row.Text(ByName)),
        CreatedAt = row.Time(CreatedAt),
        DueAt = row.Time(DueAt),
        AskedAt = row.GetDateTimeOffset(AskedAt),
        Hash = row.GetString(Hash),
        Outcome = row.GetString(Outcome),
        NewAt = row.GetDateTimeOffset(NewAt),
        ReadAt = row.GetDateTimeOffset(ReadAt),
        Seen = row.GetString(Seen),
        ImportId = row.GetString(ImportId),
        ETag = row.Version(),
    };
}

/// <summary>The JSON in columns of imports.</summary>
[JsonSerializable(typeof(ImportCounts))]
internal sealed partial class ImportRowJson : JsonSerializerContext
{
    public static ImportRowJson Stored { get; } = new(StorageJsonContext.NewOptions());
}
