using System.CommandLine;
using System.Text.Json.Nodes;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.Imports.Rows;

namespace LinkMonitor.CommandLine.Service;

/// <summary><c>linkmonitor add PAGE --target URL</c>: has one link watched.</summary>
internal static class AddCommand
{
    public static Command Build(TimeProvider time)
    {
        var options = new ServiceOptions();
        var page = new Argument<string>("page") { Description = "The page that should carry the link." }
            .Checked(text => ExpectationText.WrongUrl("page", text));
        var target = new Option<string>("--target") { Description = "Where the link should point.", HelpName = "URL", Required = true }
            .Checked(text => ExpectationText.WrongUrl("target", text));
        var parts = Parts();
        var tag = new Option<string[]>("--tag") { Description = "May be given several times.", HelpName = "TAG" };
        var command = options.NewCommand("add", "Watch a link; adding it again changes the fields that you give.");
        command.Add(page);
        command.Add(target);
        command.Add(tag);
        foreach (var (option, _) in parts)
            command.Options.Add(option);
        options.AddTo(command, ofProject: true);
        command.SetAction((parsed, cancellationToken) =>
        {
            var given = parts.Select(part => (part.Field, Value: parsed.GetValue(part.Option))).Where(part => part.Value is not null);
            return options.RunAsync(
                parsed,
                time,
                run =>
                    RunAsync(
                        run,
                        Body(parsed.GetRequiredValue(page), parsed.GetRequiredValue(target), given!, parsed.GetValue(tag) ?? []),
                        cancellationToken),
                cancellationToken);
        });
        return command;
    }

    /// <summary>What may be said of a link, and the field of the API that says it.</summary>
    private static (Option<string?> Option, string Field)[] Parts() =>
    [
        (new Option<string?>("--match")
        {
            Description = "How close the link must come: exact, page (default), prefix or host.",
            HelpName = "MODE",
        }.Checked(ExpectationText.WrongMatch), "match"),
        (new Option<string?>("--rel")
        {
            Description = "Expected rel: follow, any, or one or more of nofollow, sponsored, ugc (default: as first seen).",
            HelpName = "REL",
        }.Checked(ExpectationText.WrongRel), "rel"),
        (new Option<string?>("--anchor") { Description = "Expected anchor text (default: as first seen).", HelpName = "TEXT" }
            .Checked(ExpectationText.WrongAnchor), "anchor"),
        (new("--type")
        {
            Description = "A type of the project, for example guest-post: what is expected where you do not say.", HelpName = "TYPE",
        }, "type"),
        (new("--note") { Description = "Your own words.", HelpName = "TEXT" }, "note"),
    ];

    private static JsonObject Body(string page, string target, IEnumerable<(string Field, string Value)> parts, string[] tags)
    {
        if (!ExpectationText.TryReadUrl("page", page, out var from, out var error)
            || !ExpectationText.TryReadUrl("target", target, out var to, out error))
            throw new ServiceFailureException(error, ExitCodes.WrongUsage);
        var body = new JsonObject { ["page"] = from.Href, ["target"] = to.Href };
        foreach (var (field, value) in parts)
            body[field] = value;
        if (tags.Length > 0)
            body["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]);
        return body;
    }

    private static async Task<int> RunAsync(ServiceRun run, JsonObject body, CancellationToken cancellationToken)
    {
        var project = await run.ProjectAsync(cancellationToken);
        var text = await run.Client.PostAsync($"projects/{project.Id}/links", body, cancellationToken);
        if (run.Json)
            await run.WriteJsonAsync(text);
        else
            await run.SayAsync($"Link {(await run.Client.ReadAsync(text, ServiceJson.Default.LinkAnswer, cancellationToken)).Id} is "
                + $"watched in {project.Name}.");
        return ExitCodes.AsExpected;
    }
}
