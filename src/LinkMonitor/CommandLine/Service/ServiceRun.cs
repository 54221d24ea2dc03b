using System.CommandLine;
using System.Text.Json;
using LinkMonitor.CommandLine.Output;

namespace LinkMonitor.CommandLine.Service;

/// <summary>One command at a service.</summary>
/// <param name="Wanted">The project that was named, by id or name; null for none.</param>
internal sealed record ServiceRun(ServiceClient Client, InvocationConfiguration Console, bool Json, string? Wanted)
{
    /// <summary>The project that is meant.</summary>
    /// <exception cref="ServiceFailureException">There is none of that name, several are, or none was named.</exception>
    public async Task<ProjectAnswer> ProjectAsync(CancellationToken cancellationToken)
    {
        var projects = new List<ProjectAnswer>();
        var all = Client.ListAsync("projects?limit=1000", ServiceJson.Default.SliceProjectAnswer, cancellationToken);
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
            [] when projects.Count == 0 => throw Unclear("There is no project yet. Make one with 'linkmonitor projects add NAME'."),
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
