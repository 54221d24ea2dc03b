using System.CommandLine;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.CommandLine.Service;

/// <summary><c>linkmonitor list</c>: a project's links, a line each.</summary>
internal static class ListCommand
{
    public static Command Build(TimeProvider time)
    {
        var options = new ServiceOptions();
        var choice = new LinkChoice(withView: true);
        var command = options.NewCommand("list", "List a project's links, all or some.");
        choice.AddTo(command);
        options.AddTo(command, ofProject: true);
        command.SetAction((parsed, cancellationToken) => options.RunAsync(
            parsed, time, run => RunAsync(run, choice, parsed, cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ServiceRun run, LinkChoice choice, ParseResult parsed, CancellationToken cancellationToken)
    {
        var project = await run.ProjectAsync(cancellationToken);
        var query = await choice.QueryAsync(run, project, parsed, cancellationToken);
        var count = 0;
        var links = run.Client.ListAsync(
            $"projects/{project.Id}/links?limit=500&{query}", ServiceJson.Default.AnswerSliceLinkAnswer, cancellationToken);
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

/// <summary>Which links of a project are meant; what is not given does not restrict.</summary>
/// <param name="withView">A view may be named, too.</param>
internal sealed class LinkChoice(bool withView = false)
{
    private readonly (Option<string?> Option, string Field)[] _fields =
    [
        (new("--state") { Description = "pending, live, changed, lost, not-found or unreachable.", HelpName = "STATE" }, "state"),
        (new("--reason") { Description = "For example rel-changed or link-removed.", HelpName = "REASON" }, "reason"),
        (new("--host") { Description = "The host of the page.", HelpName = "HOST" }, "host"),
        (new("--tag") { Description = "A tag of the link.", HelpName = "TAG" }, "tag"),
        (new("--filter") { Description = "A filter line, for example 'state:lost -tag:old sort:-since'.", HelpName = "LINE" }, "filter"),
        (new("--search") { Description = "Text in page, target or anchor.", HelpName = "TEXT" }, "q"),
    ];

    private readonly Option<string?> _view = new("--view")
    {
        Description = "The name or id of a view: its filter and order. Other options narrow it.",
        HelpName = "NAME",
    };

    public void AddTo(Command command)
    {
        foreach (var (option, _) in _fields)
        {
            // An empty variable of a shell would otherwise mean all links.
            option.Validators.Add(result =>
            {
                if (result.Tokens is [{ Value: "" }])
                    result.AddError($"{option.Name} is empty. Give a value, or leave the option out.");
            });
            command.Options.Add(option);
        }

        if (withView)
            command.Options.Add(_view);
    }

    public bool IsGiven(ParseResult parsed) => _fields.Any(field => parsed.Gives(field.Option));

    /// <summary>For the service, after a <c>?</c>; empty for all links. The view is left out.</summary>
    public string Query(ParseResult parsed) => Query(parsed, null);

    /// <summary>The same, with the view.</summary>
    /// <exception cref="ServiceFailureException">There is no such view.</exception>
    public async Task<string> QueryAsync(
        ServiceRun run, ProjectAnswer project, ParseResult parsed, CancellationToken cancellationToken) =>
        Query(parsed, parsed.GetValue(_view) is { } view ? await FindViewAsync(run, project.Id, view, cancellationToken) : null);

    private static async Task<string> FindViewAsync(
        ServiceRun run, string projectId, string view, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        var views = run.Client.ListAsync($"projects/{projectId}/views", ServiceJson.Default.AnswerSliceViewAnswer, cancellationToken);
        await foreach (var (one, _) in views)
        {
            if (one.Id == view || string.Equals(one.Name, view.Trim(), StringComparison.OrdinalIgnoreCase))
                return one.Filter;
            names.Add(one.Name);
        }

        throw new ServiceFailureException(
            $"There is no view '{view}'. There are: {string.Join(", ", names)}.", ExitCodes.WrongUsage);
    }

    /// <param name="line">A filter line that must hold, too.</param>
    private string Query(ParseResult parsed, string? line)
    {
        var given = _fields.Select(field => (field.Field, Value: parsed.GetValue(field.Option)))
            .Select(field => field.Field == "filter" && line is not null ? (field.Field, Value: $"{line} {field.Value}".Trim()) : field)
            .Where(field => field.Value is not null);
        return string.Join('&', given.Select(field => $"{field.Field}={Uri.EscapeDataString(field.Value!)}"));
    }
}
