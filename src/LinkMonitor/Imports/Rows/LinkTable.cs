using LinkMonitor.Engine.Urls;
using LinkMonitor.Imports.Encodings;

namespace LinkMonitor.Imports.Rows;

/// <summary>One table of links, of a text or of a sheet of a workbook, read row by row: memory does not grow with it.</summary>
internal sealed class LinkTable
{
    private readonly Func<RowShape, int, CancellationToken, IEnumerable<CellRow>> _open;
    private readonly int _skip;
    private readonly RowDefaults _defaults;
    private readonly int[] _own;
    private readonly bool _isStatus;
    private readonly int[] _kinds;
    private readonly int? _kind;
    private readonly UnreadableFileException? _refusal;

    /// <param name="open">The rows below as many lines as it is told to pass over.</param>
    /// <param name="refusal">Why it is not taken for a list of links, while nobody says which column is the page; null when it is.</param>
    public LinkTable(
        HeaderFound found, RowDefaults defaults, string? sheet, Func<RowShape, int, CancellationToken, IEnumerable<CellRow>> open,
        UnreadableFileException? refusal = null)
    {
        _refusal = refusal;
        Columns = refusal is null ? found.Columns.With(defaults.Columns) : found.Columns;
        (_skip, _defaults, _open, Sheet) = (found.Skip, defaults, open, sheet);
        _own = [.. Columns.Own];
        _isStatus = Columns.Find(ColumnRole.Lost) is { } lost && HeaderNames.Status.Contains(HeaderNames.Plain(Columns.Header[lost]));
        _kinds = [.. Metrics(HeaderNames.OtherKinds)];
        _kind = Metrics(HeaderNames.Kind).Cast<int?>().FirstOrDefault();
    }

    /// <summary>The sheet of the workbook; null for a text.</summary>
    public string? Sheet { get; }

    public LinkColumns Columns { get; }

    /// <summary>The names of the user's own columns.</summary>
    public IReadOnlyList<string> OwnColumns => [.. _own.Select(at => Columns.Header[at])];

    /// <summary>Rows left out because they are on the target's own site: lists without a target name those, too.</summary>
    public int OwnPages { get; private set; }

    /// <summary>What must be said before the table can be read; null when nothing is missing.</summary>
    public UnreadableFileException? Unsettled()
    {
        if (_refusal is not null)
            return _refusal;
        if (Columns.Certainty == Certainty.Doubtful)
            return new UnreadableFileException(
                $"Line {Math.Max(_skip, 1)}: it is not certain which column is the page and which the target. "
                    + $"{Columns.Why} The header must name page and target; found: {string.Join(", ", Columns.Header.Take(40))}.",
                isWrittenWrongly: true, WantedWord.Columns);
        if (Columns.Target is null && _defaults.Target is null)
            return new UnreadableFileException(
                "Line 1: the column 'target' is missing. The header must name page and target; or say where all links should point.",
                isWrittenWrongly: true, WantedWord.Target);
        return Columns.Target is not null && _defaults.Target is not null
            ? new UnreadableFileException("The file has a column of targets, so no other target can be given.", isWrittenWrongly: true)
            : null;
    }

    /// <summary>Rows as they stand in the file; those of an export of ours without its guards.</summary>
    public IEnumerable<CellRow> Cells(CancellationToken cancellationToken)
    {
        var rows = _open(Columns.Shape, _skip, cancellationToken);
        return Columns.IsExport ? rows.Select(row => row with { Cells = [.. row.Cells.Select(ExportedFile.Unguard)] }) : rows;
    }

    /// <summary>
    /// The rows to the end: each a <see cref="LinkFileRow"/> or a <see cref="BadRow"/>. Rows without any text are passed over. Of a
    /// bad row over several lines only the first line is lost: a quotation mark that nobody closed takes no other rows with it.
    /// </summary>
    /// <exception cref="UnreadableFileException">Something is <see cref="Unsettled"/>.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public IEnumerable<object> Rows(CancellationToken cancellationToken) => All(cancellationToken).Where(row => row is not OwnPageRow);

    /// <summary>The same with an <see cref="OwnPageRow"/> for each row that is left out.</summary>
    /// <exception cref="UnreadableFileException">Something is <see cref="Unsettled"/>.</exception>
    public IEnumerable<object> All(CancellationToken cancellationToken)
    {
        if (Unsettled() is { } missing)
            throw missing;
        foreach (var cells in Cells(cancellationToken))
        {
            if (cells.Wrong is { } shape)
                yield return new BadRow(cells.Line, shape, Sheet);
            else if (Read(cells, out var row) is { } wrong)
                yield return new BadRow(cells.Line, wrong, Sheet);
            else
                yield return row is null ? new OwnPageRow(cells.Line) : row;
        }
    }

