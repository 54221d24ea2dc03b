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
        var page = new Argument<string>("page") { Description = "The page's URL." };
        var json = CommandOptions.Json();
        var web = new WebAccessOptions();
        var command = new Command("inspect", "List every link on a page as LinkMonitor reads it, and the page's directives. "
            + "Exit code: 0 read, 2 could not be read, 64 wrong usage, 70 LinkMonitor itself failed, 130 interrupted.")
        {
            page, json,
        };
        foreach (var option in web.All)
            command.Options.Add(option);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(page),
            parsed.GetValue(json),
            web.Read(parsed),
            time,
            parsed.InvocationConfiguration,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string page,
        bool json,
        WebAccess access,
        TimeProvider time,
        InvocationConfiguration console,
        CancellationToken cancellationToken)
    {
        if (!ExpectationText.TryReadUrl("page", page, out var url, out var error))
            return await CommandErrors.UsageAsync(console, error);

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
