using System.CommandLine;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.CommandLine.Files;

/// <summary>A file of links that was read to its end: its rows on disk, and in memory which are on one page.</summary>
internal sealed class FileRows : IDisposable
{
    private FileRows(IReadOnlyList<string> ownColumns) => OwnColumns = ownColumns;

    public RowSpool Rows { get; } = new();

    public PagePlan Plan { get; } = new();

    public IReadOnlyList<string> OwnColumns { get; }

    /// <summary>Rows left out because they are on the target's own site.</summary>
    public int OwnPages { get; private set; }

    /// <summary>Reads a file to its end, and says all that the user should know of it.</summary>
    /// <param name="also">Finds what else is wrong before anything is done.</param>
    /// <returns>The rows, at least one; or no rows and the exit code.</returns>
    /// <exception cref="IOException">There is no room for the rows.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public static async Task<(FileRows? Rows, int ExitCode)> ReadCheckedAsync(
        RowSource source, Action<ErrorList> also, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        var errors = new ErrorList();
        var skipped = 0;
        FileRows? rows = null;
        try
        {
            rows = Read(source, console.Error.WriteLine, Take, cancellationToken);
            also(errors);
            if (errors.Count > 0)
                return (null, await RefuseAsync(rows, errors, source, console));
            foreach (var notice in Notices(rows, skipped))
                await console.Error.WriteLineAsync(notice);
            if (rows.Rows.Count > 0)
                return (rows, ExitCodes.AsExpected);
            await console.Error.WriteLineAsync("The file has no row that can be checked.");
            rows.Dispose();
            return (null, ExitCodes.BadData);
        }
        catch (UnreadableFileException e)
        {
            rows?.Dispose();
            await console.Error.WriteLineAsync(UnreadableText.Of(e));
            await console.Error.WriteLineAsync("Nothing was checked.");
            return (null, UnreadableText.ExitCode(e));
        }
        catch
        {
            rows?.Dispose();
            throw;
        }

        void Take(BadRow bad)
        {
            if (!source.SkipBad)
            {
                errors.Add(bad.ToString());
                return;
            }

            skipped++;
            console.Error.WriteLine($"Skipped. {bad}");
        }
    }

    /// <summary>The cells of the user's own columns as results hold them.</summary>
    /// <param name="isByName">By name, as in JSON lines: of a name that stands twice the last counts.</param>
    public IReadOnlyList<string> OwnCells(RowText row, bool isByName)
    {
        if (!isByName)
            return row.Own;
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (at, cell) in row.Own.Index())
            last[OwnColumns[at]] = cell;
        return [.. OwnColumns.Select(name => last[name])];
    }

    public void Dispose() => Rows.Dispose();

    private static async Task<int> RefuseAsync(
        FileRows rows, ErrorList errors, RowSource source, InvocationConfiguration console)
    {
        rows.Dispose();
        foreach (var line in errors.Lines())
            await console.Error.WriteLineAsync(line);
        await console.Error.WriteLineAsync(
            source.SkipBad ? "Nothing was checked." : "Nothing was checked. With --skip-bad such lines are skipped.");
        return ExitCodes.WrongUsage;
    }

    private static IEnumerable<string> Notices(FileRows rows, int skipped)
    {
        if (skipped > 0)
            yield return $"{CountText.Of(skipped, "row was", "rows were")} skipped.";
        if (rows.OwnPages > 0)
            yield return $"{CountText.Of(rows.OwnPages, "page of the target's own site was", "pages of the target's own site were")} "
                + "left out.";
    }

    private static FileRows Read(RowSource source, Action<string> notice, Action<BadRow> bad, CancellationToken cancellationToken)
    {
        var table = Open(source, notice, cancellationToken);
        var file = new FileRows(table.OwnColumns);
        try
        {
            foreach (var row in table.Rows(cancellationToken))
            {
                if (row is LinkFileRow link)
                    file.Add(link);
                else
                    bad((BadRow)row);
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }

        file.Rows.Complete();
        file.Plan.Complete();

        // What was needed for reading is larger than what stays, and the run begins now.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        file.OwnPages = table.OwnPages;
        return file;
    }

    private static LinkTable Open(RowSource source, Action<string> notice, CancellationToken cancellationToken)
    {
        if (!source.File.Exists)
            throw new UnreadableFileException(FileCheck.Missing(source.File).Message);
        try
        {
            var file = FileOfLinks.Open(source.File, source.Defaults, cancellationToken);
            foreach (var doubt in file.Notices)
                notice(doubt);
            return file.Single();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableFileException($"The file cannot be read: {e.Message}");
        }
    }

    private void Add(LinkFileRow link)
    {
        Rows.Add(link.Text);
        Plan.Add(link);
    }
}

/// <summary>Why a file cannot be read, in the words of the command line.</summary>
internal static class UnreadableText
{
    public static string Of(UnreadableFileException e) => Of(e.Message, e.Asks);

    /// <param name="asks">What the user may add.</param>
    public static string Of(string problem, WantedWord asks) => asks switch
    {
        WantedWord.Encoding => $"{problem} Name it with --encoding NAME.",
        WantedWord.Target => $"{problem} That is --target URL.",
        WantedWord.Sheet => $"{problem} That is --sheet NAME.",
        WantedWord.Columns => $"{problem} Say so with --columns, for example --columns \"page:2,target:Landing page\".",
        _ => problem,
    };

    public static int ExitCode(UnreadableFileException e) =>
        e.IsWrittenWrongly || e.Asks == WantedWord.Target ? ExitCodes.WrongUsage : ExitCodes.BadData;
}
