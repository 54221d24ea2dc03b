using System.CommandLine;
using LinkMonitor.CommandLine.Output;

namespace LinkMonitor.CommandLine.Service;

/// <summary><c>linkmonitor list</c>: a project's links, a line each.</summary>
internal static class ListCommand
{
    public static Command Build(TimeProvider time)
    {
        var options = new ServiceOptions();
        var choice = new LinkChoice();
        var command = new Command("list", "List a project's links, all or some. " + ServiceOptions.ExitCodeHelp);
        choice.AddTo(command);
        options.AddTo(command, ofProject: true);
        command.SetAction((parsed, cancellationToken) =>
            options.RunAsync(parsed, time, run => RunAsync(run, choice.Query(parsed), cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ServiceRun run, string query, CancellationToken cancellationToken)
    {
        var project = await run.ProjectAsync(cancellationToken);
        var count = 0;
        var links = run.Client.ListAsync($"projects/{project.Id}/links?{query}", ServiceJson.Default.SliceLinkAnswer, cancellationToken);
        await foreach (var (link, json) in links)
        {
            count++;
            if (run.Json)
                await run.Console.Output.WriteLineAsync(json);
            else
                await run.SayAsync($"{link.Id}  {link.State.ToUpperInvariant(),-11} {link.Page} -> {link.Target}{More(link)}");
        }

        if (!run.Json)
            await run.Console.Error.WriteLineAsync($"{CountText.Of(count, "link")}.");
        return ExitCodes.AsExpected;
    }

    private static string More(LinkAnswer link)
    {
        var reasons = link.Reasons.Count == 0 ? string.Empty : "  " + string.Join(", ", link.Reasons.Select(reason => reason.Code));
        return reasons + (link.Seen is false ? "  (not seen at the last check)" : string.Empty) + (link.Muted ? "  (muted)" : string.Empty);
    }
}
