using System.Globalization;
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
    private readonly LossColumns _losses;
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
        if (Columns.IsTargetOpen && defaults.Target is not null)
            Columns = Columns with { Certainty = Certainty.Certain, Why = $"'{Columns.Header[Columns.Page]}' is named for the page." };
        (_skip, _defaults, _open, Sheet) = (found.Skip, defaults, open, sheet);
        _own = [.. Columns.Own];
        _losses = new LossColumns(Columns, defaults.WithLost);
        _kinds = [.. Metrics(HeaderNames.OtherKinds)];
        _kind = Metrics(HeaderNames.Kind).Cast<int?>().FirstOrDefault();
    }

    /// <summary>Lines before the first row.</summary>
    public int Skip => _skip;

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
        var place = string.Create(
            CultureInfo.InvariantCulture,
            $"{(Sheet is null ? "Line" : $"Sheet '{Sheet}', row")} {Math.Max(_skip, 1)}");
        if (Columns.Certainty == Certainty.Doubtful)
            return new UnreadableFileException(
                $"{place}: it is not certain which column is the page and which the target. "
                    + $"{Columns.Why} The header must name page and target; found: {string.Join(", ", Columns.Header.Take(40))}.",
                isWrittenWrongly: true, WantedWord.Columns);
        if (Columns.Target is null && _defaults.Target is null)
            return new UnreadableFileException(
                $"{place}: the column 'target' is missing. The header must name page and target; or say where all links should point.",
                asks: WantedWord.Target);
        return Columns.Target is not null && _defaults.Target is not null
            ? new UnreadableFileException("The file has a column of targets, so no other target can be given.", isWrittenWrongly: true)
            : null;
    }

    /// <summary>Rows as they stand in the file; those of an export of ours without its guards.</summary>
    public IEnumerable<CellRow> Cells(CancellationToken cancellationToken)
    {
        var rows = _open(_defaults.WithLost ? Columns.Shape with { Losses = [] } : Columns.Shape, _skip, cancellationToken);
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
        var (headers, end) = (new HeadersBelow(Columns), new EndOfText(Columns));
        foreach (var cells in Cells(cancellationToken))
        {
            if (cells.Wrong is { } shape)
                yield return new BadRow(cells.Line, shape, Sheet);
            else if ((headers.WhyNot(cells) ?? end.WhyNot(cells)) is { } other)
                yield return new BadRow(cells.Line, other, Sheet);
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
            WasLost = _losses.SayLost(cells, out var unclear),
            IsByScript = TruthText.IsTrue(Cell(ColumnRole.Rendered)) && TruthText.IsFalse(Cell(ColumnRole.Raw)),
            IsOtherKind = Array.Exists(_kinds, at => TruthText.IsTrue(cells.At(at)))
                || (_kind is { } kind && KindWords.SayNoAnchor(cells.At(kind))),
        };
        if (CellWrong(text, cells) is { } wrong)
            return wrong;
        if (!LinkFileRow.TryRead(text, out var read, out var error))
            return error;
        if (unclear is not null)
            return unclear;
        if (Columns.Target is null && TargetMatcher.IsSameSite(read.Expectation.Target, read.Page))
        {
            OwnPages++;
            return null;
        }

        row = read;
        return null;

        string? Cell(ColumnRole role) => Columns.Find(role) is { } at ? cells.At(at) : null;
    }

    private string? CellWrong(RowText text, CellRow cells)
    {
        foreach (var (column, twin) in Columns.Twins)
            if (cells.At(column) != cells.At(twin))
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"The columns {column + 1} and {twin + 1} are both named '{Columns.Header[twin]}' and hold different addresses here.");
        if (ColumnContent.HoldsTwo(text.Page) || (text.Target is { } aim && ColumnContent.HoldsTwo(aim)))
            return "Two addresses stand in one cell. Put each into a column of its own.";
        return AddressText.Wrong("page", text.Page) ?? (Columns.Target is null ? null : AddressText.Wrong("target", text.Target!));
    }

    private IEnumerable<int> Metrics(string[] names) => Enumerable.Range(0, Columns.Header.Count)
        .Where(at => Columns.Roles[at] == ColumnRole.Metric && names.Contains(HeaderNames.Plain(Columns.Header[at])));

    private static string? Follow(string? cell) =>
        TruthText.IsTrue(cell) ? "follow" : TruthText.IsFalse(cell) && cell!.Length > 0 ? "nofollow" : null;
}

