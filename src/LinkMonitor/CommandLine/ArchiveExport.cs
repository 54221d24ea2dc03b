using System.CommandLine;
using System.Globalization;
using LinkMonitor.About;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Archives;

namespace LinkMonitor.CommandLine;

/// <summary>Writes an archive.</summary>
internal sealed class ArchiveExport(FileInfo file, TimeProvider time, InvocationConfiguration console)
{
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(OwnStorage storage, CancellationToken cancellationToken)
    {
        if (storage.Azurite is { IsOurs: false })
            await console.Error.WriteLineAsync(
                "LinkMonitor seems to be running: what it writes meanwhile may be missing from the archive. For a consistent archive, "
                    + "stop it first.");
        try
        {
            IReadOnlyDictionary<string, long> rows = new Dictionary<string, long>();
            await WholeFile.WriteAsync(
                file, overwrites: false, isSecret: true, async stream => rows = await WriteAsync(stream, storage, cancellationToken));
            await console.Output.WriteLineAsync(
                $"{ArchiveText.Rows(rows)} written to {file.FullName}. It contains the secrets of channels: protect it as you protect "
                    + "keys.");
            return ExitCodes.AsExpected;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync($"The archive cannot be written: {failure.Message}");
            return ExitCodes.CannotCreate;
        }
    }

    private async Task<IReadOnlyDictionary<string, long>> WriteAsync(
        Stream stream, OwnStorage storage, CancellationToken cancellationToken)
    {
        var progress = new ArchiveProgress(console.Error, time);
        return await StorageArchive.Open(storage.Options).ExportAsync(
            stream, Product.Version, time.GetUtcNow(), progress.Say, cancellationToken);
    }
}

/// <summary>Says every five seconds how many rows are done.</summary>
internal sealed class ArchiveProgress(TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private long _last = time.GetTimestamp();

    public void Say(long rows)
    {
        if (time.GetElapsedTime(_last) < Pause)
            return;
        _last = time.GetTimestamp();
        output.WriteLine($"{CountText.Of(rows, "row")} so far");
    }
}

/// <summary>What is said of archives.</summary>
internal static class ArchiveText
{
    /// <summary>For example <c>1,234 rows (Keys 2, Links 1,232)</c>.</summary>
    public static string Rows(IReadOnlyDictionary<string, long> rows)
    {
        var each = string.Join(", ", rows.Select(table => $"{table.Key} {table.Value.ToString("N0", CultureInfo.InvariantCulture)}"));
        return $"{CountText.Of(rows.Values.Sum(), "row")}{(rows.Count == 0 ? string.Empty : $" ({each})")}";
    }
}
