using System.CommandLine;
using System.CommandLine.Help;
using LinkMonitor.Hosting.Serving;

namespace LinkMonitor.CommandLine;

/// <summary>The command line: its commands, and what happens without one.</summary>
internal static class LinkMonitorCommand
{
    /// <summary>Runs a command line.</summary>
    /// <returns>The process's exit code; see <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, InvocationConfiguration console, TimeProvider time, CancellationToken cancellationToken)
    {
        var root = Build(time);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
            return await CommandErrors.UsageAsync(console, parsed.Errors.Select(error => error.Message));
        if (GlobalizationCheck.Warning() is { } warning)
            await console.Error.WriteLineAsync(warning);
        return await parsed.InvokeAsync(console, cancellationToken);
    }

    private static Command BuildImport(TimeProvider time)
    {
        var all = ArchiveCommand.AllOption();
        var command = new Command("import", "Read an archive of everything.") { all };
        command.SetAction(async (parsed, stop) => parsed.GetValue(all) is { } file
            ? await ArchiveCommand.ImportAsync(file, time, parsed.InvocationConfiguration, stop)
            : await CommandErrors.UsageAsync(parsed.InvocationConfiguration, "Say which archive: --all FILE."));
        return command;
    }

    private static RootCommand Build(TimeProvider time)
    {
        var serve = ServeCommand.Build();
        var root = new RootCommand("LinkMonitor watches the links that other people's pages should carry to yours.")
        {
            CheckCommand.Build(time),
            InspectCommand.Build(time),
            serve,
            ArchiveCommand.BuildExport(time),
            BuildImport(time),
            HealthCommand.Build(time),
        };
        root.Action = serve.Action;
        foreach (var option in serve.Options)
            root.Options.Add(option);
        return root;
    }
}
