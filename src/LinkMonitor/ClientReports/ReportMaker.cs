using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Filtering;
using LinkMonitor.Retention;
using LinkMonitor.Snapshots;
using LinkMonitor.Spooling;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using Microsoft.Extensions.Options;

namespace LinkMonitor.ClientReports;

/// <summary>
/// Makes reports: reads every link once, whole and as it is now, keeps what a client may know of it, and only then gives the report its
/// number. Killed at any point there is either no report or a whole one.
/// </summary>
internal sealed class ReportMaker(
    IClientReportStore store, ReportReading reading, ILinkStore links, IOptions<RetentionOptions> retention, TimeProvider time)
{
    /// <summary>The most links of a report.</summary>
    public const int MostLinks = 100_000;

    /// <summary>The most changes within the period of a report.</summary>
    public const int MostChanges = 100_000;

    // A link carries its evidence: so many are a few megabytes.
    private const int PartLinks = 500;

    /// <summary>Makes a report. Safe to repeat with the same key.</summary>
    /// <param name="key">What the caller's request is known by; null for none.</param>
    public async Task<ReportOutcome> MakeAsync(
        Project project, ReportOrder order, Author by, string? key, CancellationToken cancellationToken)
    {
        var claim = key is null ? null : new ReportClaim(key, order.Mark);
        if (claim is not null && await EarlierAsync(project, claim, cancellationToken) is { } earlier)
            return earlier;
        var now = time.GetUtcNow();
        var piecesId = ReportIds.NewPieces(now);
        await store.BeginAsync(project.Id, piecesId, cancellationToken);
        await using var facts = new ReportFacts(store, project, order, piecesId, now);
        if (!await ReadLinksAsync(facts, project, order, now, cancellationToken))
            return new ReportOutcome.TooMuch($"More than {MostLinks:N0} links match. Narrow the filter.");
        if (!await ReadChangesAsync(facts, project, order, now, cancellationToken))
            return new ReportOutcome.TooMuch($"More than {MostChanges:N0} changes are in the period. Take a shorter one.");
        await facts.WriteLinksAsync(cancellationToken);
        var compared = await EarlierOfAsync(project, order, cancellationToken);
        var brand = await store.FindBrandAsync(project.Id, cancellationToken);
        await facts.EndAsync(KeptSince(project, order, now), compared, brand, cancellationToken);
        var report = new ClientReport
        {
            ProjectId = project.Id,
            Number = 0,
            Title = order.Title,
            Client = order.Client,
            Language = order.Language,
            Brand = brand.Brand,
            From = order.Period.From,
            To = order.Period.To,
            TimeZone = project.TimeZone,
            Line = order.Line.Text,
            Sections = order.Sections,
            CreatedAt = now,
            By = by,
            Links = facts.Links,
            PiecesId = piecesId,
            Pieces = facts.Pieces,
            PreviousNumber = compared?.Number,
        };
        return await store.AddAsync(report, claim, cancellationToken) is { } added
            ? new ReportOutcome.Made(added, IsNew: true)
            : await EarlierAsync(project, claim!, cancellationToken)
                ?? throw new InvalidOperationException("A key was used and is not known.");
    }

    /// <summary>The figures that a report would have, as far as lists know them. Nothing is written.</summary>
    public async Task<ReportPreview> PreviewAsync(
        Project project, ReportOrder order, LinkListing listing, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var found = listing.Matching(order.Line);
        var tally = new FigureTally(order.Period, LocalTimes.Day(now, project.TimeZone));
        foreach (var link in found)
            tally.Add(link);
        var (came, went, other, unreadable) = (0, 0, 0, 0);
        var ids = found.Select(link => link.Id).ToHashSet();
        var seen = 0;
        await foreach (var change in ChangesAsync(project, order, now, cancellationToken))
        {
            if (change is null)
            {
                unreadable++;
                continue;
            }

            if (!ids.Contains(change.LinkId))
                continue;
            if (++seen > MostChanges)
                break;
            switch (ReportedChange.MoveOf(change.Transition))
            {
                case ReportedMove.Found or ReportedMove.Back:
                    came++;
                    break;
                case ReportedMove.Lost:
                    went++;
                    break;
                default:
                    other++;
                    break;
            }
        }

        return new ReportPreview(
            tally.ToFigures() with
            {
                CameInPeriod = came,
                WentInPeriod = went,
                ChangesInPeriod = other,
                ChangesKeptSince = KeptSince(project, order, now),
                Unreadable = listing.Snapshot.Unreadable.Count,
                UnreadableChanges = unreadable,
            },
            await EarlierOfAsync(project, order, cancellationToken),
            found.Count > MostLinks ? $"More than {MostLinks:N0} links match. Narrow the filter."
                : seen > MostChanges ? $"More than {MostChanges:N0} changes are in the period. Take a shorter one." : null);
    }

    private async Task<bool> ReadLinksAsync(
        ReportFacts facts, Project project, ReportOrder order, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var isWanted = order.Line.ToPredicate(new FilterMoment(now, LocalTimes.Find(project.TimeZone)));
        string? cursor = null;
        do
        {
            var part = await links.ListAsync(project.Id, LinkFilter.None, PartLinks, cursor, cancellationToken);
            facts.Unreadable += part.SetAside;
            foreach (var link in part.Items.Where(link => isWanted(LinkFacts.Of(link))))
            {
                if (facts.Links == MostLinks)
                    return false;
                await facts.AddAsync(link, cancellationToken);
            }

            cursor = part.Cursor;
        }
        while (cursor is not null);
        return true;
    }

    private async Task<bool> ReadChangesAsync(
        ReportFacts facts, Project project, ReportOrder order, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await foreach (var change in ChangesAsync(project, order, now, cancellationToken))
        {
            if (facts.Changes == MostChanges)
                return false;
            if (change is null)
                facts.UnreadableChanges++;
            else
                await facts.AddAsync(change, cancellationToken);
        }

        // A day beside the period shares a day of UTC with it.
        var (from, end) = Span(project, order, now);
        foreach (var (first, last) in new[] { (from.AddDays(-1), from), (end, end.AddDays(1)) })
            await foreach (var change in links.ReadEveryChangeAsync(project.Id, first, last, cancellationToken))
                if (change is not null)
                    facts.Move(change);
        return true;
    }

    private IAsyncEnumerable<LinkChange?> ChangesAsync(
        Project project, ReportOrder order, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (from, end) = Span(project, order, now);
        return links.ReadEveryChangeAsync(project.Id, from, end, cancellationToken);
    }

    private static (DateTimeOffset From, DateTimeOffset End) Span(Project project, ReportOrder order, DateTimeOffset now)
    {
        var zone = LocalTimes.Find(project.TimeZone);
        var (from, end) = (LocalTimes.Start(order.Period.From, zone), LocalTimes.Start(order.Period.To.AddDays(1), zone));
        return (from, end < now ? end : now.AddTicks(1));
    }

    // What happened before was purged: the report says so, as no change is not the same as none known.
    private DateOnly? KeptSince(Project project, ReportOrder order, DateTimeOffset now)
    {
        if (retention.Value.Changes is not { } kept)
            return null;
        var since = LocalTimes.Day(now - kept, project.TimeZone).AddDays(1);
        return since > order.Period.From ? since : null;
    }

    private async Task<EarlierReport?> EarlierOfAsync(Project project, ReportOrder order, CancellationToken cancellationToken) =>
        await store.FindLastAsync(project.Id, order.Line.Text, cancellationToken) is { } last
            && await reading.FiguresAsync(last, cancellationToken) is { } kept
            ? new EarlierReport(last.Number, LocalTimes.Day(last.CreatedAt, last.TimeZone), EarlierFigures.Of(kept.Figures))
            : null;

    private async Task<ReportOutcome?> EarlierAsync(Project project, ReportClaim claim, CancellationToken cancellationToken)
    {
        if (await store.FindClaimAsync(project.Id, claim.Key, cancellationToken) is not { } claimed)
            return null;
        return claimed.Mark == claim.Mark && await store.FindAsync(project.Id, claimed.Number, cancellationToken) is { } report
            ? new ReportOutcome.Made(report, IsNew: false)
            : new ReportOutcome.Taken(claimed.Number);
    }
}

