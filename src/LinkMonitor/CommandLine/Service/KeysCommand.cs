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
            options.NewCommand("keys", "List the API keys, create or revoke one, sign its holder in or out; needs an admin key."),
            ofProject: false);
        command.Add(BuildAdd(time));
        command.Add(BuildRevoke(time));
        command.Add(BuildSignIn(time));
        command.Add(BuildSignOut(time));
        command.SetAction(
            (parsed, cancellationToken) => options.RunAsync(parsed, time, run => ListAsync(run, cancellationToken), cancellationToken));
        return command;
    }

    private static CliCommand BuildAdd(TimeProvider time)
    {
        var options = new ServiceOptions();
        var name = new Argument<string>("name") { Description = "A name by which you recognise it." };
        var scope = new Option<string?>("--scope")
        {
            Description = "read (default), write or admin; or viewer, editor or owner.",
            HelpName = "SCOPE",
        };
        var command = options.NewCommand(
            "add",
            "Create a key; it is shown only once, with an address that signs its holder in once. With --project it is limited to that "
                + "project.");
        command.Aliases.Add("create");
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

    private static CliCommand BuildSignIn(TimeProvider time) => BuildSession(
        time, "sign-in", "Make an address that signs the key's holder in once, within 15 minutes.", SignInAsync);

    private static CliCommand BuildSignOut(TimeProvider time) => BuildSession(
        time, "sign-out", "Sign the key's holder out everywhere; the key itself stays valid.", async (run, path, cancellationToken) =>
        {
            await run.Client.SendAsync(HttpMethod.Post, path, null, cancellationToken);
            await run.Console.Error.WriteLineAsync("All sessions of the key have ended.");
        });

    private static CliCommand BuildSession(
        TimeProvider time, string name, string what, Func<ServiceRun, string, CancellationToken, Task> send)
    {
        var options = new ServiceOptions();
        var id = new Argument<string>("id") { Description = "As 'linkmonitor keys' shows it, or 'configured' for LinkMonitor:AdminKey." }
            .Checked(WrongId);
        var command = options.NewCommand(name, what);
        command.Add(id);
        options.AddTo(command, ofProject: false);
        command.SetAction((parsed, cancellationToken) => options.RunAsync(
            parsed,
            time,
            async run =>
            {
                await send(run, $"keys/{parsed.GetRequiredValue(id)}/{name}", cancellationToken);
                return ExitCodes.AsExpected;
            },
            cancellationToken));
        return command;
    }

    private static async Task SignInAsync(ServiceRun run, string path, CancellationToken cancellationToken)
    {
        var text = await run.Client.SendAsync(HttpMethod.Post, path, null, cancellationToken);
        if (run.Json)
        {
            await run.WriteJsonAsync(text);
            return;
        }

        var answer = await run.Client.ReadAsync(text, ServiceJson.Default.SignInAnswer, cancellationToken);
        await run.SayAsync(run.Client.AddressOf(answer.SignInUrl));
        await run.Console.Error.WriteLineAsync("The address works once, within 15 minutes.");
    }

    private static async Task<int> ListAsync(ServiceRun run, CancellationToken cancellationToken)
    {
        await foreach (var (key, json) in run.Client.ListAsync("keys", ServiceJson.Default.AnswerSliceKeyAnswer, cancellationToken))
        {
            if (run.Json)
                await run.Console.Output.WriteLineAsync(json);
            else
                await run.SayAsync($"{key.Id}  {key.Scope,-5}  "
                    + $"{key.Name}{(key.ProjectIds is { } some ? $"  (only {string.Join(", ", some)})" : string.Empty)}");
        }

        return ExitCodes.AsExpected;
    }

    private static async Task<int> AddAsync(
        ServiceRun run, string name, string? scope, bool isOfProject, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["name"] = name, [scope is "viewer" or "editor" or "owner" ? "role" : "scope"] = scope ?? "read" };
        if (isOfProject)
            body["projectId"] = (await run.ProjectAsync(cancellationToken)).Id;
        var text = await run.Client.PostAsync("keys", body, cancellationToken);
        if (run.Json)
        {
            await run.WriteJsonAsync(text);
            return ExitCodes.AsExpected;
        }

        // The key alone, so that it can go into a variable.
        var made = await run.Client.ReadAsync(text, ServiceJson.Default.KeyAnswer, cancellationToken);
        await run.SayAsync(made.Key ?? string.Empty);
        await run.Console.Error.WriteLineAsync("The key is shown only now; keep it.");
        if (made.SignInUrl is { } address)
            await run.Console.Error.WriteLineAsync($"To sign in once, within 15 minutes: {run.Client.AddressOf(address)}");
        return ExitCodes.AsExpected;
    }
}
