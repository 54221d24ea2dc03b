using System.CommandLine;
using System.Text.Json.Nodes;
using LinkMonitor.CommandLine.Conventions;

namespace LinkMonitor.CommandLine.Service;

/// <summary><c>linkmonitor keys</c>: lists, makes and revokes API keys.</summary>
internal static class KeysCommand
{
    public static Command Build(TimeProvider time)
    {
        var options = new ServiceOptions();
        var command = options.AddTo(
            new Command("keys", "List the API keys, create or revoke one; needs an admin key. "
                + ServiceOptions.ExitCodeHelp) { BuildAdd(time), BuildRevoke(time) }, ofProject: false);
        command.SetAction(
            (parsed, cancellationToken) => options.RunAsync(parsed, time, run => ListAsync(run, cancellationToken), cancellationToken));
        return command;
    }

    private static Command BuildAdd(TimeProvider time)
    {
        var options = new ServiceOptions();
        var name = new Argument<string>("name") { Description = "A name by which you recognise it." };
        var scope = new Option<string?>("--scope") { Description = "read (default), write or admin.", HelpName = "SCOPE" };
        var command = options.AddTo(
            new Command("add", "Create a key; it is shown only once. With --project it is limited to that project. "
                + ServiceOptions.ExitCodeHelp) { name, scope }, ofProject: true);
        command.SetAction((parsed, cancellationToken) => options.RunAsync(
            parsed,
            time,
            run =>
                AddAsync(
                    run,
                    parsed.GetRequiredValue(name),
                    parsed.GetValue(scope),
                    parsed.GetValue(options.Project) is not null,
                    cancellationToken),
            cancellationToken));
        return command;
    }

    private static Command BuildRevoke(TimeProvider time)
    {
        var options = new ServiceOptions();
        var id = new Argument<string>("id") { Description = "As 'linkmonitor keys' shows it." };
        var command = options.AddTo(
            new Command("revoke", "Revoke a key for good. " + ServiceOptions.ExitCodeHelp) { id }, ofProject: false);
        command.SetAction((parsed, cancellationToken) => options.RunAsync(
            parsed,
            time,
            async run =>
            {
                var key = parsed.GetRequiredValue(id);
                if (!key.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-'))
                    throw new ServiceFailureException($"There is no key '{key}'. 'linkmonitor keys' lists the ids.", ExitCodes.WrongUsage);
                await run.Client.SendAsync(HttpMethod.Delete, "keys/" + key, null, cancellationToken);
                await run.Console.Error.WriteLineAsync("The key is revoked.");
                return ExitCodes.AsExpected;
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(ServiceRun run, CancellationToken cancellationToken)
    {
        await foreach (var (key, json) in run.Client.ListAsync("keys", ServiceJson.Default.AnswerSliceKeyAnswer, cancellationToken))
        {
            if (run.Json)
                await run.Console.Output.WriteLineAsync(json);
            else
                await run.SayAsync($"{key.Id}  {key.Scope,-5}  "
                    + $"{key.Name}{(key.ProjectId is { } project ? $"  (only {project})" : string.Empty)}");
        }

        return ExitCodes.AsExpected;
    }

    private static async Task<int> AddAsync(
        ServiceRun run, string name, string? scope, bool isOfProject, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["name"] = name, ["scope"] = scope ?? "read" };
        if (isOfProject)
            body["projectId"] = (await run.ProjectAsync(cancellationToken)).Id;
        var text = await run.Client.PostAsync("keys", body, cancellationToken);
        if (run.Json)
        {
            await run.WriteJsonAsync(text);
            return ExitCodes.AsExpected;
        }

        // The key alone, so that it can go into a variable.
        await run.SayAsync((await run.Client.ReadAsync(text, ServiceJson.Default.KeyAnswer, cancellationToken)).Key ?? string.Empty);
        await run.Console.Error.WriteLineAsync("The key is shown only now; keep it.");
        return ExitCodes.AsExpected;
    }
}
