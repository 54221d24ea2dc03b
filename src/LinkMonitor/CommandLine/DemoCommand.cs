using System.CommandLine;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.Demo;
using LinkMonitor.Hosting.Azurite;

namespace LinkMonitor.CommandLine;

/// <summary><c>linkmonitor demo</c>: the whole product on made-up pages, for a look at it.</summary>
internal static class DemoCommand
{
    public static CliCommand Build(TimeProvider time)
    {
        var port = new Option<int?>("--port")
        {
            Description = $"Port of the dashboard on this machine (default {DemoSettings.DefaultPort}, or the next one that is free).",
            HelpName = "PORT",
            CustomParser = result => CommandOptions.ReadNumber("--port", 1, 65535)(result),
        };
        var noOpen = new Option<bool>("--no-open") { Description = "Do not open a browser." };
        var duration = new Option<TimeSpan?>("--for")
        {
            Description = "End by itself after this time, for example 3m; at most 1h.",
            HelpName = "DURATION",
            CustomParser = CommandOptions.ReadDuration,
        };
        var exits = new ExitTable(
            (ExitCodes.AsExpected, "ended by Ctrl+C, SIGTERM or --for while it ran"),
            (ExitCodes.Unavailable, "Node.js is missing, or the port is taken"),
            (ExitCodes.Interrupted, "Ctrl+C before it ran"),
            (ExitCodes.Terminated, "the same by SIGTERM"));
        var command = new CliCommand(
            "demo",
            "Show LinkMonitor on made-up pages of this machine, which lose and change their links while you watch: the dashboard, alerts "
                + "and 90 days of history. Reads no settings, leaves no data behind.",
            exits);
        command.Add(port);
        command.Add(noOpen);
        command.Add(duration);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new DemoSettings
            {
                Port = parsed.GetValue(port),
                For = parsed.GetValue(duration),
                Opens = !parsed.GetValue(noOpen),
            },
            time,
            parsed.InvocationConfiguration,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        DemoSettings settings, TimeProvider time, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            return await new DemoRun(settings, time, console.Output).RunAsync(cancellationToken);
        }
        catch (NoFreePortException e)
        {
            await console.Error.WriteLineAsync($"{e.Message} Choose another one with --port.");
            return ExitCodes.Unavailable;
        }
        catch (AzuriteUnavailableException e)
        {
            await console.Error.WriteLineAsync(e.Message);
            await console.Error.WriteLineAsync("The demo needs Node.js in any case: it uses no other storage than its own.");
            return ExitCodes.Unavailable;
        }
    }
}
