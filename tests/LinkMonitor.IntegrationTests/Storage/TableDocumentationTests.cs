using System.Text.RegularExpressions;
using Azure.Data.Tables;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Robots;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Outages;
using LinkMonitor.Storage.Outreach;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Watching;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.Storage;

/// <summary>
/// Compares docs/tables with what is written. A page has a heading <c>## `row key`</c> per kind of row, and under it a table whose first
/// cells are the columns.
/// </summary>
public sealed partial class TableDocumentationTests(AzuriteFixture azurite)
{
    private static readonly string[] SystemColumns = ["PartitionKey", "RowKey", "Timestamp", "odata.etag", "odata.metadata", "odata.type"];
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_table_has_a_page_and_every_page_a_table() =>
        Assert.Equal(
            TableNames.All.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal),
            Directory.GetFiles(DocsFolder, "*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Documented_columns_are_the_written_ones()
    {
        var storage = await AzuriteAccount.CreateAsync(azurite, Token);
        await WriteEverythingAsync(storage);

        foreach (var table in TableNames.All)
        {
            var documented = Documented(table);
            var written = Written(await storage.RowsAsync(table, null, Token));

            Assert.Equal(written.Keys.Order(StringComparer.Ordinal), documented.Keys.Order(StringComparer.Ordinal));
            foreach (var (kind, columns) in written)
                Assert.Equal(columns, documented[kind]);
        }
    }

    private static string DocsFolder => Path.Combine(RepositoryRoot.Path, "docs", "tables");

    private static async Task WriteEverythingAsync(TestStorage storage)
    {
        var project = new ProjectId("prj_a");
        var link = (await storage.Links.RegisterAsync(StorageSamples.FullLink(project), Token)).Link;
        await storage.Links.SaveCheckAsync(link, StorageSamples.Change(link, Noon), Token);

        await storage.Templates.PutAsync(project, new OutreachTemplate("link-removed", "Subject", "Body"), Token);

        await storage.Pages.WatchAsync(link.Page, project, link.Id, Noon, Token);
        var page = (await storage.Pages.GetAsync(link.PageKey, Token))! with
        {
            Sight = StorageSamples.Sight(Noon),
            TargetsFrom = new WatcherPlace(project, link.Id),
            Rest = new RoundRest(new WatcherPlace(project, link.Id), null, Noon),
        };
        await storage.Pages.MoveDueAsync(page, Noon.AddDays(1), Noon, Token);
        await storage.Pages.RemoveAsync((await storage.Pages.GetAsync(link.PageKey, Token))!, Token);
        var host = HostKeys.For(link.Page);
        var place = Assert.Single((await storage.Pages.ReadHostAsync(host, 1, Token)).First);
        await storage.Pages.SetAsideAsync(host, place, Noon.AddDays(2), Token);
        await storage.Hosts.PutRobotsAsync(
            host,
            new RobotsRecord { Origin = "https://blog.example.net", FreshUntil = Noon, Content = "x"u8.ToArray(), ReadAt = Noon, FailingSince = Noon, Failure = FetchFailure.TimedOut, Message = "m" },
            Token);
        await storage.Hosts.BeginRunAsync(
            new HostState { Key = host, Host = link.Page.Host!, Run = "step", RunUntil = Noon.AddHours(1), Turn = "step", FreeAt = Noon }, [], Token);

        await storage.Projects.AddAsync(StorageSamples.Project(project), Token);
        await storage.Projects.DeleteAsync(ProjectId.New(), Noon, Token);
        await storage.Keys.AddAsync(StorageSamples.Key("aaaaaaaaaaaa", project), Token);

        await storage.SigningKeys.GetAsync(Token);

        await storage.Alerts.MarkPendingAsync(project, Noon, Token);
        await storage.Alerts.WakeAsync(project, Noon, Token);
        await storage.AlertWork.TrySaveAsync(new() { ProjectId = project, NudgeAt = Noon, WorkingUntil = Noon }, Token);
        await WriteAlertsAsync(storage, StorageSamples.Change(link, Noon));

        await storage.Channels.SaveAsync(StorageSamples.Channel(project), Token);

        await storage.Failures.NoteAttemptAsync("alerts", "{}", "why", Noon, Token);
        await storage.Failures.RecordAsync("alerts", "{}", Noon, Token);
        await storage.Watchdog.NoteSweepAsync(new SweepReport(Noon, Noon), Token);
        await storage.Watchdog.TrySaveAsync(Stall.Begin(Noon, Noon) with { EndedAt = Noon }, Token);
        await storage.Outages.NoteAsync(new OutageNote(OutageKind.MostFail, 1, Noon), TimeSpan.FromHours(1), Token);
    }

    private static async Task WriteAlertsAsync(TestStorage storage, LinkChange change)
    {
        var plan = new AlertPlan
        {
            ProjectId = change.ProjectId,
            ReadAt = Noon,
            WakeAt = Noon,
            Causes = new Dictionary<string, DateTimeOffset> { ["a"] = Noon },
            Digests = new Dictionary<string, DateTimeOffset> { ["chn_a"] = Noon },
        };
        var first = StorageSamples.Opening(StorageSamples.Alert(change.ProjectId, Noon, "alr_1"), change);
        var second = StorageSamples.Opening(StorageSamples.Alert(change.ProjectId, Noon.AddDays(1), "alr_2"), change);
        await storage.AlertPlans.TryWriteAsync(
            new PlanStep
            {
                Plan = plan,
                Opened = [first, second],
                Unstable = [StorageSamples.Unstable(change.ProjectId, change.LinkId)],
                Reminded = new Dictionary<LinkId, string> { [change.LinkId] = "trm_a" },
                Looks = [new TermLook(change.LinkId, Noon)],
            },
            Token);
        var open = await storage.Alerts.ReadOpenAsync(change.ProjectId, Token);
        await storage.Alerts.CloseAsync(open[0], Token);
        await storage.Links.SaveCheckAsync((await storage.Links.GetAsync(change.ProjectId, change.LinkId, Token))!, change with { Id = "chg_held" }, Token);
        await storage.Links.HoldAsync(change.ProjectId, [new OutboxEntry((change with { Id = "chg_held" }).OutboxKey, change with { Id = "chg_held" })], Token);
    }

    private static Dictionary<string, List<string>> Written(List<TableEntity> rows) => rows
        .GroupBy(KindOf, StringComparer.Ordinal)
        .ToDictionary(
            kind => kind.Key,
            kind => kind.SelectMany(row => row.Keys).Except(SystemColumns).Distinct().Order(StringComparer.Ordinal).ToList(),
            StringComparer.Ordinal);

    private static Dictionary<string, List<string>> Documented(string table)
    {
        var kinds = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        List<string>? columns = null;
        foreach (var line in File.ReadLines(Path.Combine(DocsFolder, table.ToLowerInvariant() + ".md")))
        {
            if (Heading().Match(line) is { Success: true } heading)
                kinds[Kind(heading.Groups["key"].Value)] = columns = [];
            else if (Column().Match(line) is { Success: true } column)
                columns!.Add(column.Groups["name"].Value);
        }

        foreach (var list in kinds.Values)
            list.Sort(StringComparer.Ordinal);
        return kinds;
    }

    // Rows of one partition kind may be named by their partition, where the row key is an identity alone.
    private static string KindOf(TableEntity row) => Kind(row.PartitionKey is "projects" or "deleted" or "keys" or "signing" or "pending" or "wake" ? $"{row.PartitionKey}:" : row.RowKey);

    private static string Kind(string key) => key.Split(':')[0];

    [GeneratedRegex(@"^## `(?<key>[^`]+)`", RegexOptions.NonBacktracking)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| `(?<name>\w+)` \|", RegexOptions.NonBacktracking)]
    private static partial Regex Column();
}