/// <summary>A report to be made.</summary>
/// <param name="Line">Without an order.</param>
internal sealed record ReportOrder(
    string Title, string? Client, string Language, FilterLine Line, ReportPeriod Period, IReadOnlyList<ReportSection> Sections)
{
    /// <summary>Another one for another order.</summary>
    public string Mark => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{Title}\n{Client}\n{Language}\n{Line.Text}\n{Period.From:O}\n{Period.To:O}\n{string.Join(' ', Sections.Select(WireName.Of))}"))));
}

/// <summary>What came of an order.</summary>
internal abstract record ReportOutcome
{
    /// <param name="IsNew">False when an earlier request of the same key had made it.</param>
    internal sealed record Made(ClientReport Report, bool IsNew) : ReportOutcome;

    /// <summary>The key stands for another report, or for one that is deleted.</summary>
    internal sealed record Taken(int Number) : ReportOutcome;

    /// <summary>It would be more than a report holds.</summary>
    internal sealed record TooMuch(string Why) : ReportOutcome;
}

/// <summary>What a report would say.</summary>
/// <param name="Earlier">What it would be compared with; null for none.</param>
/// <param name="Problem">Why it cannot be made so; null when it can.</param>
internal sealed record ReportPreview(ReportFigures Figures, EarlierReport? Earlier, string? Problem);

