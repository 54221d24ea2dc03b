using System.CommandLine;
using System.CommandLine.Parsing;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.CommandLine.Files;
using LinkMonitor.CommandLine.Rows;

namespace LinkMonitor.CommandLine.Service;

/// <summary>
/// <c>linkmonitor import FILE</c>: has every link of a file watched; with <c>--all</c>, reads an archive of a whole storage.
/// </summary>
internal static class ImportCommand
{
    /// <param name="all">Names an archive of a whole storage instead of a file of links.</param>
    /// <param name="importAll">Reads such an archive.</param>
    public static Command Build(
        TimeProvider time, Option<FileInfo?> all, Func<FileInfo, InvocationConfiguration, CancellationToken, Task<int>> importAll)
    {
        var (options, given) = (new ServiceOptions(), new Given());
        var command = new Command(
            "import",
            "Watch every link of a file, 500 at a time; importing it again changes nothing. The whole file is read first: if a row is "
                + "wrong, nothing is imported. " + ServiceOptions.ExitCodeHelp)
        {
            given.File, given.Target, given.Match, given.Tag, given.SkipBad, given.WithLost, given.Encoding, given.DryRun, all,
        };
        options.AddTo(command, ofProject: true);
        command.SetAction((parsed, cancellationToken) =>
        {
            if (parsed.GetValue(all) is { } archive)
            {
                if (parsed.GetValue(given.File) is not null)
                    return CommandErrors.UsageAsync(
                        parsed.InvocationConfiguration, "Give a file of links or an archive (--all), not both.");
                return OtherOptions(parsed, all) is [_, ..] others
                    ? CommandErrors.UsageAsync(
                        parsed.InvocationConfiguration,
                        $"An archive is imported as it is: {string.Join(", ", others)} cannot be given with --all. Nothing was imported.")
                    : importAll(archive, parsed.InvocationConfiguration, cancellationToken);
            }

            if (parsed.GetValue(given.File) is not { } links)
                return CommandErrors.UsageAsync(
                    parsed.InvocationConfiguration, "Say which file of links to import, or which archive: --all FILE.");
            var settings = given.Settings(parsed, links);
            return options.RunAsync(parsed, time, run =>
                new LinkImport(run, settings, time).RunAsync(cancellationToken), cancellationToken);
        });
        return command;
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
            Description = "A CSV file as for 'check --file', or another tool's export.",
        };

        public Option<string?> Target { get; } = new("--target")
        {
            Description = "Where all links should point, if the file has no column for it.",
            HelpName = "URL",
        };

        public Option<string?> Match { get; } = new("--match")
        {
            Description = "For rows without one: exact, page (default), prefix or host.",
            HelpName = "MODE",
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

        public Option<string?> Encoding { get; } = new("--encoding")
        {
            Description = "The encoding of the file, where it cannot be detected for certain, for example windows-1250.",
            HelpName = "NAME",
        };

        public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Only read the file, and say what would be imported." };

        public ImportSettings Settings(ParseResult parsed, FileInfo links) => new()
        {
            Source = new RowSource(
                links, parsed.GetValue(Encoding), new RowDefaults(parsed.GetValue(Target), parsed.GetValue(Match)),
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
