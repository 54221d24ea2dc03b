using System.CommandLine;
using System.CommandLine.Help;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.CommandLine.Service;
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
        var (root, serve) = Build(time);
        var parsed = root.Parse(args);
        var command = CommandOf(parsed, serve);
        if (parsed.Action is not HelpAction && await command.FindWrongAsync(parsed) is [_, ..] wrong)
            return await CommandErrors.TellAsync(console, parsed.CommandResult, wrong);
        if (GlobalizationCheck.Warning() is { } warning)
            await console.Error.WriteLineAsync(warning);
        console.EnableDefaultExceptionHandler = false;
        try
        {
            return await parsed.InvokeAsync(console, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await console.Error.WriteLineAsync("Interrupted.");
            return ExitCodes.Interrupted;
        }
        catch (Exception e)
        {
            return await CrashReport.TellAsync(console, e, time);
        }
    }

    /// <summary>The exit codes that a command line may end with.</summary>
    public static ExitTable ExitsOf(IReadOnlyList<string> args, TimeProvider time)
    {
        var (root, serve) = Build(time);
        return CommandOf(root.Parse(args), serve).Exits;
    }

    private static CliCommand CommandOf(ParseResult parsed, CliCommand serve) => parsed.CommandResult.Command as CliCommand ?? serve;

    private static (RootCommand Root, CliCommand Serve) Build(TimeProvider time)
    {
        var serve = ServeCommand.Build();
        var root = new RootCommand("LinkMonitor watches the links that other people's pages should carry to yours.")
        {
            CheckCommand.Build(time),
            InspectCommand.Build(time),
            serve,
            DemoCommand.Build(time),
            DoctorCommand.Build(),
            ExportCommand.Build(
                time, ArchiveCommand.ExportOption(), (file, console, stop) => ArchiveCommand.ExportAsync(file, time, console, stop)),
            StatusCommand.Build(time),
            ListCommand.Build(time),
            AddCommand.Build(time),
            ImportCommand.Build(
                time, ArchiveCommand.ImportOption(), (file, console, stop) => ArchiveCommand.ImportAsync(file, time, console, stop)),
            ApplyCommand.Build(time),
            RecheckCommand.Build(time),
            ProjectsCommand.Build(time),
            KeysCommand.Build(time),
            HealthCommand.Build(time),
        };
        root.Action = serve.Action;
        foreach (var option in serve.Options)
            root.Options.Add(option);
        return (root, serve);
    }
}
