using System.CommandLine;
using System.Text.Json;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.Imports.Rows;
using LinkMonitor.Wording;

namespace LinkMonitor.CommandLine;

/// <summary><c>linkmonitor inspect PAGE</c>: every link on a page as we read it, and the page's directives.</summary>
internal static class InspectCommand
{
    public static Command Build(TimeProvider time)
    {
        var page = new Argument<string>("page") { Description = "The page's URL." }
            .Checked(text => ExpectationText.WrongUrl("page", text));
        var json = CommandOptions.Json();
        var web = new WebAccessOptions();
        var exits = new ExitTable((ExitCodes.AsExpected, "read"), (ExitCodes.CouldNotTell, "could not be read"));
        var command = new CliCommand("inspect", "List every link on a page as LinkMonitor reads it, and the page's directives.", exits)
        {
            page, json,
        };
        foreach (var option in web.All)
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed,
            parsed.GetRequiredValue(page),
            parsed.GetValue(json),
            web.Read(parsed),
            time,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed,
        string page,
        bool json,
        WebAccess access,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var console = parsed.InvocationConfiguration;
        if (!ExpectationText.TryReadUrl("page", page, out var url, out var error))
            return await CommandErrors.TellAsync(console, parsed.CommandResult, [new WrongCall(error)]);

        var observation = await SinglePage.ObserveAsync(url, access, time, cancellationToken);
        if (observation.Reading is not { } reading)
        {
            await console.Error.WriteLineAsync($"{TerminalText.Safe(url.Href)}: {TerminalText.Safe(observation.Detail)}");
            await CommandErrors.HintAsync(console, observation.Kind, access.AllowPrivateNetworks);
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
