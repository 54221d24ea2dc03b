using System.CommandLine;
using System.CommandLine.Parsing;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.CommandLine.Files;
using LinkMonitor.Hosting.Serving;
using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.CommandLine.Service;

/// <summary>
/// <c>linkmonitor import FILE</c>: has every link of a file watched; with <c>--all</c>, reads an archive of a whole storage.
/// </summary>
internal static class ImportCommand
{
    private static readonly ExitTable Exits = new(
        (ExitCodes.AsExpected, "done"),
        (ExitCodes.WrongUsage, "wrong usage, a wrong row, or refused"),
        (ExitCodes.BadData, "the file is missing or cannot be read, or links were refused"),
        (ExitCodes.Unavailable, "a setting is wrong, or the service or storage does not answer"),
        (ExitCodes.CannotCreate, "the storage is not empty (--all), or there is no room for the rows"),
        (ExitCodes.NoPermission, "the key does not allow it"));

    /// <param name="all">Names an archive of a whole storage instead of a file of links.</param>
    /// <param name="importAll">Reads such an archive.</param>
    public static Command Build(
        TimeProvider time, Option<FileInfo?> all, Func<FileInfo, InvocationConfiguration, CancellationToken, Task<int>> importAll)
    {
        var (options, given) = (new ServiceOptions(), new Given());
        var command = new CliCommand(
            "import",
            "Watch every link of a file, 500 at a time; importing it again changes nothing. The whole file is read first: if a row is "
                + "wrong, nothing is imported.",
            Exits)
        {
            Rules = parsed => parsed.Gives(all) ? WrongForArchive(parsed, given, all) : [.. given.Wrong(parsed), .. options.Wrong(parsed)],
            Settings = parsed => parsed.Gives(all)
                ? StartCheck.FailuresAsync(Server.CreateBuilder(new ServerSettings()).Configuration)
                : Task.FromResult<IReadOnlyList<string>>([]),
        };
        command.Add(given.File);
        foreach (var option in (Option[])[given.Target, given.Match, given.Tag, given.SkipBad, given.WithLost, given.Encoding,
            given.Sheet, given.DryRun, all])
            command.Add(option);
        options.AddTo(command, ofProject: true);
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(all) is { } archive
            ? importAll(archive, parsed.InvocationConfiguration, cancellationToken)
            : options.RunAsync(parsed, time, run => new LinkImport(run, given.Settings(parsed), time).RunAsync(cancellationToken),
                cancellationToken));
        return command;
    }

    private static IEnumerable<WrongCall> WrongForArchive(ParseResult parsed, Given given, Option<FileInfo?> all)
    {
        if (parsed.Gives(given.File))
            yield return new WrongCall("Give a file of links or an archive (--all), not both.");
        if (OtherOptions(parsed, all) is [_, ..] others)
        {
            yield return new WrongCall(
                $"An archive is imported as it is: {string.Join(", ", others)} cannot be given with --all. Nothing was imported.");
        }

        if (parsed.Valid(all) is { Exists: false } missing)
            yield return FileCheck.Missing(missing);
    }

    private static string[] OtherOptions(ParseResult parsed, Option all) =>
    [
        .. parsed.CommandResult.Children.OfType<OptionResult>()
            .Where(option => !option.Implicit && option.Option != all).Select(option => option.Option.Name),
    ];

    private sealed class Given
    {
        public Argument<FileInfo?> File { get; } = new("file")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "A file as for 'check --file': CSV, an Excel workbook, or another tool's export.",
        };

        public Option<string?> Target { get; } = new Option<string?>("--target")
        {
            Description = "Where all links should point, if the file has no column for it.",
            HelpName = "URL",
        }.Checked(text => ExpectationText.WrongUrl("target", text));

        public Option<string?> Match { get; } = new Option<string?>("--match")
        {
            Description = "For rows without one: exact, page (default), prefix or host.",
            HelpName = "MODE",
        }.Checked(ExpectationText.WrongMatch);

        public Option<string[]> Tag { get; } = new("--tag")
        {
            Description = "A tag for all links; may be given several times.",
            HelpName = "TAG",
        };

        public Option<bool> SkipBad { get; } = new("--skip-bad")
        {
            Description = "List rows that are not links and skip them, instead of importing nothing.",
        };

        public Option<bool> WithLost { get; } = new("--with-lost")
        {
            Description = "Also import links that the file itself marks as lost.",
        };

        public Option<string?> Encoding { get; } = new Option<string?>("--encoding")
        {
            Description = "The encoding of the file, where it cannot be detected for certain, for example windows-1250.",
            HelpName = "NAME",
        }.Checked(TextEncodings.WrongName);

        public Option<string?> Sheet { get; } = new("--sheet")
        {
            Description = "The sheet of an Excel workbook, where several list links.",
            HelpName = "NAME",
        };

        public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Only read the file, and say what would be imported." };

        public IEnumerable<WrongCall> Wrong(ParseResult parsed)
        {
            if (!parsed.Gives(File))
                yield return new WrongCall("Say which file of links to import, or which archive: --all FILE.");
            else if (parsed.Valid(File) is { Exists: false } missing)
                yield return FileCheck.Missing(missing);
        }

        public ImportSettings Settings(ParseResult parsed) => new()
        {
            Source = new RowSource(
                parsed.GetRequiredValue(File)!,
                new RowDefaults(parsed.GetValue(Target), parsed.GetValue(Match))
                {
                    Encoding = parsed.GetValue(Encoding),
                    Sheet = parsed.GetValue(Sheet),
                },
                parsed.GetValue(SkipBad)),
            Tags = parsed.GetValue(Tag) ?? [],
            WithLost = parsed.GetValue(WithLost),
            IsDryRun = parsed.GetValue(DryRun),
        };
    }
}

/// <summary>What is imported, and how.</summary>
internal sealed record ImportSettings
{
    public required RowSource Source { get; init; }

    /// <summary>For all links.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Also import links that the file itself marks as lost.</summary>
    public required bool WithLost { get; init; }

    /// <summary>Nothing is sent.</summary>
    public required bool IsDryRun { get; init; }
}
