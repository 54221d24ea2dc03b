using System.CommandLine;
using System.Text.Json.Nodes;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.CommandLine.Service;

/// <summary><c>linkmonitor recheck</c>: has links checked now instead of when they are due.</summary>
internal static class RecheckCommand
{
    private const int MostAtOnce = 1_000;
    private const int MostRounds = 10_000;
    private const int TooMany = 429;

    /// <summary>The service counts the checks of a minute.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    public static Command Build(TimeProvider time)
    {
        var options = new ServiceOptions();
        var choice = new LinkChoice();
        var links = new Argument<string[]>("links")
        {
            Description = "Ids as 'linkmonitor list' shows them.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var all = new Option<bool>("--all") { Description = "All links of the project." };
        var command = options.NewCommand(
            "recheck", "Check links now: the ones you name, those that a filter selects (state, host, tag, ...), or all.", Wrong);
        command.Add(links);
        command.Add(all);
        choice.AddTo(command);
        options.AddTo(command, ofProject: true);
        command.SetAction((parsed, cancellationToken) => options.RunAsync(
            parsed, time, run => RunAsync(run, parsed.GetValue(links) ?? [], choice.Query(parsed), time, cancellationToken),
            cancellationToken));
        return command;

        IEnumerable<WrongCall> Wrong(ParseResult parsed)
        {
            if (new[] { parsed.Gives(links), choice.IsGiven(parsed), parsed.Valid(all) }.Count(given => given) != 1)
                yield return new WrongCall("Name links by their ids, or select some with --state or another filter, or give --all.");
        }
    }

    private static async Task<int> RunAsync(
        ServiceRun run, string[] ids, string query, TimeProvider time, CancellationToken cancellationToken)
    {
        var project = await run.ProjectAsync(cancellationToken);
        var (done, missing) = (0, 0);
        await foreach (var batch in BatchesAsync(run, project.Id, ids, query, cancellationToken))
        {
            var left = batch;
            for (var round = 0; left.Count > 0 && round < MostRounds; round++)
            {
                if (round > 0)
                    await Task.Delay(Pause, time, cancellationToken);
                var body = new JsonObject { ["action"] = "check", ["links"] = new JsonArray([.. left.Select(id => (JsonNode)id)]) };
                var answer = await run.Client.ReadAsync(
                    await run.Client.PostAsync($"projects/{project.Id}/links/bulk", body, cancellationToken),
                    ServiceJson.Default.BulkAnswer, cancellationToken);
                (done, missing) = (done + answer.Done, missing + answer.NotFound);
                left = [.. answer.Results.Where(item => item.Status == TooMany).Select(item => item.LinkId)];
                if (left.Count > 0)
                    await run.Console.Error.WriteLineAsync(
                        Text($"{done:N0} requested; the service accepts no more in this minute. Waiting."));
            }
        }

        if (run.Json)
        {
            await run.Console.Output.WriteLineAsync(new JsonObject { ["done"] = done, ["notFound"] = missing }.ToJsonString());
        }
        else
        {
            var asked = done == 1
                ? "1 link will be checked next; links of one site are checked one after another."
                : Text($"{CountText.Of(done, "link")} will be checked next; links of one site are checked one after another.");
            await run.SayAsync(missing > 0 ? Text($"{asked} Not in the project: {missing:N0}.") : asked);
        }

        return missing > 0 ? ExitCodes.WrongUsage : ExitCodes.AsExpected;
    }

    private static async IAsyncEnumerable<IReadOnlyList<string>> BatchesAsync(
        ServiceRun run,
        string project,
        string[] ids,
        string query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var named in ids.Chunk(MostAtOnce))
            yield return named;
        if (ids.Length > 0)
            yield break;
        var batch = new List<string>(MostAtOnce);
        var links = run.Client.ListAsync(
            $"projects/{project}/links?limit=500&{query}", ServiceJson.Default.AnswerSliceLinkAnswer, cancellationToken);
        await foreach (var (link, _) in links)
        {
            batch.Add(link.Id);
            if (batch.Count < MostAtOnce)
                continue;
            yield return batch;
            batch = new List<string>(MostAtOnce);
        }

        if (batch.Count > 0)
            yield return batch;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
