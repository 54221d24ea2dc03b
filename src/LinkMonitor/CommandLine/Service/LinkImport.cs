using System.Globalization;
using System.Text.Json.Nodes;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.CommandLine.Files;
using LinkMonitor.CommandLine.Output;
using LinkMonitor.CommandLine.Rows;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.CommandLine.Service;

/// <summary>
/// Sends the links of a file to the service, in batches: stopped at any time, all that was said to be imported is, and again is no harm.
/// </summary>
internal sealed class LinkImport(ServiceRun run, ImportSettings settings, TimeProvider time)
{
    private const int BatchSize = 500;

    /// <summary>How long the answer to what was sent is waited for when the user stops.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(1500);

    private int _created;
    private int _updated;
    private int _unchanged;
    private int _refused;
    private int _lost;
    private int _unanswered;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        FileRows? file;
        int exitCode;
        try
        {
            (file, exitCode) = await FileRows.ReadCheckedAsync(settings.Source, "imported", null, run.Console, cancellationToken);
        }
        catch (IOException e)
        {
            throw new ServiceFailureException(
                $"The rows cannot be kept in the folder for temporary files, and nothing was imported: {e.Message}",
                ExitCodes.CannotCreate);
        }

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
                await run.Console.Error.WriteLineAsync($"Not everything was imported. {Summary(project)}{Unanswered()} Run the same "
                    + "command again to continue: links that are already there stay.");
                throw;
            }

            await EndAsync(project);
            return _refused > 0 ? ExitCodes.BadData : ExitCodes.AsExpected;
        }
    }

    private async Task<int> PlanAsync(FileRows file, CancellationToken cancellationToken)
    {
        var (links, pages) = (0, 0);
        var hosts = new HashSet<int>();
        for (var page = 0; page < file.Plan.Pages; page++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var taken = file.Plan.RowsOf(page).Count(row => Take(file, row) is not null);
            links += taken;
            if (taken == 0)
                continue;
            pages++;
            hosts.Add(file.Plan.HostOf(page));
        }

        await run.SayAsync($"{CountText.Of(links, "link")} on {CountText.Of(pages, "page")} of {CountText.Of(hosts.Count, "host")} would "
            + $"be imported.{Lost()}");
        return ExitCodes.AsExpected;
    }

    private async Task SendAllAsync(FileRows file, ProjectAnswer project, CancellationToken cancellationToken)
    {
        var sent = 0;
        foreach (var batch in Links(file, cancellationToken).Chunk(BatchSize))
        {
            var answer = await SendAsync(new JsonArray([.. batch.Select(Body)]), project, cancellationToken);
            (
                _created,
                _updated,
                _unchanged,
                _refused) =
                    (_created + answer.Created, _updated + answer.Updated, _unchanged + answer.Unchanged, _refused + answer.Invalid);
            foreach (var item in answer.Results.Where(item => item.Problem is not null))
                await run.Console.Error.WriteLineAsync(TerminalText.Safe($"Refused. Line {batch[item.Index].Text.Line}: "
                    + $"{item.Problem!.Line}", 2_000));
            sent += batch.Length;
            if (file.Rows.Count > BatchSize)
                await run.Console.Error.WriteLineAsync(Text($"{sent:N0} of {file.Rows.Count:N0}"));
        }
    }

    /// <summary>A stop does not cut off what was sent: its answer says what came of it, and is waited for a moment.</summary>
    private async Task<BatchAnswer> SendAsync(JsonArray body, ProjectAnswer project, CancellationToken cancellationToken)
    {
        using var end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var stop = cancellationToken.Register(() => end.CancelAfter(Grace));
        _unanswered = body.Count;
        try
        {
            var answer = await run.Client.ReadAsync(
                await run.Client.PostAsync($"projects/{project.Id}/links", body, end.Token), ServiceJson.Default.BatchAnswer, end.Token);
            _unanswered = 0;
            return answer;
        }
        catch (ServiceFailureException refused) when (refused.ExitCode != ExitCodes.Unavailable)
        {
            _unanswered = 0;
            throw;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private IEnumerable<LinkFileRow> Links(FileRows file, CancellationToken cancellationToken)
    {
        for (var place = 0; place < file.Rows.Count; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Take(file, place) is { } row)
                yield return row;
        }
    }

    /// <summary>A row that is to be imported; null for one that is left out.</summary>
    private LinkFileRow? Take(FileRows file, int place)
    {
        var text = file.Rows.Read(place);
        if (!text.WasLost || settings.WithLost)
            return LinkFileRow.TryRead(text, out var row, out _) ? row : null;
        _lost++;
        return null;
    }

    /// <summary>What the file does not say is "as first seen".</summary>
    private JsonObject Body(LinkFileRow row)
    {
        var body =
            new JsonObject
            {
                ["page"] = row.Page.Href,
                ["target"] = row.Expectation.Target.Href,
                ["match"] = WireName.Of(row.Expectation.Match),
            };
        if (!string.IsNullOrWhiteSpace(row.Text.Rel))
            body["rel"] = RelText.Write(row.Expectation.Rel) ?? "any";
        if (row.Expectation.Anchor is { Kind: ExpectedKind.Exactly, Value: { } anchor })
            body["anchor"] = anchor;
        if (!string.IsNullOrWhiteSpace(row.Text.Type))
            body["type"] = row.Text.Type;
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
        Text($"{project.Name}: {_created:N0} new, {_updated:N0} changed, {_unchanged:N0} unchanged, {_refused:N0} refused.{Lost()}");

    private string Unanswered() => _unanswered == 0
        ? string.Empty
        : $" No answer came for {CountText.Of(_unanswered, "more link that was", "more links that were")} sent: some or all of them may be "
            + "registered.";

    private string Lost() =>
        _lost == 0 ? string.Empty : Text($" {_lost:N0} left out that the file marks as lost (--with-lost imports them).");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
