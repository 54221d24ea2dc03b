using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.Hosting.Serving;

namespace LinkMonitor.CommandLine.Service;

/// <summary>
/// <c>linkmonitor export</c>: a project's links as a file; with <c>--all</c>, everything that a whole storage holds.
/// </summary>
internal static class ExportCommand
{
    private const string Csv = "csv";
    private const string Xlsx = "xlsx";

    private static readonly string[] Formats = [Csv, Xlsx, "jsonl"];

    private static readonly ExitTable Exits = new(
        (ExitCodes.AsExpected, "written"),
        (ExitCodes.WrongUsage, "wrong usage or refused"),
        (ExitCodes.Unavailable, "a setting is wrong, or the service or storage does not answer"),
        (ExitCodes.CannotCreate, "the file is there already or cannot be written"),
        (ExitCodes.NoPermission, "the key does not allow it"));

    /// <param name="all">Asks for an archive of a whole storage instead of links.</param>
    /// <param name="exportAll">Writes such an archive.</param>
    public static Command Build(
        TimeProvider time, Option<FileInfo?> all, Func<FileInfo, InvocationConfiguration, CancellationToken, Task<int>> exportAll)
    {
        var (options, given) = (new ServiceOptions(), new Given());
        var command = new CliCommand(
            "export",
            "Write a project's links, all or some, as a file that a spreadsheet opens and 'import' reads back (docs/exports.md); or with "
                + "--all everything to an archive, for a back-up or a move.",
            Exits)
        {
            Rules = parsed => parsed.Gives(all) ? WrongForArchive(parsed, all) : [.. given.Wrong(parsed), .. options.Wrong(parsed)],
            Settings = parsed => parsed.Gives(all)
                ? StartCheck.FailuresAsync(Server.CreateBuilder(new ServerSettings()).Configuration)
                : Task.FromResult<IReadOnlyList<string>>([]),
        };
        given.Choice.AddTo(command);
        foreach (var option in (Option[])[given.Format, given.Out, given.Overwrite, all])
            command.Add(option);
        options.AddTo(command, ofProject: true, withJson: false);
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(all) is { } archive
            ? exportAll(archive, parsed.InvocationConfiguration, cancellationToken)
            : options.RunAsync(parsed, time, run => RunAsync(run, parsed, given, cancellationToken), cancellationToken));
        return command;
    }

    private static IEnumerable<WrongCall> WrongForArchive(ParseResult parsed, Option all)
    {
        string[] others =
        [
            .. parsed.CommandResult.Children.OfType<OptionResult>()
                .Where(option => !option.Implicit && option.Option != all).Select(option => option.Option.Name),
        ];
        if (others.Length > 0)
            yield return new WrongCall(
                $"An archive has everything: {string.Join(", ", others)} cannot be given with --all. Nothing was written.");
    }

    private static async Task<int> RunAsync(ServiceRun run, ParseResult parsed, Given given, CancellationToken cancellationToken)
    {
        var project = await run.ProjectAsync(cancellationToken);
        var query = await given.Choice.QueryAsync(run, project, parsed, cancellationToken);
        var path = $"projects/{project.Id}/export.{given.FormatOf(parsed)}?{query}";
        if (parsed.GetValue(given.Out) is not { } file)
        {
            // A character may be cut by the end of a part.
            var decoder = Encoding.UTF8.GetDecoder();
            await run.Client.DownloadAsync(
                path + (given.FormatOf(parsed) == Csv ? "&bom=false" : string.Empty),
                async (part, stop) => await run.Console.Output.WriteAsync(Decode(decoder, part.Span), stop), cancellationToken);
            return ExitCodes.AsExpected;
        }

        try
        {
            await WholeFile.WriteAsync(
                file, parsed.GetValue(given.Overwrite), isSecret: false,
                stream => run.Client.DownloadAsync(path, stream.WriteAsync, cancellationToken));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await run.Console.Error.WriteLineAsync($"The file cannot be written: {failure.Message}");
            return ExitCodes.CannotCreate;
        }

        file.Refresh();
        await run.Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{project.Name}: {file.FullName} written, {file.Length:N0} bytes."));
        return ExitCodes.AsExpected;
    }

    private static char[] Decode(Decoder decoder, ReadOnlySpan<byte> bytes)
    {
        var text = new char[decoder.GetCharCount(bytes, flush: false)];
        decoder.GetChars(bytes, text, flush: false);
        return text;
    }

    private sealed class Given
    {
        public LinkChoice Choice { get; } = new(withView: true);

        public Option<string?> Format { get; } = new Option<string?>("--format")
        {
            Description = "csv, xlsx or jsonl (default: as --out ends, else csv).",
            HelpName = "FORMAT",
        }.Checked(format => Formats.Contains(format, StringComparer.OrdinalIgnoreCase)
            ? null : $"'{format}' is not a format. Use {Csv}, {Xlsx} or jsonl.");

        public Option<FileInfo?> Out { get; } = new("--out")
        {
            Description = "Where the file goes (default: standard output). It is there only when it is whole.",
            HelpName = "FILE",
        };

        public Option<bool> Overwrite { get; } = new(
            "--overwrite")
        { Description = "Write over the file that --out names, if it is there." };

        public string FormatOf(ParseResult parsed) => parsed.Valid(Format)?.ToLowerInvariant() ?? EndingOf(parsed.Valid(Out)) ?? Csv;

        public IEnumerable<WrongCall> Wrong(ParseResult parsed)
        {
            if (parsed.Valid(Out) is { } file)
            {
                if (parsed.Valid(Format) is null && EndingOf(file) is null)
                    yield return new WrongCall($"'{file.Name}' does not end in a format. Name it with --format: csv, xlsx or jsonl.");
                if (file.Exists && !parsed.GetValue(Overwrite))
                    yield return new WrongCall(
                        $"{file.FullName} is there already. Give another name, or --overwrite. Nothing was written.",
                        ExitCodes.CannotCreate);
                else if (!file.Directory!.Exists)
                    yield return new WrongCall($"There is no folder '{file.DirectoryName}'.", ExitCodes.CannotCreate);
            }
            else if (parsed.Gives(Overwrite))
            {
                yield return new WrongCall("--overwrite is about the file that --out names. Give both.");
            }
            else if (FormatOf(parsed) == Xlsx)
            {
                yield return new WrongCall("A workbook is no text for the terminal: say with --out where it goes.");
            }
        }

        private static string? EndingOf(FileInfo? file) => Formats.FirstOrDefault(
            format => string.Equals(file?.Extension, $".{format}", StringComparison.OrdinalIgnoreCase));
    }
}
