using System.Globalization;
using System.Text;
using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;
using LinkMonitor.Links;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.LinkTypes;

namespace LinkMonitor.Imports;

/// <summary>What an import of a file would do. Nothing is written for it.</summary>
internal sealed record ImportSurvey
{
    /// <summary>Rows that are shown with it.</summary>
    public const int MostRejected = 100;

    public const int MostSamples = 10;

    /// <summary>Of a file with more links than these it is said how many at least are watched already.</summary>
    public const int MostLookedUp = 50_000;

    private const string NoRows = "The file has a header and no rows.";

    /// <summary>Null when the file cannot be read at all.</summary>
    public FileOfLinks? File { get; init; }

    /// <summary>What must be said first, or why the file is refused; null when the import can begin.</summary>
    public UnreadableFileException? Problem { get; init; }

    /// <summary>All rows, as if the import were done; links that are watched already count as added until they are looked up.</summary>
    public ImportCounts Counts { get; init; } = new();

    /// <summary>The first rows that are no links.</summary>
    public IReadOnlyList<BadRow> Rejected { get; init; } = [];

    /// <summary>The first links.</summary>
    public IReadOnlyList<LinkFileRow> Samples { get; init; } = [];

    /// <summary>
    /// The first links that a row before lists in another spelling; <see cref="ImportCounts.Respelled"/> counts them all.
    /// </summary>
    public IReadOnlyList<RespelledRow> Respelled { get; init; } = [];

    /// <summary>The first links of the file by identity, at most <see cref="MostLookedUp"/>.</summary>
    public IReadOnlySet<LinkId> Links { get; init; } = new HashSet<LinkId>();

    /// <summary>Each link of the file was looked up: otherwise at least so many are known.</summary>
    public bool IsKnownCounted { get; init; }

    /// <summary>What the names of the sheets stand for, one for each table.</summary>
    public IReadOnlyList<SheetMark> Marks { get; init; } = [];

    /// <summary>Links that the tool saw only after the scripts of their pages had run.</summary>
    public int ByScript { get; init; }

    /// <summary>Links that the tool saw as a frame, a form, a redirect or as text: no check finds an anchor there.</summary>
    public int OtherKinds { get; init; }

    public string? Vendor => File?.Tables[0].Columns.Vendor;

    /// <exception cref="IOException">The file cannot be read from the disk.</exception>
    public static ImportSurvey Of(
        FileInfo file, ImportChoices choices, LinkRequestReader reader, ProjectTypes types, DateOnly day,
        CancellationToken cancellationToken)
    {
        FileOfLinks? opened = null;
        try
        {
            opened = FileOfLinks.Open(file, choices.ToDefaults(), cancellationToken);
            if (!opened.Tables.Any(table => table.Cells(cancellationToken).Any()))
                return new ImportSurvey { File = opened, Problem = new UnreadableFileException(NoRows) };
            if (opened.Tables.Select(table => table.Unsettled()).FirstOrDefault(problem => problem is not null) is { } unsettled)
                return new ImportSurvey { File = opened, Problem = unsettled };
            return Count(opened, new FilePlan(opened, choices, reader, types, day), cancellationToken);
        }
        catch (UnreadableFileException refusal)
        {
            return new ImportSurvey { File = opened, Problem = refusal };
        }
    }

    private static ImportSurvey Count(FileOfLinks file, FilePlan rows, CancellationToken cancellationToken)
    {
        var (counts, rejected, samples, byScript, otherKinds) = (new int[Enum.GetValues<RowFate>().Length], new List<BadRow>(),
            new List<LinkFileRow>(), 0, 0);
        var (links, spellings) = (new HashSet<LinkId>(), new SpellingTally());
        foreach (var row in rows.Read(cancellationToken))
        {
            counts[(int)row.Fate]++;
            if (row.Bad is { } bad && rejected.Count < MostRejected)
                rejected.Add(bad);
            if (row is not { Fate: RowFate.Watch, Row: { } link })
                continue;
            byScript += link.Text.IsByScript ? 1 : 0;
            otherKinds += link.Text.IsOtherKind ? 1 : 0;
            if (links.Count < MostLookedUp)
                links.Add(row.Draft!.Id);
            if (samples.Count < MostSamples)
                samples.Add(link);
            spellings.Add(link, row.Draft!);
        }

        return new ImportSurvey
        {
            File = file,
            Problem = counts[(int)RowFate.Watch] > 0 ? null : new UnreadableFileException(Nothing(counts)),
            Counts = new ImportCounts
            {
                Rows = counts.Sum(),
                Read = counts.Sum(),
                Added = counts[(int)RowFate.Watch],
                Rejected = counts[(int)RowFate.Rejected],
                Lost = counts[(int)RowFate.Lost],
                Own = counts[(int)RowFate.Own],
                Twice = counts[(int)RowFate.Twice],
                Respelled = spellings.Count,
            },
            Respelled = spellings.First,
            Rejected = rejected,
            Samples = samples,
            Links = links,
            Marks = [.. file.Tables.Select(table => new SheetMark(rows.TypeOf(table)?.Name, rows.TagOf(table)))],
            ByScript = byScript,
            OtherKinds = otherKinds,
        };
    }

