using LinkMonitor.CommandLine.Rows;

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

    /// <param name="notice">Called with what the user should know of how the file is read.</param>
    /// <param name="bad">Called with every row that is no link.</param>
    /// <exception cref="UnreadableFileException">The file is none of links.</exception>
    /// <exception cref="IOException">The file cannot be read, or there is no room for its rows.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public static FileRows Read(FileCheckSettings settings, Action<string> notice, Action<BadRow> bad, CancellationToken cancellationToken)
    {
        using var table = Open(settings, notice, cancellationToken);
        var file = new FileRows(table.OwnColumns);
        try
        {
            foreach (var row in table.Rows(cancellationToken))
            {
                if (row is LinkRow link)
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
        file.OwnPages = table.OwnPages;
        return file;
    }

    public void Dispose() => Rows.Dispose();

    private static LinkTable Open(FileCheckSettings settings, Action<string> notice, CancellationToken cancellationToken)
    {
        try
        {
            var text = TextFile.Recognise(settings.File, settings.Encoding, cancellationToken);
            if (text.Notice is { } doubt)
                notice(doubt);
            return LinkTable.Open(text, settings.Defaults);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableFileException($"The file cannot be read: {e.Message}");
        }
    }

    private void Add(LinkRow link)
    {
        Rows.Add(link.Text);
        Plan.Add(link);
    }
}
