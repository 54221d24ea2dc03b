using System.CommandLine;
using System.Text.Json;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.CommandLine.Output;

namespace LinkMonitor.CommandLine;

/// <summary><c>linkmonitor inspect PAGE</c>: every link on a page as we read it, and the page's directives.</summary>
internal static class InspectCommand
{
    public static Command Build(TimeProvider time)
    {
        var page = new Argument<string>("page") { Description = "The page's URL." }
            .Checked(text => ExpectationText.WrongUrl("page", text));
        var json = CommandOptions.Json();
        var ignoreRobots = CommandOptions.IgnoreRobots();
        var allowPrivate = CommandOptions.AllowPrivateNetworks();
        var exits = new ExitTable((ExitCodes.AsExpected, "read"), (ExitCodes.CouldNotTell, "could not be read"));
        var command = new CliCommand("inspect", "List every link on a page as LinkMonitor reads it, and the page's directives.", exits)
        {
            page, json, ignoreRobots, allowPrivate,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed,
            parsed.GetRequiredValue(page),
            parsed.GetValue(json),
            parsed.GetValue(ignoreRobots),
            parsed.GetValue(allowPrivate),
            time,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed,
        string page,
        bool json,
        bool ignoreRobots,
        bool allowPrivate,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var console = parsed.InvocationConfiguration;
        if (!ExpectationText.TryReadUrl("page", page, out var url, out var error))
            return await CommandErrors.TellAsync(console, parsed.CommandResult, [new WrongCall(error)]);

        var observation = await SinglePage.ObserveAsync(url, allowPrivate, ignoreRobots, time, cancellationToken);
        if (observation.Reading is not { } reading)
        {
            await console.Error.WriteLineAsync($"{TerminalText.Safe(url.Href)}: {TerminalText.Safe(observation.Detail)}");
            await CommandErrors.HintAsync(console, observation.Kind, allowPrivate);
            return ExitCodes.CouldNotTell;
        }

        var view = InspectView.Of(observation, reading);
        if (json)
            await console.Output.WriteLineAsync(JsonSerializer.Serialize(view, CliJson.Indented.InspectView));
        else
            await InspectText.WriteAsync(console.Output, view);
        return ExitCodes.AsExpected;
    }
}
