using System.Globalization;
using System.Text.Json.Nodes;
using LinkMonitor.CommandLine.Files;
using LinkMonitor.CommandLine.Rows;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.CommandLine.Service;

/// <summary>
/// Sends the links of a file to the service, in batches: stopped at any time, all that was said to be imported is, and again is no harm.
/// </summary>
internal sealed class LinkImport(ServiceRun run, ImportSettings settings)
{
    private const int BatchSize = 500;

    private int _created;
    private int _updated;
    private int _unchanged;
    private int _refused;
    private int _lost;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (file, exitCode) = await FileRows.ReadCheckedAsync(settings.Source, "imported", null, run.Console, cancellationToken);
        if (file is null)
            return exitCode;
        using (file)
        {
            if (settings.IsDryRun)
                return await PlanAsync(file, cancellationToken);
            var project = await run.ProjectAsync(cancellationToken);
            try
            {
                await SendAllAsync(file, project, cancellationToken);
            }
            catch (Exception e) when (e is OperationCanceledException or ServiceFailureException)
            {
                await run.Console.Error.WriteLineAsync($"Not all was imported. {Summary(project)} The same command goes on: what is "
                    + $"there already stays.");
                throw;
            }

            await EndAsync(project);
            return _refused > 0 ? ExitCodes.BadData : ExitCodes.AsExpected;
        }
    }

    private async Task<int> PlanAsync(FileRows file, CancellationToken cancellationToken)
    {
        var links = Links(file, cancellationToken).Count();
        await run.SayAsync(Text($"{links:N0} links on {file.Plan.Pages:N0} pages of {file.Plan.Hosts:N0} hosts would be imported.{Lost()}"));
        return ExitCodes.AsExpected;
    }

    private async Task SendAllAsync(FileRows file, ProjectAnswer project, CancellationToken cancellationToken)
    {
        var sent = 0;
        foreach (var batch in Links(file, cancellationToken).Chunk(BatchSize))
        {
            var body = new JsonArray([.. batch.Select(Body)]);
            var answer = await run.Client.ReadAsync(
                await run.Client.PostAsync($"projects/{project.Id}/links", body, cancellationToken), ServiceJson.Default.BatchAnswer, cancellationToken);
            (_created, _updated, _unchanged, _refused) = (_created + answer.Created, _updated + answer.Updated, _unchanged + answer.Unchanged, _refused + answer.Invalid);
            foreach (var item in answer.Results.Where(item => item.Problem is not null))
                await run.Console.Error.WriteLineAsync(Output.TerminalText.Safe($"Refused. Line {batch[item.Index].Text.Line}: "
                    + $"{item.Problem!.Line}", 2_000));
            sent += batch.Length;
            if (file.Rows.Count > BatchSize)
                await run.Console.Error.WriteLineAsync(Text($"{sent:N0} of {file.Rows.Count:N0}"));
        }
    }

    private IEnumerable<LinkRow> Links(FileRows file, CancellationToken cancellationToken)
    {
        for (var place = 0; place < file.Rows.Count; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var text = file.Rows.Read(place);
            if (text.WasLost && !settings.WithLost)
                _lost++;
            else if (LinkRow.TryRead(text, out var row, out _))
                yield return row;
        }
    }

    /// <summary>What the file does not say is "as first seen".</summary>
    private JsonObject Body(LinkRow row)
    {
        var body = new JsonObject { ["page"] = row.Page.Href, ["target"] = row.Expectation.Target.Href, ["match"] = WireName.Of(row.Expectation.Match) };
        if (!string.IsNullOrWhiteSpace(row.Text.Rel))
            body["rel"] = RelText.Write(row.Expectation.Rel) ?? "any";
        if (row.Expectation.Anchor is { Kind: ExpectedKind.Exactly, Value: { } anchor })
            body["anchor"] = anchor;
        if (settings.Tags.Count > 0)
            body["tags"] = new JsonArray([.. settings.Tags.Select(tag => (JsonNode)tag)]);
        return body;
    }

    private async Task EndAsync(ProjectAnswer project)
    {
        if (run.Json)
            await run.Console.Output.WriteLineAsync(new JsonObject
            {
                ["created"] = _created,
                ["updated"] = _updated,
                ["unchanged"] = _unchanged,
                ["refused"] = _refused,
                ["lost"] = _lost,
            }.ToJsonString());
        else
            await run.SayAsync(Summary(project));
    }

    private string Summary(ProjectAnswer project) =>
        Text($"{project.Name}: {_created:N0} new, {_updated:N0} changed, {_unchanged:N0} as they were, {_refused:N0} refused.{Lost()}");

    private string Lost() =>
        _lost == 0 ? string.Empty : Text($" {_lost:N0} left out that the file marks as lost (--with-lost takes them).");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
