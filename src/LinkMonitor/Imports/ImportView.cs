using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;
using LinkMonitor.Retention;
using LinkMonitor.Storage.Imports;

namespace LinkMonitor.Imports;

/// <summary>An import, and how far it is.</summary>
public sealed record ImportView
{
    /// <summary><c>imp_</c> and 26 characters.</summary>
    public required string Id { get; init; }

    /// <summary><c>draft</c>, <c>waiting</c>, <c>running</c>, <c>done</c>, <c>cancelled</c>, <c>failed</c>, <c>undoing</c> or
    /// <c>undone</c>.</summary>
    public required ImportState State { get; init; }

    /// <summary>The name of the file, or the address it came from.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of file it is.</summary>
    public required string Format { get; init; }

    /// <summary>The tool that wrote it; null when nothing says it.</summary>
    public string? Vendor { get; init; }

    /// <summary>Who began it.</summary>
    public required string By { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was done, cancelled, undone or given up; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public required ImportProgress Progress { get; init; }

    /// <summary>Why it was given up; null unless it was.</summary>
    public string? Problem { get; init; }

    /// <summary>It was given up for a fault that was not the file's, and can be tried again.</summary>
    public required bool CanRetry { get; init; }

    /// <summary>It can be undone before this; null when there is nothing to undo.</summary>
    public DateTimeOffset? UndoUntil { get; init; }

    /// <summary>The polled sheet that it came from; null for none.</summary>
    public string? SheetId { get; init; }

    internal static ImportView Of(ImportRun run) => new()
    {
        Id = run.Id,
        State = run.State,
        Name = run.Name,
        Format = run.Format,
        Vendor = run.Vendor,
        By = run.By.Name,
        CreatedAt = run.CreatedAt,
        EndedAt = run.EndedAt,
        Progress = ImportProgress.Of(run),
        Problem = run.Problem,
        CanRetry = ImportDesk.CanRetry(run),
        UndoUntil = ImportDesk.CanUndo(run) && run.EndedAt is { } ended ? ended + ImportRetention.Undoable : null,
        SheetId = run.SheetId,
    };
}

/// <summary>
/// Rows of a file. <c>read</c> is the sum of <c>added</c>, <c>known</c>, <c>rejected</c>, <c>lost</c>, <c>own</c> and <c>twice</c>.
/// </summary>
public sealed record ImportProgress
{
    /// <summary>All rows of the file, without its header.</summary>
    public required int Rows { get; init; }

    public required int Read { get; init; }

    /// <summary>Rows that are still to be read; of an import that was stopped, rows that nobody will read.</summary>
    public required int Left { get; init; }

    /// <summary>Links that the import registered.</summary>
    public required int Added { get; init; }

    /// <summary>Links that were watched already: they stay as they are, with the newer figures of the tool.</summary>
    public required int Known { get; init; }

    /// <summary>
    /// Of the known ones, those that cannot be read because their rows are damaged: nothing was noted of them. What is set aside names
    /// them.
    /// </summary>
    public required int Unreadable { get; init; }

    /// <summary>Rows that are no links.</summary>
    public required int Rejected { get; init; }

    /// <summary>Links that the tool itself found gone: history, not watched.</summary>
    public required int Lost { get; init; }

    /// <summary>Pages of the target's own site, in a list without targets.</summary>
    public required int Own { get; init; }

    /// <summary>Rows with the same page and target as one before.</summary>
    public required int Twice { get; init; }

    /// <summary>
    /// Links of the file that a row before lists in another spelling, such as with and without "www.": both are watched. They are among
    /// the others, and counted before the import begins.
    /// </summary>
    public required int Respelled { get; init; }

    /// <summary>Links that undoing has removed so far.</summary>
    public required int Removed { get; init; }

    /// <summary>Links that undoing left, because somebody has changed them since.</summary>
    public required int Kept { get; init; }

    internal static ImportProgress Of(ImportRun run) => Of(run.Counts);

    internal static ImportProgress Of(ImportCounts counts) => new()
    {
        Rows = counts.Rows,
        Read = counts.Read,
        Left = counts.Rows - counts.Read,
        Added = counts.Added,
        Known = counts.Known,
        Unreadable = counts.Unreadable,
        Rejected = counts.Rejected,
        Lost = counts.Lost,
        Own = counts.Own,
        Twice = counts.Twice,
        Respelled = counts.Respelled,
        Removed = Math.Min(counts.Removed, counts.Added),
        Kept = counts.Kept,
    };
}

/// <summary>What an import would do. Nothing was written for it.</summary>
public sealed record ImportPreview
{
    /// <summary>What kind of file it is; null when it cannot be read at all.</summary>
    public string? Format { get; init; }

    public string? Vendor { get; init; }

    /// <summary>Whether the import can begin with what is known.</summary>
    public required bool IsReady { get; init; }

    /// <summary>Why it cannot; null when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>
    /// The problem is a mistake in a file of links, or columns or a sheet that must be said; false for none, for a target, and for a
    /// file of another kind.
    /// </summary>
    public required bool IsWrittenWrongly { get; init; }