/// <summary>The columns that say whether the tool has found a link gone: of several, one that says so is enough.</summary>
internal sealed class LossColumns
{
    private readonly LinkColumns _columns;
    private readonly bool _isIgnored;
    private readonly List<(int At, Func<string, LossSign> Sign)> _all;

    /// <param name="isIgnored">Lost links are wanted, too: then a cell that nobody understands is no fault.</param>
    public LossColumns(LinkColumns columns, bool isIgnored)
    {
        (_columns, _isIgnored) = (columns, isIgnored);
        _all = [.. columns.Losses.Select(at => (at, SignOf(columns.Header[at])))];
    }

    /// <param name="unclear">What is wrong with a cell that says neither; null when nothing is.</param>
    public bool SayLost(CellRow row, out string? unclear)
    {
        unclear = null;
        foreach (var (at, sign) in _all)
        {
            switch (sign(row.At(at)))
            {
                case LossSign.Gone:
                    unclear = null;
                    return true;
                case LossSign.Unknown when !_isIgnored:
                    unclear ??= $"'{GivenUrl.Shown(row.At(at))}' in the column '{_columns.Header[at]}' says neither that the link is lost "
                        + "nor that it is there. Write true, false or a day; or ignore the column, with its role 'ignored'.";
                    break;
            }
        }

        return false;
    }

    // A status may say anything else, and only its words for a loss count.
    private static Func<string, LossSign> SignOf(string name) =>
        HeaderNames.Status.Contains(HeaderNames.Plain(name))
            ? cell => LossWords.SayGone(cell) ? LossSign.Gone : LossSign.There
            : HeaderNames.Live.Contains(HeaderNames.Plain(name)) ? TruthText.Live
            : LossWords.IsNameOfReasons(name) ? TruthText.Reason : TruthText.Loss;
}

/// <summary>
/// Headers further down in a table, as where two files were joined: below one in another order every row would be turned.
/// </summary>
internal sealed class HeadersBelow(LinkColumns columns)
{
    private int? _other;

    /// <summary>Why a row is none of this table; null when it is.</summary>
    public string? WhyNot(CellRow row)
    {
        if (!ColumnContent.IsAddressOrHost(row.At(columns.Page)) && IsHeader(row))
        {
            _other = IsSame(row) ? null : row.Line;
            return _other is null ? "The header stands here once more."
                : "Here stands a header with its columns in another order. Put the rows below it into a file of their own.";
        }

        return _other is { } line
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The row stands below the header in line {line}, which has its columns in another order. Put these rows into a file of "
                    + $"their own.")
            : null;
    }

    private bool IsHeader(CellRow row)
    {
        var plain = row.Cells.Select(HeaderNames.Plain).ToArray();
        return Names(columns.Page, HeaderNames.Page) && (columns.Target is not { } target || Names(target, HeaderNames.Target))
            && !row.Cells.Any(ColumnContent.IsWeb);

        bool Names(int at, string[] known) =>
            Array.Exists(plain, name => name.Length > 0 && (name == Own(at) || (columns.Target is not null && known.Contains(name))));
    }

    private bool IsSame(CellRow row)
    {
        IEnumerable<int> deciding = [columns.Page, .. columns.Target is { } target ? [target] : (int[])[], .. columns.Losses];
        return deciding.All(at => columns.HasHeader
            ? HeaderNames.Plain(row.At(at)) == Own(at)
            : (at == columns.Page ? HeaderNames.Page : HeaderNames.Target).Contains(HeaderNames.Plain(row.At(at))));
    }

    private string Own(int at) => columns.HasHeader ? HeaderNames.Plain(columns.Header[at]) : string.Empty;
}
