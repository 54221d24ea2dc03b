using System.CommandLine;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.CommandLine.Results;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.CommandLine.Files;

/// <summary>
/// Checks every link of a file: each page is fetched once, however many of its links are in the file. The file is read to its end before
/// anything is fetched, so that a mistake in it costs nothing.
/// </summary>
internal sealed class FileCheck(InvocationConfiguration console, TimeProvider time)
{
    /// <summary>What is wrong with the files that a call names.</summary>
    /// <param name="resumesNothing">A run is to be continued, and no results are named.</param>
    public static IEnumerable<WrongCall> Wrong(FileInfo? source, FileInfo? output, FileInfo? baseline, bool resumesNothing)
    {
        if (output is not null && ResultFormats.WrongEnding(output) is { } ending)
            yield return new WrongCall(ending);
        if (resumesNothing)
            yield return new WrongCall("--resume continues the file that --output names. Give both.");
        if (baseline is not null && baseline.FullName == output?.FullName)
        {
            yield return new WrongCall(
                "--baseline and --output name the same file, which would be overwritten. Give another name for the new results.");
        }

        if (source is not null && source.FullName == output?.FullName)
        {
            yield return new WrongCall(
                "--file and --output name the same file, which would be overwritten. Give another name for the results.");
        }

        foreach (var missing in new[] { source, baseline }.OfType<FileInfo>().Where(file => !file.Exists))
            yield return Missing(missing);
    }

    /// <summary>A file that is to be read is not there.</summary>
    public static WrongCall Missing(FileInfo file) => new($"There is no file '{file.FullName}'.", ExitCodes.BadData);

    public async Task<int> RunAsync(FileCheckSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAndCheckAsync(settings, cancellationToken);
        }
        catch (UnreadableFileException e)
        {
            await console.Error.WriteLineAsync(UnreadableText.Of(e));
            return UnreadableText.ExitCode(e);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await console.Error.WriteLineAsync("Interrupted while the file was read: 0 links were checked.");
            return ExitCodes.Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync($"The results cannot be written: {e.Message}");
            return ExitCodes.CannotCreate;
        }
    }

    private async Task<int> ReadAndCheckAsync(FileCheckSettings settings, CancellationToken cancellationToken)
    {
        var earlier = EarlierResults.None;
        var (file, exitCode) = await FileRows.ReadCheckedAsync(settings.Source, ReadEarlier, console, cancellationToken);
        if (file is null)
            return exitCode;
        using (file)
        using (earlier)
            return await new FileRun(settings, file, earlier, console, time).RunAsync(cancellationToken);

        void Skip(string bad) => console.Error.WriteLine($"Skipped. {bad} Its link has no baseline.");

        void ReadEarlier(ErrorList errors)
        {
            if (settings.Baseline is { } baseline)
                earlier = EarlierResults.Read(baseline, settings.Source.SkipBad ? Skip : errors.Add, cancellationToken);
        }
    }
}

/// <summary>What is wrong with a file: the first few are kept, all are counted.</summary>
/// <param name="most">So many are shown.</param>
internal sealed class ErrorList(int most = 20)
{
    private readonly List<string> _first = [];

    public int Count { get; private set; }

    public void Add(string error)
    {
        Count++;
        if (_first.Count < most)
            _first.Add(error);
    }

    /// <summary>Counts errors that are not known one by one.</summary>
    public void AddUntold(int count) => Count += count;

    public IEnumerable<string> Lines() => Count > _first.Count
        ? _first.Append($"... and {CountText.Of(Count - _first.Count, "more line like these", "more lines like these")}.")
        : _first;
}

/// <summary>How a file of links is checked.</summary>
internal sealed record FileCheckSettings
{
    public required RowSource Source { get; init; }

    /// <summary>Where the results go, by its ending as CSV or JSON lines; null for text (or JSON lines) on the terminal.</summary>
    public required FileInfo? Output { get; init; }

    /// <summary>The results of an earlier run, as JSON lines; null to compare with nothing.</summary>
    public required FileInfo? Baseline { get; init; }

    public required bool Json { get; init; }

    /// <summary>Go on behind the results that <see cref="Output"/> holds already.</summary>
    public bool Resume { get; init; }

    /// <summary>Say of every link how the verdict came about.</summary>
    public bool Explain { get; init; }

    public required HostPacing Pacing { get; init; }

    public required WebAccess Access { get; init; }
}

/// <summary>A file of links and how it is to be read.</summary>
/// <param name="SkipBad">Leave out rows that are no links, and say which; else nothing is done with the file.</param>
internal sealed record RowSource(FileInfo File, RowDefaults Defaults, bool SkipBad);
