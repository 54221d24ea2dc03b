using System.Text.Json;
using System.Text.Json.Nodes;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.CommandLine.Files;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Links;
using LinkMonitor.Wording;

namespace LinkMonitor.CommandLine.Service;

/// <summary>
/// Brings a project to what a list says. The service plans every link first and writes none; only when all of them are right are those
/// written that are new or differ. Stopped at any time, the same again does the rest.
/// </summary>
internal sealed class WatchListRun(ServiceRun run, WatchList list, bool prunes, bool isDryRun)
{
    private const int BatchSize = 500;
    private const int MostRemovedAtOnce = 1_000;
    private const int MostErrors = 50;

    // What nobody says of these, the first check says.
    private static readonly string[] IsSeen = ["rel", "anchor", "placement", "indexable"];

    private readonly List<PlannedLink> _planned = [];
    private int _removed;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var project = await run.ProjectAsync(cancellationToken);
        if (await PlanAsync(project, cancellationToken) is > 0 and var wrong)
        {
            await run.Console.Error.WriteLineAsync($"{CountText.Of(wrong, "link")} of the list cannot be watched. Nothing was written.");
            return ExitCodes.WrongUsage;
        }

        var listed = await ListedAsync(project, cancellationToken);
        var named = _planned.Select(link => link.Id).ToHashSet(StringComparer.Ordinal);
        var others = listed.Values.Where(link => !named.Contains(Text(link, "id"))).ToList();
        await TellPlanAsync(project, listed, others);
        if (isDryRun)
            return ExitCodes.AsExpected;
        await WriteAsync(project, cancellationToken);
        await EndAsync(
            project, prunes ? await RemoveAsync(project, [.. others.Select(link => Text(link, "id"))], cancellationToken) : null);
        return ExitCodes.AsExpected;
    }

    /// <summary>For a file with faults of its own: says also what the service would refuse, so that all can be mended at once.</summary>
    public async Task NameErrorsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PlanAsync(await run.ProjectAsync(cancellationToken), cancellationToken);
        }
        catch (ServiceFailureException failure)
        {
            await run.Console.Error.WriteLineAsync($"Whether the service would take the other lines is not known: {failure.Message}");
        }
    }

    /// <summary>Has the service plan every link; what it refuses is said, with its line.</summary>
    /// <returns>How many it refuses.</returns>
    private async Task<int> PlanAsync(ProjectAnswer project, CancellationToken cancellationToken)
    {
        var wrong = 0;
        var lines = new ListedLines();
        foreach (var batch in list.Links.Chunk(BatchSize))
        {
            var answer = await SendAsync(project, batch, "?dryRun=true", cancellationToken);
            foreach (var item in answer.Results)
            {
                var link = batch[item.Index];
                var id = item.Link is { } planned ? Text(planned, "id") : null;
                var error = id is null ? item.Problem?.Line ?? "The link is not valid." : lines.Add(id, item.Link!, link.Line);
                if (error is null)
                    _planned.Add(new PlannedLink(id!, link, item.Outcome, item.Link!));
                else if (++wrong <= MostErrors)
                    await run.Console.Error.WriteLineAsync(TerminalText.Safe($"Line {link.Line}: {error}", 2_000));
            }
        }

        return wrong;
    }

    private async Task<Dictionary<string, JsonObject>> ListedAsync(ProjectAnswer project, CancellationToken cancellationToken)
    {
        var listed = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        var links = run.Client.ListAsync(
            $"projects/{project.Id}/links?limit=500", ServiceJson.Default.AnswerSliceLinkAnswer, cancellationToken);
        await foreach (var (link, json) in links)
            listed[link.Id] = JsonNode.Parse(json)!.AsObject();
        return listed;
    }

    private async Task TellPlanAsync(ProjectAnswer project, Dictionary<string, JsonObject> listed, List<JsonObject> others)
    {
        if (run.Json && isDryRun)
        {
            await run.Console.Output.WriteLineAsync(Summary(prunes ? others.Count : 0).ToJsonString());
            return;
        }

        var say = run.Json ? run.Console.Error : run.Console.Output;
        var spelled = others.ToLookup(SpellingOf);
        foreach (var link in _planned.Where(link => link.IsNew))
            await say.WriteLineAsync(Line(
                "+", link.Json, $"line {link.Source.Line}" + (spelled[SpellingOf(link.Json)].FirstOrDefault() is { } other
                    ? $"; the project watches this link already, written as {Text(other, "page")} -> {Text(other, "target")}" : "")));
        foreach (var link in _planned.Where(link => link.IsChanged))
            await say.WriteLineAsync(Line(
                "~", link.Json, listed.TryGetValue(link.Id, out var stored) ? Differences(stored, link.Json) : $"line {link.Source.Line}"));
        foreach (var link in prunes ? others : [])
            await say.WriteLineAsync(Line("-", link, "not in the list"));
        await say.WriteLineAsync(TerminalText.Safe(
            FormattableString.Invariant(
                $"{project.Name}: {Count(link => link.IsNew):N0} to add, {Count(link => link.IsChanged):N0} to change, ")
                + FormattableString.Invariant($"{(prunes ? others.Count : 0):N0} to remove, {Count(link => link.IsSame):N0} as they are.")
                + Kept(others), 2_000));
    }

    private string Kept(List<JsonObject> others) => prunes || others.Count == 0
        ? string.Empty
        : $" {CountText.Of(others.Count, "link")} of the project not in the list: kept (--prune removes such links).";

    private async Task WriteAsync(ProjectAnswer project, CancellationToken cancellationToken)
    {
        foreach (var batch in _planned.Where(link => !link.IsSame).Select(link => link.Source).Chunk(BatchSize))
        {
            var answer = await SendAsync(project, batch, string.Empty, cancellationToken);
            if (answer.Results.FirstOrDefault(item => item.Problem is not null) is { } refused)
                throw new ServiceFailureException(
                    $"Line {batch[refused.Index].Line}: {refused.Problem!.Line} The project has changed since it was planned, and not "
                    + "everything was written. Run the same command again.",
                    ExitCodes.WrongUsage);
        }
    }

    /// <returns>Until when they can be brought back; null when none was to be removed.</returns>
    private async Task<DateTimeOffset?> RemoveAsync(ProjectAnswer project, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        DateTimeOffset? until = null;
        foreach (var batch in ids.Chunk(MostRemovedAtOnce))
        {
            var body = new JsonObject { ["action"] = "delete", ["links"] = new JsonArray([.. batch.Select(id => (JsonNode)id)]) };
            var answer = await run.Client.ReadAsync(
                await run.Client.PostAsync($"projects/{project.Id}/links/bulk", body, cancellationToken),
                ServiceJson.Default.BulkAnswer, cancellationToken);
            _removed += answer.Done;
            until ??= answer.UndoUntil;
        }

        return until;
    }

    private async Task EndAsync(ProjectAnswer project, DateTimeOffset? undoUntil)
    {
        if (run.Json)
            await run.Console.Output.WriteLineAsync(Summary(_removed).ToJsonString());
        else if (undoUntil is { } until)
            await run.SayAsync(FormattableString.Invariant(
                $"Done. What was removed can be brought back in the dashboard until {until:yyyy-MM-dd HH:mm} UTC."));
        else
            await run.SayAsync(_planned.All(link => link.IsSame) ? $"{project.Name} is as the list says." : "Done.");
    }

    private JsonObject Summary(int removed) => new()
    {
        ["created"] = Count(link => link.IsNew),
        ["updated"] = Count(link => link.IsChanged),
        ["unchanged"] = Count(link => link.IsSame),
        ["removed"] = removed,
    };

    private int Count(Func<PlannedLink, bool> isMeant) => _planned.Count(isMeant);

    private async Task<BatchAnswer> SendAsync(
        ProjectAnswer project, IEnumerable<WatchListLink> batch, string query, CancellationToken cancellationToken)
    {
        var body = new JsonArray([.. batch.Select(link => link.Body.DeepClone())]);
        return await run.Client.ReadAsync(
            await run.Client.PostAsync($"projects/{project.Id}/links{query}", body, cancellationToken),
            ServiceJson.Default.BatchAnswer, cancellationToken);
    }

    private static string Line(string sign, JsonObject link, string more) =>
        TerminalText.Safe($"{sign} {Text(link, "page")} -> {Text(link, "target")}  ({more})", 2_000);

    // Of what people set: the fields of a request.
    private static string Differences(JsonObject before, JsonObject after) => string.Join("; ", LinkJson.Default.LinkRequest.Properties
        .SelectMany(field => Differences(field.Name, before[field.Name], after[field.Name])));

    private static IEnumerable<string> Differences(string name, JsonNode? before, JsonNode? after) =>
        JsonNode.DeepEquals(before, after) ? []
        : (before as JsonObject ?? after as JsonObject) is { } parts ? parts.SelectMany(
            part => Differences($"{name}.{part.Key}", (before as JsonObject)?[part.Key], (after as JsonObject)?[part.Key]))
        : [$"{name}: {Shown(before, name)} -> {Shown(after, name)}"];

    private static string Shown(JsonNode? value, string name) => value switch
    {
        null => IsSeen.Contains(name) ? "as first seen" : "none",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        JsonArray list => list.Count == 0 ? "none" : string.Join(", ", list.Select(one => Shown(one, name))),
        _ => value.ToJsonString(),
    };

    private static string SpellingOf(JsonObject link) =>
        WebUrl.TryParse(Text(link, "page"), out var page) && WebUrl.TryParse(Text(link, "target"), out var target)
        && WireName.TryParse<TargetMatch>(Text(link, "match"), out var match)
            ? LinkSpelling.KeyOf(page, target, match)
            : Text(link, "id");

    private static string Text(JsonObject link, string field) => link[field]?.GetValue<string>() ?? string.Empty;

    /// <summary>Which line named a link first.</summary>
    private sealed class ListedLines
    {
        private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);
        private readonly Dictionary<string, (long Line, JsonObject Link)> _spellings = new(StringComparer.Ordinal);

        /// <summary>Null when no line before named the link; otherwise what to say.</summary>
        public string? Add(string id, JsonObject link, long line)
        {
            if (!_ids.TryAdd(id, line))
                return $"This link is in line {_ids[id]} already: the same page, target and match.";
            if (_spellings.TryAdd(SpellingOf(link), (line, link)))
                return null;
            var (first, other) = _spellings[SpellingOf(link)];
            return $"This line and line {first} watch the same link, written in two ways: {Text(link, "page")} -> {Text(link, "target")} "
                + $"here, {Text(other, "page")} -> {Text(other, "target")} there. Keep one of them.";
        }
    }

    /// <param name="Json">The link as it would be.</param>
    private sealed record PlannedLink(string Id, WatchListLink Source, string Outcome, JsonObject Json)
    {
        public bool IsNew => Outcome == RegistrationOutcome.Created;

        public bool IsChanged => Outcome == RegistrationOutcome.Updated;

        public bool IsSame => Outcome == RegistrationOutcome.Unchanged;
    }
}
