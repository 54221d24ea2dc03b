using System.Globalization;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Outages;

/// <summary>A time in which our own network failed.</summary>
public sealed record Outage
{
    /// <summary><c>out_</c> and the time of its first failure.</summary>
    public required string Id { get; init; }

    /// <summary>How it showed first.</summary>
    public required OutageKind Kind { get; init; }

    /// <summary>The first check that was not judged.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The last check known that was not judged.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>How many checks were not judged, at least: workers add theirs once a minute.</summary>
    public required long Checks { get; init; }
}

/// <summary>The outages of our own network, in the <c>Failures</c> table.</summary>
public interface IOutageStore
{
    /// <summary>
    /// Adds to the outage under way, or begins a new one when the last failure is longer ago than <paramref name="quietAfter"/>.
    /// </summary>
    Task<Outage> NoteAsync(OutageNote note, TimeSpan quietAfter, CancellationToken cancellationToken);

    /// <summary>The latest outage, over or not; null when there never was one.</summary>
    Task<Outage?> GetLatestAsync(CancellationToken cancellationToken);
}

/// <summary>How an outage of our own network showed.</summary>
[JsonConverter(typeof(WireNameJsonConverter<OutageKind>))]
public enum OutageKind
{
    /// <summary>This machine has no route, or no DNS server answers it.</summary>
    NoRoute,

    /// <summary>None of the control addresses answered.</summary>
    ControlsFail,

    /// <summary>Most of the hosts that could be reached before could not be reached.</summary>
    MostFail,
}

/// <summary>What one worker has to add to an outage.</summary>
/// <param name="Checks">How many more checks were not judged.</param>
public sealed record OutageNote(OutageKind Kind, int Checks, DateTimeOffset At);

/// <summary>The latest outage as a row; see docs/tables/failures.md.</summary>
internal static class OutageRow
{
    public const string Partition = "outages";
    public const string Latest = "latest";

    private const string OutageId = "outageId";
    private const string Kind = "kind";
    private const string Since = "since";
    private const string LastAt = "lastAt";
    private const string Checks = "checks";

    public static string IdOf(DateTimeOffset since) =>
        "out_" + since.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);

    public static TableEntity Write(Outage outage)
    {
        var row = RowSchema.NewMarked(Partition, Latest);
        row[OutageId] = outage.Id;
        row[Kind] = WireName.Of(outage.Kind);
        row[Since] = outage.Since;
        row[LastAt] = outage.LastAt;
        row[Checks] = outage.Checks;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static Outage Read(TableEntity row) => new()
    {
        Id = row.Text(OutageId),
        Kind = WireName.Parse<OutageKind>(row.Text(Kind)),
        Since = row.Time(Since),
        LastAt = row.Time(LastAt),
        Checks = row.Number(Checks),
    };
}

/// <inheritdoc cref="IOutageStore"/>
internal sealed class TableOutageStore(StoreTables tables) : IOutageStore
{
    private readonly RowTable _table = tables.Open(TableNames.Failures);

    public Task<Outage> NoteAsync(OutageNote note, TimeSpan quietAfter, CancellationToken cancellationToken) =>
        Contention.GetAsync("The row of outages", async () =>
        {
            var stored = await FindAsync(cancellationToken);
            var outage = Add(stored?.Outage, note, quietAfter);
            var row = OutageRow.Write(outage);
            var version = stored is null
                ? await _table.AddAsync(row, cancellationToken)
                : await _table.ReplaceAsync(row, RowColumns.ToETag(stored.Version), cancellationToken);
            return version is not null ? outage : null;
        }, cancellationToken);

    public async Task<Outage?> GetLatestAsync(CancellationToken cancellationToken) =>
        (await FindAsync(cancellationToken))?.Outage;

    private Task<StoredOutage?> FindAsync(CancellationToken cancellationToken) => _table.FindAsync(
        OutageRow.Partition, OutageRow.Latest, row => new StoredOutage(OutageRow.Read(row), row.Version()), cancellationToken);

    private static Outage Add(Outage? latest, OutageNote note, TimeSpan quietAfter) =>
        latest is null || StoredTime.IsFromFuture(latest.LastAt, note.At) || note.At - latest.LastAt > quietAfter
            ? new Outage { Id = OutageRow.IdOf(note.At), Kind = note.Kind, Since = note.At, LastAt = note.At, Checks = note.Checks }
            : latest with { LastAt = note.At > latest.LastAt ? note.At : latest.LastAt, Checks = latest.Checks + note.Checks };

    private sealed record StoredOutage(Outage Outage, string Version);
}
