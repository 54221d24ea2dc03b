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
        var choice = new LinkChoice();
        var command = options.NewCommand("list", "List a project's links, all or some.");
        choice.AddTo(command);
        var view = new Option<string?>("--view")
        {
            Description = "The name or id of a view: its filter and order. Other options narrow it.",
            HelpName = "NAME",
        };
        command.Add(view);
        options.AddTo(command, ofProject: true);
        command.SetAction((parsed, cancellationToken) => options.RunAsync(
            parsed, time, run => RunAsync(run, parsed.GetValue(view), choice.Query, parsed, cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ServiceRun run, string? view, Func<ParseResult, string?, string> toQuery, ParseResult parsed, CancellationToken cancellationToken)
    {
        var project = await run.ProjectAsync(cancellationToken);
        string? line = null;
        if (view is not null)
        {
            line = await FindViewAsync(run, project.Id, view, cancellationToken);
            if (line is null)
                return ExitCodes.WrongUsage;
        }

        var query = toQuery(parsed, line);
        var count = 0;
        var links = run.Client.ListAsync(
            $"projects/{project.Id}/links?{query}", ServiceJson.Default.AnswerSliceLinkAnswer, cancellationToken);
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

    // Null when there is none, which is then said.
    private static async Task<string?> FindViewAsync(ServiceRun run, string projectId, string view, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        var views = run.Client.ListAsync($"projects/{projectId}/views", ServiceJson.Default.AnswerSliceViewAnswer, cancellationToken);
        await foreach (var (one, _) in views)
        {
            if (one.Id == view || string.Equals(one.Name, view.Trim(), StringComparison.OrdinalIgnoreCase))
                return one.Filter;
            names.Add(one.Name);
        }

        await run.Console.Error.WriteLineAsync($"There is no view '{view}'. There are: {string.Join(", ", names)}.");
        return null;
    }

    private static string More(LinkAnswer link)
    {
        var reasons = link.Reasons.Count == 0 ? string.Empty : "  " + string.Join(", ", link.Reasons.Select(reason => reason.Code));
        return reasons + (link.Seen is false ? "  (not seen at the last check)" : string.Empty) + (link.Muted ? "  (muted)" : string.Empty);
    }
}

/// <summary>Which links of a project are meant; what is not given does not restrict.</summary>
internal sealed class LinkChoice
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
    }

    public bool IsGiven(ParseResult parsed) => _fields.Any(field => parsed.Gives(field.Option));

    /// <summary>For the service, after a <c>?</c>.</summary>
    public string Query(ParseResult parsed) => Query(parsed, null);

    /// <inheritdoc cref="Query(ParseResult)"/>
    /// <param name="line">A filter line that must hold, too.</param>
    public string Query(ParseResult parsed, string? line)
    {
        var given = _fields.Select(field => (field.Field, Value: parsed.GetValue(field.Option)))
            .Select(field => field.Field == "filter" && line is not null ? (field.Field, Value: $"{line} {field.Value}".Trim()) : field)
            .Where(field => field.Value is not null);
        return string.Join('&', given.Select(field => $"{field.Field}={Uri.EscapeDataString(field.Value!)}").Prepend("limit=500"));
    }
}