    /// <returns>What is wrong; null for nothing. No row then when it is to be left out.</returns>
    private string? Read(CellRow cells, out LinkFileRow? row)
    {
        row = null;
        var text = new RowText
        {
            Line = cells.Line,
            Sheet = Sheet,
            Page = cells.At(Columns.Page),
            Target = Columns.Target is { } target ? cells.At(target) : _defaults.Target,
            Match = Cell(ColumnRole.Match) ?? _defaults.Match,
            Rel = Cell(ColumnRole.Rel) ?? Follow(Cell(ColumnRole.Follow)),
            Anchor = Cell(ColumnRole.Anchor),
            Type = Cell(ColumnRole.Type),
            Own = [.. _own.Select(cells.At)],
            WasLost = _isStatus ? LossWords.SayGone(Cell(ColumnRole.Lost)) : TruthText.IsLoss(Cell(ColumnRole.Lost)),
            IsByScript = TruthText.IsTrue(Cell(ColumnRole.Rendered)) && TruthText.IsFalse(Cell(ColumnRole.Raw)),
            IsOtherKind = Array.Exists(_kinds, at => TruthText.IsTrue(cells.At(at)))
                || (_kind is { } kind && KindWords.SayNoAnchor(cells.At(kind))),
        };
        if (ColumnContent.HoldsTwo(text.Page) || (text.Target is { } aim && ColumnContent.HoldsTwo(aim)))
            return "Two addresses stand in one cell. Put each into a column of its own.";
        if (!LinkFileRow.TryRead(text, out var read, out var error))
            return error;
        if (Columns.Target is null && TargetMatcher.IsSameSite(read.Expectation.Target, read.Page))
        {
            OwnPages++;
            return null;
        }

        row = read;
        return null;

        string? Cell(ColumnRole role) => Columns.Find(role) is { } at ? cells.At(at) : null;
    }

    private IEnumerable<int> Metrics(string[] names) => Enumerable.Range(0, Columns.Header.Count)
        .Where(at => Columns.Roles[at] == ColumnRole.Metric && names.Contains(HeaderNames.Plain(Columns.Header[at])));

    private static string? Follow(string? cell) =>
        TruthText.IsTrue(cell) ? "follow" : TruthText.IsFalse(cell) && cell!.Length > 0 ? "nofollow" : null;
}

/// <summary>Words by which tools say of a link that it is there, or gone, in a column that may say other things in other files.</summary>
internal static class LossWords
{
    private static readonly string[] Gone =
    [
        "lost", "removed", "deleted", "gone", "dead", "missing", "link lost", "link removed", "link not found", "lost link", "link deleted",
        "backlink lost", "verloren", "entfernt", "gelöscht", "perdu", "supprimé", "perdido", "eliminado", "perso", "rimosso", "utracony",
        "потеряна", "удалена", "消失", "削除",
    ];

    private static readonly string[] There =
    [
        "live", "active", "found", "ok", "alive", "online", "new", "link found", "found link", "link active", "link live", "aktiv",
        "gefunden", "neu", "actif", "trouvé", "activo", "attivo", "ativo", "aktywny", "активна", "найдена", "有効",
    ];

    /// <summary>The word says one or the other.</summary>
    public static bool IsKnown(string cell) => Has(Gone, cell) || Has(There, cell);

    public static bool SayGone(string? cell) => cell is not null && Has(Gone, cell);

    public static bool SayThere(string cell) => Has(There, cell);

    private static bool Has(string[] words, string cell) => words.Contains(cell.Trim(), StringComparer.OrdinalIgnoreCase);
}

/// <summary>Words by which tools say that a page reaches the target otherwise than by an anchor.</summary>
internal static class KindWords
{
    private static readonly string[] NoAnchor =
        [
            "frame", "iframe", "form", "redirect", "canonical", "mention", "rss", "alternate", "script", "framelink", "redirectlink",
            "mentionlink",
        ];

    public static bool SayNoAnchor(string cell) => NoAnchor.Contains(HeaderNames.Plain(cell));
}

/// <summary>Truth values as tools write them, and as spreadsheets in other languages save them again.</summary>
internal static class TruthText
{
    private static readonly string[] Yes =
        [
            "true",
            "yes",
            "1",
            "y",
            "x",
            "+",
            "wahr",
            "ja",
            "vrai",
            "oui",
            "verdadero",
            "sí",
            "si",
            "verdadeiro",
            "sim",
            "vero",
            "waar",
            "prawda",
            "tak",
            "истина",
            "да",
            "真",
            "是"];

    private static readonly string[] No =
        ["false", "no", "0", "n", "falsch", "nein", "faux", "non", "falso", "não", "nao", "onwaar", "nee", "fałsz", "nie", "ложь", "нет",
            "假", "否"];

    private static readonly string[] Nothing = ["", "-", "–", "—", "null", "none", "n/a", "na", "nan"];

    public static bool IsTrue(string? cell) => cell is not null && Yes.Contains(Plain(cell));

    public static bool IsFalse(string? cell) => cell is not null && No.Contains(Plain(cell));

    /// <summary>A truth value, or anything that says when or why: all but no, nothing, and that the link is there.</summary>
    public static bool IsLoss(string? cell) =>
        cell is not null && !IsFalse(cell) && !Nothing.Contains(Plain(cell)) && !LossWords.SayThere(cell);

    /// <summary>An empty cell, or a word for one.</summary>
    public static bool IsNothing(string cell) => Nothing.Contains(Plain(cell));

    private static string Plain(string cell) => cell.Trim().ToLowerInvariant();
}
