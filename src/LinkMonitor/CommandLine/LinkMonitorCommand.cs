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
        var (parsed, command) = Parse(args, time);
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
        return Parse(args, time).Command.Exits;
    }

    // A service starts more often than it is asked for help: the other commands are made when the line is none that just serves.
    private static (ParseResult Parsed, CliCommand Command) Parse(IReadOnlyList<string> args, TimeProvider time)
    {
        var serve = ServeCommand.Build();
        if (args is [] or [ServeCommand.Name, ..]
            && Root(serve, [serve]).Parse(args) is { Errors.Count: 0, Action: not HelpAction } just && just.Action == serve.Action)
            return (just, serve);
        var parsed = Root(serve, All(serve, time)).Parse(args);
        return (parsed, parsed.CommandResult.Command as CliCommand ?? serve);
    }

    private static RootCommand Root(CliCommand serve, IEnumerable<Command> commands)
    {
        var root = new RootCommand("LinkMonitor watches the links that other people's pages should carry to yours.");
        foreach (var command in commands)
            root.Add(command);
        root.Action = serve.Action;
        foreach (var option in serve.Options)
            root.Options.Add(option);
        return root;
    }

    private static Command[] All(CliCommand serve, TimeProvider time) =>
        [
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
        ];
}
