using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.ClientReports;

/// <summary>The keys of the <c>Reports</c> table.</summary>
internal static class ReportKeys
{
    public const string ReportPrefix = "report:";
    public const string PiecePrefix = "piece:";
    public const string BegunPrefix = "begun:";
    public const string SharePrefix = "share:";
    public const string Counter = "counter:";
    public const string Brand = "brand:";

    /// <summary>The newest comes first.</summary>
    public static string Report(int number) => string.Create(CultureInfo.InvariantCulture, $"{ReportPrefix}{int.MaxValue - number:D10}");

    public static string Pieces(string piecesId) => $"{PiecePrefix}{piecesId}:";

    public static string Piece(string piecesId, string list, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{PiecePrefix}{piecesId}:{list}:{number:D5}");

    /// <summary>Says that pieces belong to no report, not yet or not any more.</summary>
    public static string Begun(string piecesId) => BegunPrefix + piecesId;

    /// <summary>A caller may write anything as a key.</summary>
    public static string Key(string key) => "key:" + ShortHash.Of(key);

    public static string Shares(int number) => string.Create(CultureInfo.InvariantCulture, $"{SharePrefix}{number:D10}:");

    public static string Share(int number, string id) => Shares(number) + id;
}

/// <summary>A report as a row, without its facts.</summary>
internal static class ClientReportRow
{
    public const string LineKey = "lineKey";
    public const string Number = "number";
    public const string Mark = "mark";
    private const string Title = "title";
    private const string Client = "client";
    private const string Language = "language";
    private const string From = "from";
    private const string To = "to";
    private const string TimeZone = "timeZone";
    private const string Line = "line";
    private const string Sections = "sections";
    private const string CreatedAt = "createdAt";
    private const string ById = "byId";
    private const string ByName = "byName";
    private const string Links = "links";
    private const string PiecesId = "piecesId";
    private const string Pieces = "pieces";
    private const string Previous = "previous";
    private const string DayFormat = "yyyy-MM-dd";

    public static TableEntity Write(ClientReport report)
    {
        var row = RowSchema.NewMarked(report.ProjectId.Value, ReportKeys.Report(report.Number));
        row[Title] = report.Title;
        row[Client] = report.Client;
        row[Language] = report.Language;
        BrandRow.Write(row, report.Brand);
        row[From] = report.From.ToString(DayFormat, CultureInfo.InvariantCulture);
        row[To] = report.To.ToString(DayFormat, CultureInfo.InvariantCulture);
        row[TimeZone] = report.TimeZone;
        row[Line] = report.Line;
        row[LineKey] = ShortHash.Of(report.Line);
        row[Sections] = SectionText.Write(report.Sections);
        row[CreatedAt] = report.CreatedAt;
        row[ById] = report.By.Id;
        row[ByName] = report.By.Name;
        row[Links] = report.Links;
        row[PiecesId] = report.PiecesId;
        row[Pieces] = JsonSerializer.Serialize(report.Pieces, ReportRowJson.Stored.IReadOnlyDictionaryStringInt32);
        row[Previous] = report.PreviousNumber;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static ClientReport Read(TableEntity row) => new()
    {
        ProjectId = new ProjectId(row.PartitionKey),
        Number =
            int.MaxValue - int.Parse(row.RowKey.AsSpan(ReportKeys.ReportPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture),
        Title = row.Text(Title),
        Client = row.GetString(Client),
        Language = row.Text(Language),
        Brand = BrandRow.Read(row),
        From = Day(row, From),
        To = Day(row, To),
        TimeZone = row.Text(TimeZone),
        Line = row.Text(Line),
        Sections = SectionText.Read(row.Text(Sections)),
        CreatedAt = row.Time(CreatedAt),
        By = new Author(row.Text(ById), row.Text(ByName)),
        Links = Whole(row, Links),
        PiecesId = row.Text(PiecesId),
        Pieces = row.Json(Pieces, ReportRowJson.Stored.IReadOnlyDictionaryStringInt32),
        PreviousNumber = row.GetInt32(Previous),
        ETag = row.Version(),
    };

    /// <exception cref="FormatException">The column is missing.</exception>
    public static int Whole(TableEntity row, string column) =>
        row.GetInt32(column) ?? throw new FormatException($"The row has no column '{column}'.");

    private static DateOnly Day(TableEntity row, string column) =>
        DateOnly.ParseExact(row.Text(column), DayFormat, CultureInfo.InvariantCulture);
}

/// <summary>How whoever makes reports looks, among the columns of a row.</summary>
internal static class BrandRow
{
    private const string Name = "brandName";
    private const string Accent = "accent";
    private const string LogoType = "logoType";

    public static void Write(TableEntity row, ReportBrand brand)
    {
        row[Name] = brand.Name;
        row[Accent] = brand.Accent;
        row[LogoType] = brand.LogoType;
    }

    public static ReportBrand Read(TableEntity row) => new(row.GetString(Name), row.Text(Accent), row.GetString(LogoType));

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static KeptBrand ReadKept(TableEntity row)
    {
        var brand = Read(row);
        return new KeptBrand(brand, brand.LogoType is null ? default : ReportParts.Read(row));
    }
}

/// <summary>Bytes in the columns of a row.</summary>
internal static class ReportParts
{
    public static void Write(TableEntity row, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length is 0 or > PieceLimits.MaxBytes)
            throw new ArgumentException($"A row takes 1 to {PieceLimits.MaxBytes} bytes; these are {bytes.Length}.", nameof(bytes));
        for (var at = 0; at * PieceLimits.ColumnBytes < bytes.Length; at++)
        {
            var start = at * PieceLimits.ColumnBytes;
            row[Column(at)] = bytes.Slice(start, Math.Min(PieceLimits.ColumnBytes, bytes.Length - start)).ToArray();
        }
    }

    /// <exception cref="FormatException">The row has no bytes.</exception>
    public static byte[] Read(TableEntity row)
    {
        var whole = new List<byte>(row.GetBinary(Column(0)) ?? throw new FormatException($"The column {Column(0)} is missing."));
        for (var at = 1; at < PieceLimits.Columns && row.GetBinary(Column(at)) is { } part; at++)
            whole.AddRange(part);
        return [.. whole];
    }

    private static string Column(int at) => string.Create(CultureInfo.InvariantCulture, $"part{at:D2}");
}

/// <summary>An address of a report as a row.</summary>
internal static class ShareRow
{
    private const string Recipient = "recipient";
    private const string Sections = "sections";
    private const string SecretHash = "secretHash";
    private const string CreatedAt = "createdAt";
    private const string ById = "byId";
    private const string ByName = "byName";
    private const string ExpiresAt = "expiresAt";
    private const string RevokedAt = "revokedAt";
    private const string OpenedAt = "openedAt";
    private const string Opened = "opened";

