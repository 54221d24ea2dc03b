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
            options.NewCommand("keys", "List the API keys, create or revoke one; needs an admin key."), ofProject: false);
        command.Add(BuildAdd(time));
        command.Add(BuildRevoke(time));
        command.SetAction(
            (parsed, cancellationToken) => options.RunAsync(parsed, time, run => ListAsync(run, cancellationToken), cancellationToken));
        return command;
    }

    private static CliCommand BuildAdd(TimeProvider time)
    {
        var options = new ServiceOptions();
        var name = new Argument<string>("name") { Description = "A name by which you recognise it." };
        var scope = new Option<string?>("--scope") { Description = "read (default), write or admin.", HelpName = "SCOPE" };
        var command = options.NewCommand(
            "add", "Create a key; it is shown only once. With --project it is limited to that project.");
        command.Add(name);
        command.Add(scope);
        options.AddTo(command, ofProject: true);
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

    private static CliCommand BuildRevoke(TimeProvider time)
    {
        var options = new ServiceOptions();
        var id = new Argument<string>("id") { Description = "As 'linkmonitor keys' shows it." }.Checked(WrongId);
        var command = options.NewCommand("revoke", "Revoke a key for good.");
        command.Add(id);
        options.AddTo(command, ofProject: false);
        command.SetAction((parsed, cancellationToken) => options.RunAsync(
            parsed,
            time,
            async run =>
            {
                await run.Client.SendAsync(HttpMethod.Delete, "keys/" + parsed.GetRequiredValue(id), null, cancellationToken);
                await run.Console.Error.WriteLineAsync("The key is revoked.");
                return ExitCodes.AsExpected;
            },
            cancellationToken));
        return command;
    }

    /// <summary>An id becomes a part of an address: what no id has is not sent.</summary>
    private static string? WrongId(string id) => id.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-')
        ? null
        : $"There is no key '{id}'. 'linkmonitor keys' lists the ids.";

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
