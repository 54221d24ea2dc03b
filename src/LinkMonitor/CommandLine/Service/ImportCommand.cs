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
        (ExitCodes.BadData, "the file is missing or cannot be read, or not all of it was imported"),
        (ExitCodes.Unavailable, "a setting is wrong, or the service or storage does not answer"),
        (ExitCodes.CannotCreate, "the storage is not empty (--all)"),
        (ExitCodes.NoPermission, "the key does not allow it"));

    /// <param name="all">Names an archive of a whole storage instead of a file of links.</param>
    /// <param name="importAll">Reads such an archive.</param>
    public static Command Build(
        TimeProvider time, Option<FileInfo?> all, Func<FileInfo, InvocationConfiguration, CancellationToken, Task<int>> importAll)
    {
        var (options, given) = (new ServiceOptions(), new Given());
        var command = new CliCommand(
            "import",
            "Watch every link of a file. The service looks at the whole file first: if a row is wrong, nothing is imported. Then it "
                + "imports "
                + "by itself, and goes on when this program stops. Links that are watched already stay as they are, but for other tools' "
                + "figures: 'apply' changes links.",
            Exits)
        {
            Rules = parsed => parsed.Gives(all) ? WrongForArchive(parsed, given, all)
                : [.. given.Act(parsed) is null ? given.WrongFile(parsed) : given.WrongAct(parsed, options), .. options.Wrong(parsed)],
            Settings = parsed => parsed.Gives(all)
                ? StartCheck.FailuresAsync(Server.CreateBuilder(new ServerSettings()).Configuration)
                : Task.FromResult<IReadOnlyList<string>>([]),
        };
        command.Add(given.File);
        foreach (var option in (Option[])[given.Target, given.Match, given.Columns, given.Tag, given.SkipBad, given.WithLost,
            given.Encoding, given.Sheet, given.DryRun, .. given.Acts, all])
            command.Add(option);
        options.AddTo(command, ofProject: true);
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(all) is { } archive
            ? importAll(archive, parsed.InvocationConfiguration, cancellationToken)
            : options.RunAsync(parsed, time, run => RunAsync(run, parsed, given, time, cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ServiceRun run, ParseResult parsed, Given given, TimeProvider time, CancellationToken cancellationToken)
    {
        if (given.Act(parsed) is not { } act)
            return await new LinkImport(run, given.Settings(parsed), time).RunAsync(cancellationToken);
        var watch = new FollowedImport(run, await run.ProjectAsync(cancellationToken), time);
        return await watch.FollowAsync(
            parsed.GetValue(act)!, act == given.Follow ? null : act.Name.TrimStart('-'), cancellationToken);
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

    private static string[] OtherOptions(ParseResult parsed, params ReadOnlySpan<Option> taken)
    {
        var known = taken.ToArray();
        return
        [
            .. parsed.CommandResult.Children.OfType<OptionResult>()
                .Where(option => !option.Implicit && !known.Contains(option.Option)).Select(option => option.Option.Name),
        ];
    }

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

        public Option<string?> Columns { get; } = new Option<string?>("--columns")
        {
            Description = "What columns are, by name or number, where the guess is wrong or in doubt: page:2,target:Landing page.",
            HelpName = "ROLE:COLUMN,...",
        };

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
            Description = "The only sheet of an Excel workbook to read (default: all that list links).",
            HelpName = "NAME",
        };

        public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Only read the file, and say what would be imported." };

        public Option<string?> Follow { get; } = Id("--follow", "Show how far an import is that was begun before, to its end.");

        public Option<string?> Cancel { get; } = Id("--cancel", "Stop an import that was begun before; what it has added stays.");

        public Option<string?> Undo { get; } = Id("--undo", "Remove what an import has added and nobody has changed since.");

        public IReadOnlyList<Option<string?>> Acts => [Follow, Cancel, Undo];

        /// <summary>What is to be done with an import that was begun before; null when one is to be begun.</summary>
        public Option<string?>? Act(ParseResult parsed) => Acts.FirstOrDefault(act => parsed.Gives(act));

        public IEnumerable<WrongCall> WrongAct(ParseResult parsed, ServiceOptions options)
        {
            var act = Act(parsed)!;
            string[] others =
            [
                .. parsed.Gives(File) ? ["a file"] : Array.Empty<string>(),
                .. OtherOptions(parsed, [act, options.Project, options.Url, options.Profile, options.Json]),
            ];
            if (others.Length > 0)
                yield return new WrongCall($"{act.Name} is about an import that was begun before: leave out {string.Join(", ", others)}.");
        }

        public IEnumerable<WrongCall> WrongFile(ParseResult parsed)
        {
            if (!parsed.Gives(File))
                yield return new WrongCall("Say which file of links to import, or which archive: --all FILE.");
            else if (parsed.Valid(File) is { Exists: false } missing)
                yield return FileCheck.Missing(missing);
        }

        public ImportSettings Settings(ParseResult parsed) => new()
        {
            File = parsed.GetRequiredValue(File)!,
            Choices =
            [
                ("target", parsed.GetValue(Target)),
                ("match", parsed.GetValue(Match)),
                ("columns", parsed.GetValue(Columns)),
                ("tags", ExportedFile.Join(parsed.GetValue(Tag) ?? [])),
                ("withLost", parsed.GetValue(WithLost) ? "true" : null),
                ("encoding", parsed.GetValue(Encoding)),
                ("sheet", parsed.GetValue(Sheet)),
            ],
            SkipBad = parsed.GetValue(SkipBad),
            IsDryRun = parsed.GetValue(DryRun),
        };

        private static Option<string?> Id(string name, string does) => new(name) { Description = does, HelpName = "ID" };
    }
}
