using System.CommandLine;
using System.Text.Json;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Wording;

namespace LinkMonitor.CommandLine.Service;

/// <summary>The options that all commands for a running service share, and how they run.</summary>
internal sealed class ServiceOptions
{
    /// <summary>Of most commands.</summary>
    public static readonly ExitTable Exits = new(
        (ExitCodes.AsExpected, "done"),
        (ExitCodes.WrongUsage, "wrong usage or refused"),
        (ExitCodes.Unavailable, "a setting is wrong, or the service does not answer"),
        (ExitCodes.NoPermission, "the key does not allow it"));

    public Option<string?> Url { get; } = new Option<string?>("--url")
    {
        Description = $"The service's address (default: {ServiceProfile.UrlVariable}, the profile's, or this machine).",
        HelpName = "URL",
    }.Checked(ServiceProfile.WrongAddress);

    public Option<string?> Profile { get; } = new("--profile")
    {
        Description = $"A profile of linkmonitor/profiles.json in your settings folder (default: {ServiceProfile.ProfileVariable}, or "
            + $"'default'). The key comes from it or from {ServiceProfile.KeyVariable}.",
        HelpName = "NAME",
    };

    public Option<string?> Project { get; } = new("--project")
    {
        Description = $"The project, by id or name (default: {ServiceProfile.ProjectVariable}, the profile's, or the only one).",
        HelpName = "PROJECT",
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Write the API's answer as JSON: one object, or one per line; docs/api.md names the fields."
    };

    /// <summary>A command for a running service, without options yet.</summary>
    /// <param name="rules">What must be right beyond the options that all these commands share.</param>
    /// <param name="exits">Null for <see cref="Exits"/>.</param>
    public CliCommand NewCommand(
        string name, string does, Func<ParseResult, IEnumerable<WrongCall>>? rules = null, ExitTable? exits = null) =>
        new(name, does, exits ?? Exits) { Rules = parsed => [.. rules?.Invoke(parsed) ?? [], .. Wrong(parsed)] };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="ofProject">The command works in a project.</param>
    /// <param name="withJson">The command can say in JSON what it has done.</param>
    public CliCommand AddTo(CliCommand command, bool ofProject, bool withJson = true)
    {
        foreach (var option in (Option[])[.. ofProject ? [Project] : Array.Empty<Option>(), Url, Profile])
            command.Options.Add(option);
        if (withJson)
            command.Options.Add(Json);
        return command;
    }

    /// <summary>The service that a call means.</summary>
    /// <exception cref="ServiceFailureException">A setting or the profile is wrong.</exception>
    public ServiceProfile ProfileOf(ParseResult parsed)
    {
        var profile = ServiceProfile.Read(parsed.Valid(Profile), Environment.GetEnvironmentVariable, ServiceProfile.UsualFile);
        return parsed.Valid(Url) is { } url ? profile.At(url) : profile;
    }

    /// <summary>What is wrong with the service that a call means.</summary>
    public IEnumerable<WrongCall> Wrong(ParseResult parsed)
    {
        try
        {
            ProfileOf(parsed);
            return [];
        }
        catch (ServiceFailureException wrong)
        {
            return [new WrongCall(TerminalText.Safe(wrong.Message, 2_000), wrong.ExitCode)];
        }
    }

    /// <summary>Runs a command, and says what went wrong.</summary>
    public async Task<int> RunAsync(
        ParseResult parsed, TimeProvider time, Func<ServiceRun, Task<int>> work, CancellationToken cancellationToken)
    {
        var console = parsed.InvocationConfiguration;
        try
        {
            var profile = ProfileOf(parsed);
            if (profile.ShowsKey)
                await console.Error.WriteLineAsync($"Warning: the key goes to {profile.Url} by http, where others may read it. Use https.");
            using var client = new ServiceClient(profile, time);
            var project = parsed.GetResult(Project) is null ? null : parsed.GetValue(Project);
            var json = parsed.GetResult(Json) is not null && parsed.GetValue(Json);
            var code = await work(new ServiceRun(client, console, json, project ?? profile.Project));
            if (client.Unreadable > 0)
                await console.Error.WriteLineAsync(CountText.Of(
                    client.Unreadable, "stored row cannot be read and is left out", "stored rows cannot be read and are left out")
                    + ": 'System' in the dashboard, or /api/v1/failures/set-aside, says which and why.");
            return code;
        }
        catch (ServiceFailureException e)
        {
            await console.Error.WriteLineAsync(TerminalText.Safe(e.Message, 2_000));
            return e.ExitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await console.Error.WriteLineAsync("Interrupted.");
            return ExitCodes.Interrupted;
        }
    }
}

/// <summary>One command at a service.</summary>
/// <param name="Wanted">The project that was named, by id or name; null for none.</param>
internal sealed record ServiceRun(ServiceClient Client, InvocationConfiguration Console, bool Json, string? Wanted)
{
    /// <summary>The project that is meant.</summary>
    /// <exception cref="ServiceFailureException">There is none of that name, several are, or none was named.</exception>
    public async Task<ProjectAnswer> ProjectAsync(CancellationToken cancellationToken)
    {
        var projects = new List<ProjectAnswer>();
        var all = Client.ListAsync("projects?limit=1000", ServiceJson.Default.AnswerSliceProjectAnswer, cancellationToken);
        await foreach (var (project, _) in all)
        {
            if (project.Id == Wanted)
                return project;
            projects.Add(project);
        }

        var meant = Wanted is null
            ? projects
            : projects.Where(project => string.Equals(project.Name, Wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        return meant switch
        {
            [var one] => one,
            [] when projects.Count == 0 => throw Unclear("There is no project yet. Create one with 'linkmonitor projects add NAME'."),
            [] => throw Unclear($"There is no project '{Wanted}'. There are: {Names(projects)}."),
            _ => throw Unclear($"Which project? Name one with --project or {ServiceProfile.ProjectVariable}. There are: {Names(meant)}."),
        };
    }

    /// <summary>Writes an object that the service has answered.</summary>
    public async Task WriteJsonAsync(string text)
    {
        using var document = JsonDocument.Parse(text);
        await Console.Output.WriteLineAsync(JsonSerializer.Serialize(document.RootElement, CliJson.Indented.JsonElement));
    }

    public Task SayAsync(string line) => Console.Output.WriteLineAsync(TerminalText.Safe(line, 2_000));

    private static string Names(List<ProjectAnswer> projects)
    {
        const int most = 20;
        var names = string.Join(", ", projects.Take(most).Select(project => $"{project.Name} ({project.Id})"));
        return projects.Count > most ? $"{names} and {projects.Count - most} more" : names;
    }

    private static ServiceFailureException Unclear(string message) => new(message, ExitCodes.WrongUsage);
}