/// <summary>The facts of a report on their way into pieces. Those of the links wait on disk until all are there to be sorted.</summary>
internal sealed class ReportFacts(
    IClientReportStore store, Project project, ReportOrder order, string piecesId, DateTimeOffset now) : IAsyncDisposable
{
    private readonly ByteSpool _rows = new();
    private readonly List<(string Host, string Page, string Id, bool IsVerified, int Row)> _links = [];

    // Null for a link of which no change is known.
    private readonly Dictionary<string, List<DayMove>?> _moves = new(StringComparer.Ordinal);
    private readonly DateOnly _today = LocalTimes.Day(now, project.TimeZone);
    private readonly FigureTally _tally = new(order.Period, LocalTimes.Day(now, project.TimeZone));
    private readonly Dictionary<string, ReportPieceWriter> _writers = ReportPiece.Lists.ToDictionary(
        list => list, list => new ReportPieceWriter(store, project.Id, piecesId, list), StringComparer.Ordinal);

    public int Links { get; private set; }

    public int Changes { get; private set; }

    /// <summary>Links that could not be read.</summary>
    public int Unreadable { get; set; }

    /// <summary>Changes within the period that could not be read.</summary>
    public int UnreadableChanges { get; set; }

    public IReadOnlyDictionary<string, int> Pieces =>
        _writers.Where(writer => writer.Value.Pieces > 0).ToDictionary(writer => writer.Key, writer => writer.Value.Pieces);

    public async Task AddAsync(WatchedLink link, CancellationToken cancellationToken)
    {
        var host = HostName.ForFilter(link.Page.Host);
        var row = ReportedLink.Of(link, now, order.Period, _today);
        _tally.Add(row, host);
        _moves[row.Id] = null;
        _links.Add((host, row.Page, row.Id, row.State != Standing.NotVerified, _rows.Count));
        await _rows.AddAsync(JsonSerializer.SerializeToUtf8Bytes(row, KeptJson.Default.ReportedLink), cancellationToken);
        Links++;
    }

    /// <summary>By host and page, as people look for them, once all changes are known: their days are counted by these.</summary>
    public async Task WriteLinksAsync(CancellationToken cancellationToken)
    {
        _links.Sort((one, other) => string.CompareOrdinal(one.Host, other.Host) is not 0 and var byHost
            ? byHost : string.CompareOrdinal(one.Page, other.Page));
        var zone = LocalTimes.Find(project.TimeZone);
        foreach (var (_, _, id, isVerified, number) in _links)
        {
            var row = await _rows.ReadAsync(number, cancellationToken);
            if (_moves[id] is { } moves)
                row = WithDays(row, [.. moves.OrderBy(move => move.At)], zone);
            await _writers[ReportPiece.Links].AddAsync(row, cancellationToken);
            if (!isVerified)
                await _writers[ReportPiece.NotVerified].AddAsync(row, cancellationToken);
        }

        _links.Clear();
    }

    public async Task AddAsync(LinkChange change, CancellationToken cancellationToken)
    {
        if (!Move(change))
            return;
        Changes++;
        var row = ReportedChange.Of(change);
        await _writers[ListOf(row.Move)].AddAsync(
            JsonSerializer.SerializeToUtf8Bytes(row, KeptJson.Default.ReportedChange), cancellationToken);
    }

    /// <summary>Counts the days of a link by a change of it, be it outside the period.</summary>
    /// <returns>Whether the link belongs to the report.</returns>
    public bool Move(LinkChange change)
    {
        if (!_moves.TryGetValue(change.LinkId.Value, out var moves))
            return false;
        if (moves is null)
            _moves[change.LinkId.Value] = moves = [];
        moves.Add(DayMove.Of(change.Transition));
        return true;
    }

    public async Task EndAsync(DateOnly? keptSince, EarlierReport? earlier, KeptBrand brand, CancellationToken cancellationToken)
    {
        foreach (var writer in _writers.Values)
            await writer.EndAsync(cancellationToken);
        var figures = _tally.ToFigures() with
        {
            CameInPeriod = _writers[ReportPiece.Gained].Rows,
            WentInPeriod = _writers[ReportPiece.Lost].Rows,
            ChangesInPeriod = _writers[ReportPiece.Changes].Rows,
            ChangesKeptSince = keptSince,
            Unreadable = Unreadable,
            UnreadableChanges = UnreadableChanges,
        };
        var kept = JsonSerializer.SerializeToUtf8Bytes(new KeptFigures(figures, earlier), KeptJson.Default.KeptFigures);
        await store.PutPieceAsync(project.Id, piecesId, ReportPiece.Figures, 0, ReportPacking.Pack(kept), cancellationToken);
        if (brand.Brand.LogoType is not null)
            await store.PutPieceAsync(project.Id, piecesId, ReportPiece.Logo, 0, brand.Logo, cancellationToken);
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    private byte[] WithDays(byte[] row, IReadOnlyList<DayMove> moves, TimeZoneInfo zone)
    {
        var link = JsonSerializer.Deserialize(row, KeptJson.Default.ReportedLink)!;
        var days = DayStates.With(link.Days, moves, order.Period, zone, _today);
        _tally.Replace(link.Days, days);
        return JsonSerializer.SerializeToUtf8Bytes(link with { Days = days }, KeptJson.Default.ReportedLink);
    }

    private static string ListOf(ReportedMove move) => move switch
    {
        ReportedMove.Found or ReportedMove.Back => ReportPiece.Gained,
        ReportedMove.Lost => ReportPiece.Lost,
        _ => ReportPiece.Changes,
    };
}
