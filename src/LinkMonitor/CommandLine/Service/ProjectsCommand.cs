using System.CommandLine;
using System.Text.Json.Nodes;
using LinkMonitor.CommandLine.Conventions;

namespace LinkMonitor.CommandLine.Service;

/// <summary><c>linkmonitor projects</c>: lists the projects, and makes one.</summary>
internal static class ProjectsCommand
{
    public static Command Build(TimeProvider time)
    {
        var options = new ServiceOptions();
        var command = options.AddTo(
            options.NewCommand("projects", "List the projects that the key can read, or add one."), ofProject: false);
        command.Add(BuildAdd(time));
        command.SetAction(
            (parsed, cancellationToken) => options.RunAsync(parsed, time, run => ListAsync(run, cancellationToken), cancellationToken));
        return command;
    }

    private static CliCommand BuildAdd(TimeProvider time)
    {
        var options = new ServiceOptions();
        var name = new Argument<string>("name") { Description = "1 to 200 characters." };
        var recipient = new Option<string[]>("--recipient")
        {
            Description = "Who gets the alerts by mail; may be given several times.",
            HelpName = "ADDRESS",
        };
        var timeZone = new Option<string?>("--time-zone") { Description = "For example Europe/Berlin (default UTC).", HelpName = "ZONE" };
        var command = options.NewCommand("add", "Create a project.");
        command.Add(name);
        command.Add(recipient);
        command.Add(timeZone);
        options.AddTo(command, ofProject: false);
        command.SetAction((parsed, cancellationToken) => options.RunAsync(
            parsed,
            time,
            run =>
                AddAsync(
                    run, parsed.GetRequiredValue(name), parsed.GetValue(recipient) ?? [], parsed.GetValue(timeZone), cancellationToken),
            cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(ServiceRun run, CancellationToken cancellationToken)
    {
        var projects = run.Client.ListAsync("projects?limit=1000", ServiceJson.Default.AnswerSliceProjectAnswer, cancellationToken);
        await foreach (var (project, json) in projects)
        {
            var every = FormattableString.Invariant($"every {project.CheckEveryMinutes / 60.0:0.#} h");
            if (run.Json)
                await run.Console.Output.WriteLineAsync(json);
            else
                await run.SayAsync($"{project.Id}  {project.Name}  ({every}, mails to {Readers(project)})");
        }

        return ExitCodes.AsExpected;
    }

    private static string Readers(ProjectAnswer project) =>
        project.Recipients.Count == 0 ? "nobody" : string.Join(", ", project.Recipients);

    private static async Task<int> AddAsync(
        ServiceRun run, string name, string[] recipients, string? timeZone, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["name"] = name };
        if (recipients.Length > 0)
            body["recipients"] = new JsonArray([.. recipients.Select(address => (JsonNode)address)]);
        if (timeZone is not null)
            body["timeZone"] = timeZone;
        var text = await run.Client.PostAsync("projects", body, cancellationToken);
        if (run.Json)
            await run.WriteJsonAsync(text);
        else
            await run.SayAsync(
                $"Project {name} is {(await run.Client.ReadAsync(text, ServiceJson.Default.ProjectAnswer, cancellationToken)).Id}.");
        return ExitCodes.AsExpected;
    }
}