    /// <summary>What to say so that it can: <c>target</c>, <c>columns</c>, <c>sheet</c> or <c>encoding</c>; null for nothing.</summary>
    public string? Needs { get; init; }

    /// <summary>How the columns are taken: one of a text, one for each sheet of a workbook that lists links.</summary>
    public required IReadOnlyList<TableView> Tables { get; init; }

    /// <summary>What to know of how the file is read.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>As if it were done.</summary>
    public required ImportProgress Rows { get; init; }

    /// <summary>
    /// Each link was looked up. False for a file of more than 50,000 links, or while the project's links are being read: then at least
    /// <c>rows.known</c> are watched already, and others may be among those that count as added.
    /// </summary>
    public required bool IsKnownCounted { get; init; }

    /// <summary>Links that the tool saw only after the scripts of their pages had run: their first check may not find them.</summary>
    public required int ByScript { get; init; }

    /// <summary>
    /// Links that the tool saw as a frame, a form, a redirect or as mere text, not as an anchor: their first check will not find them.
    /// </summary>
    public required int OtherKinds { get; init; }

    /// <summary>The first 100 rows that are no links.</summary>
    public required IReadOnlyList<RejectedRow> Rejected { get; init; }

    /// <summary>The first 100 links that a row before lists in another spelling.</summary>
    public required IReadOnlyList<RespelledRow> Respelled { get; init; }

    /// <summary>The first 10 links.</summary>
    public required IReadOnlyList<SampleLink> Samples { get; init; }

    internal static ImportPreview Of(ImportSurvey survey) => new()
    {
        Format = survey.File?.Format,
        Vendor = survey.Vendor,
        IsReady = survey.Problem is null,
        Problem = survey.Problem?.Message,
        IsWrittenWrongly = survey.Problem is { IsWrittenWrongly: true },
        Needs = survey.Problem is { Asks: not WantedWord.None and var asks } ? asks.ToString().ToLowerInvariant() : null,
        Tables = [.. survey.File?.Tables.Select((table, at) => TableView.Of(table, survey.Marks.ElementAtOrDefault(at))) ?? []],
        IsKnownCounted = survey.IsKnownCounted,
        Notices = survey.File?.Notices ?? [],
        Rows = ImportProgress.Of(survey.Counts),
        ByScript = survey.ByScript,
        OtherKinds = survey.OtherKinds,
        Rejected = [.. survey.Rejected.Select(row => new RejectedRow(row.Sheet, row.Line, row.Why))],
        Respelled = survey.Respelled,
        Samples =
        [
            .. survey.Samples.Select(link => new SampleLink(
                link.Text.Sheet, link.Text.Line, link.Page.Href, link.Expectation.Target.Href)),
        ],
    };
}

/// <summary>How a table is taken.</summary>
/// <param name="Sheet">Of a workbook; null for a text.</param>
/// <param name="Certainty"><c>certain</c>, <c>likely</c>, or <c>doubtful</c>: then nothing is imported until the columns are said.</param>
/// <param name="Why">Why the page and the target are taken for that.</param>
public sealed record TableView(string? Sheet, Certainty Certainty, string Why, IReadOnlyList<ColumnView> Columns)
{
    /// <summary>The name of the type that the links of the sheet get, because it is named so; null for none.</summary>
    public string? Type { get; init; }

    /// <summary>The tag that the links of the sheet get, its name; null for none.</summary>
    public string? Tag { get; init; }

    internal static TableView Of(LinkTable table, SheetMark? mark) => new(
        table.Sheet, table.Columns.Certainty, table.Columns.Why,
        [.. table.Columns.Header.Zip(table.Columns.Roles).Select((column, at) => new ColumnView(at + 1, column.First, column.Second))])
    {
        Type = mark?.Type,
        Tag = mark?.Tag,
    };
}

/// <summary>A column of a file.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Role">What it is taken for.</param>
public sealed record ColumnView(int Number, string Name, ColumnRole Role);

/// <summary>A row that is no link.</summary>
/// <param name="Line">Where it begins, from 1.</param>
public sealed record RejectedRow(string? Sheet, int Line, string Why);

/// <summary>A link of a file.</summary>
public sealed record SampleLink(string? Sheet, int Line, string Page, string Target);

/// <summary>A published sheet that is kept in step with the project.</summary>
public sealed record SheetView
{
    /// <summary><c>sht_</c> and 26 characters.</summary>
    public required string Id { get; init; }

    public required string Url { get; init; }

    /// <summary>In hours.</summary>
    public required int EveryHours { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is asked for next.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When it was last asked for; null before the first time.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>What came of it; null before the first time.</summary>
    public string? Outcome { get; init; }

    /// <summary>The last import of it; null before the first.</summary>
    public string? ImportId { get; init; }

    internal static SheetView Of(PolledSheet sheet) => new()
    {
        Id = sheet.Id,
        Url = sheet.Url,
        EveryHours = (int)sheet.Every.TotalHours,
        CreatedAt = sheet.CreatedAt,
        DueAt = sheet.NextAt,
        AskedAt = sheet.AskedAt,
        Outcome = sheet.Outcome,
        ImportId = sheet.ImportId,
    };
}