    /// <summary>The same with the links that are watched already counted as known.</summary>
    /// <param name="isWatched">Of one of <see cref="Links"/>; also when its row cannot be read.</param>
    /// <param name="isUnreadable">Of one that is watched.</param>
    public ImportSurvey Knowing(Func<LinkId, bool> isWatched, Func<LinkId, bool> isUnreadable)
    {
        var known = Links.Count(isWatched);
        return this with
        {
            Counts = Counts with { Added = Counts.Added - known, Known = known, Unreadable = Links.Count(isUnreadable) },
            IsKnownCounted = Links.Count == Counts.Added,
        };
    }

    private static string Nothing(int[] counts) => counts.Sum() == 0
        ? NoRows
        : counts[(int)RowFate.Lost] == counts.Sum()
            ? "All links of the file are ones that the tool itself has found gone. They are history, and not watched unless you ask for it."
            : "The file has no row that can be watched.";
}

/// <summary>A row whose link a row before lists, too, but in another spelling.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Sheet">Of a workbook; null for a file of text.</param>
/// <param name="FirstLine">Where the row before begins.</param>
/// <param name="FirstSheet">The sheet of the row before.</param>
public sealed record RespelledRow(int Line, string? Sheet, int FirstLine, string? FirstSheet, string Page, string Target);

/// <summary>Finds links that a file lists in several spellings.</summary>
internal sealed class SpellingTally
{
    private readonly Dictionary<UInt128, (int Line, string? Sheet)> _seen = [];
    private readonly List<RespelledRow> _first = [];

    public int Count { get; private set; }

    /// <summary>At most <see cref="ImportSurvey.MostRejected"/>.</summary>
    public IReadOnlyList<RespelledRow> First => _first;

    public void Add(LinkFileRow row, LinkDraft draft)
    {
        var key = TextKey.Of(LinkSpelling.KeyOf(draft.Page, draft.Target, draft.Match));
        if (_seen.TryAdd(key, (row.Text.Line, row.Text.Sheet)))
            return;
        Count++;
        var (line, sheet) = _seen[key];
        if (_first.Count < ImportSurvey.MostRejected)
            _first.Add(new RespelledRow(row.Text.Line, row.Text.Sheet, line, sheet, draft.Page.Href, draft.Target.Href));
    }
}

/// <summary>What the name of a sheet stands for; both null for nothing.</summary>
/// <param name="Type">The name of the type that its links get.</param>
/// <param name="Tag">The tag that its links get.</param>
internal sealed record SheetMark(string? Type, string? Tag);

/// <summary>The rows of an import that are no links, as CSV: read again from the file, so that nothing of them is kept twice.</summary>
internal sealed class RejectedFile(ImportDesk desk, LinkRequestReader reader, ILinkTypeStore types)
{
    public async Task WriteAsync(ImportRun run, Stream to, CancellationToken cancellationToken)
    {
        using var file = await desk.OpenAsync(run, cancellationToken);
        var choices = ImportChoices.FromJson(run.Choices);
        var rows = new FilePlan(
            FileOfLinks.Open(file.Info, choices.ToDefaults(), cancellationToken), choices, reader,
            await types.ReadAsync(run.ProjectId, cancellationToken),
            DateOnly.FromDateTime(run.CreatedAt.UtcDateTime));
        await using var text = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true);
        await text.WriteAsync("sheet,line,why\r\n");
        foreach (var row in rows.Read(cancellationToken))
        {
            if (row.Bad is { } bad)
                await text.WriteAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{Cell(bad.Sheet ?? string.Empty)},{bad.Line},{Cell(bad.Why)}\r\n"));
        }
    }

    // What a spreadsheet program would take for a formula is text with an apostrophe before it.
    private static string Cell(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return safe.AsSpan().ContainsAny("\",\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