    public static TableEntity Write(ReportShare share)
    {
        var row = RowSchema.NewMarked(share.ProjectId.Value, ReportKeys.Share(share.Number, share.Id));
        row[Recipient] = share.Recipient;
        row[Sections] = SectionText.Write(share.Sections);
        row[SecretHash] = share.SecretHash;
        row[CreatedAt] = share.CreatedAt;
        row[ById] = share.By.Id;
        row[ByName] = share.By.Name;
        row[ExpiresAt] = share.ExpiresAt;
        row[RevokedAt] = share.RevokedAt;
        row[OpenedAt] = share.OpenedAt;
        row[Opened] = share.Opened;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static ReportShare Read(TableEntity row) => row.RowKey.Split(':') is [_, var number, var id]
        ? new()
        {
            ProjectId = new ProjectId(row.PartitionKey),
            Number = int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture),
            Id = id,
            Recipient = row.Text(Recipient),
            Sections = SectionText.Read(row.Text(Sections)),
            SecretHash = row.Text(SecretHash),
            CreatedAt = row.Time(CreatedAt),
            By = new Author(row.Text(ById), row.Text(ByName)),
            ExpiresAt = row.Time(ExpiresAt),
            RevokedAt = row.GetDateTimeOffset(RevokedAt),
            OpenedAt = row.GetDateTimeOffset(OpenedAt),
            Opened = ClientReportRow.Whole(row, Opened),
            ETag = row.Version(),
        }
        : throw new FormatException("The key of the row is not that of an address.");
}

/// <summary>Sections in a column: their names with spaces between.</summary>
internal static class SectionText
{
    public static string Write(IEnumerable<ReportSection> sections) => string.Join(' ', sections.Select(WireName.Of));

    public static IReadOnlyList<ReportSection> Read(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(WireName.Parse<ReportSection>)];
}

/// <summary>The JSON in columns of reports.</summary>
[JsonSerializable(typeof(IReadOnlyDictionary<string, int>))]
internal sealed partial class ReportRowJson : JsonSerializerContext
{
    public static ReportRowJson Stored { get; } = new(StorageJsonContext.NewOptions());
}
