namespace LinkMonitor.Views;

/// <summary>A project's imports, and the form that begins one.</summary>
public sealed record ImportsModel
{
    public required Frame Frame { get; init; }

    /// <summary>A text and an address: where links come from beside a file.</summary>
    public required IReadOnlyList<Field> Fields { get; init; }

    /// <summary>What is wrong, a sentence each.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    public required IReadOnlyList<ImportLine> Imports { get; init; }

    public required IReadOnlyList<SheetLine> Sheets { get; init; }

    public required Pager Pager { get; init; }

    /// <summary>The largest file, in MB.</summary>
    public required int MaxMegabytes { get; init; }
}

/// <summary>An import as a row.</summary>
/// <param name="State">For people: <c>done</c>.</param>
public sealed record ImportLine(string Path, string Name, string State, string By, Moment At, ImportFigures Figures);

/// <summary>A published sheet that is polled.</summary>
/// <param name="Every">For example <c>every 24 hours</c>.</param>
/// <param name="Outcome">What came of the last look; null before the first.</param>
/// <param name="ImportPath">Where its last import is; null before the first.</param>
public sealed record SheetLine(string Path, string Url, string Every, Moment Due, string? Outcome, string? ImportPath);

/// <summary>How many rows of a file came to what.</summary>
public sealed record ImportFigures(int Rows, int Read, int Added, int Known, int Rejected, int Lost, int Own, int Twice, int Respelled,
    int Unreadable)
{
    public int Left => Rows - Read;
}

/// <summary>A file that somebody looks at before it is imported.</summary>
public sealed record ImportLookModel
{
    public required Frame Frame { get; init; }

    /// <summary>The address of the import.</summary>
    public required string Path { get; init; }

    public required string Name { get; init; }

    /// <summary>What kind of file it is, and which tool wrote it; null when it cannot be read.</summary>
    public required string? Format { get; init; }

    /// <summary>Why it cannot begin; null when it can.</summary>
    public required string? Problem { get; init; }

    public required ImportFigures Figures { get; init; }

    /// <summary>Each link was looked up; otherwise at least as many as are counted are known.</summary>
    public required bool IsKnownCounted { get; init; }

    /// <summary>Links that only scripts make.</summary>
    public required int ByScript { get; init; }

    /// <summary>Links that the tool saw otherwise than as an anchor.</summary>
    public required int OtherKinds { get; init; }

    public required IReadOnlyList<string> Notices { get; init; }

    public required IReadOnlyList<LookedTable> Tables { get; init; }

    public required IReadOnlyList<Field> Fields { get; init; }

    public required bool IsWithLost { get; init; }

    /// <summary>What is wrong beside the fields, a sentence each.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    public required IReadOnlyList<BadLine> Rejected { get; init; }

    /// <summary>The first links that a row before lists in another spelling.</summary>
    public required IReadOnlyList<RespelledLine> Respelled { get; init; }
}

/// <summary>How the columns of a table are taken.</summary>
/// <param name="Sheet">Of a workbook; null for a text.</param>
/// <param name="Certainty"><c>certain</c>, <c>likely</c> or <c>doubtful</c>.</param>
/// <param name="IsOpen">Its columns can be changed here.</param>
public sealed record LookedTable(string? Sheet, string Certainty, string Why, bool IsOpen, IReadOnlyList<LookedColumn> Columns)
{
    /// <summary>What the name of the sheet stands for, a sentence; null for nothing.</summary>
    public string? Mark { get; init; }
}

/// <summary>A column, and what stands in its first rows.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Role">What it is taken for.</param>
public sealed record LookedColumn(int Number, string Name, string Role, IReadOnlyList<string> Samples);

/// <summary>A row that is no link.</summary>
public sealed record BadLine(string Place, string Why);

/// <summary>A row whose link a row before lists in another spelling.</summary>
public sealed record RespelledLine(string Place, string FirstPlace, string Page, string Target);

/// <summary>An import under way, or what came of it.</summary>
public sealed record ImportDetailModel
{
    public required Frame Frame { get; init; }

    public required string Name { get; init; }

    public required ImportProgressModel Progress { get; init; }

    public required ImportActs Acts { get; init; }
}

/// <summary>What can be done with an import now: the other part of its page that follows what happens.</summary>
/// <param name="Path">Its forms post below it.</param>
/// <param name="Token">Of the forms; null for who may only look.</param>
/// <param name="CanRetry">It was given up for a fault that was not the file's.</param>
/// <param name="UndoUntil">It can be undone before this; null when there is nothing to undo.</param>
/// <param name="RejectedPath">Where its rejected rows are; null for none, or when its file is not kept any more.</param>
/// <param name="Tag">The validator of all this, as a browser sends it back.</param>
public sealed record ImportActs(
    string Path, string? Token, bool CanCancel, bool CanRetry, Moment? UndoUntil, string? RejectedPath, string Tag);

/// <summary>How far an import is: the part of its page that follows what happens.</summary>
/// <param name="State">For people.</param>
/// <param name="Said">What it does, or has done, in a sentence.</param>
/// <param name="IsOpen">Something is still to be done.</param>
/// <param name="Done">Rows that are done, of <paramref name="Rows"/>.</param>
public sealed record ImportProgressModel(
    string State, string Said, bool IsOpen, int Done, int Rows, ImportFigures Figures, int Removed, int Kept);

/// <summary>What a column of a file can be taken for, by its name on the wire, with words for people.</summary>
public static class RoleWords
{
    public static IReadOnlyList<(string Value, string Words)> All { get; } =
    [
        ("page", "the page with the link"), ("target", "where it points"), ("anchor", "expected anchor"), ("rel", "expected rel"),
        ("follow", "expected follow: yes or no"), ("match", "how the target is compared"), ("placement", "expected placement"),
        ("indexable", "must be indexable: yes or no"), ("ignore", "what is not watched"), ("type", "type of link"), ("tags", "tags"),
        ("note", "your note"), ("muted", "muted: yes or no"), ("muted-until", "when the muting ends"), ("vendor", "vendor"),
        ("cost", "price"), ("currency", "currency of the price"), ("cost-period", "what the price pays for: term or month"),
        ("start", "first day paid for"), ("end", "last day paid for"), ("contact", "contact"), ("invoice", "invoice"),
        ("lost", "found gone by the tool"), ("rendered", "seen after scripts ran"), ("raw", "seen before scripts ran"),
        ("metric", "a figure of the tool"), ("ignored", "not read"),
    ];

    public static string Of(string role) => All.First(one => one.Value == role).Words;
}
