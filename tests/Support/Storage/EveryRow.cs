using Azure.Data.Tables;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Archives;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Installations;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Outages;
using LinkMonitor.Storage.Outreach;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Watching;

namespace LinkMonitor.Testing.Storage;

/// <summary>
/// Writes a row of every kind, with a value in every column: what is documented is compared with it, and what reads rows is shown with each
/// of them damaged. A new kind of row belongs here.
/// </summary>
internal static class EveryRow
{
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;

    public static async Task WriteAsync(TestStorage storage, ProjectId project, CancellationToken cancellationToken)
    {
        var link = (await storage.Links.RegisterAsync(StorageSamples.FullLink(project), cancellationToken)).Link;
        await storage.Links.SaveCheckAsync(link, StorageSamples.Change(link, Noon), cancellationToken);

        await storage.Cases.SaveAsync(new CaseStep(StorageSamples.Case(link, Noon), [StorageSamples.Entry(1)]), cancellationToken);
        var act = StorageSamples.Act(project, StorageSamples.UndoId, Noon) with
        {
            Successor = link.Id,
            Made = "00ff",
        };
        await storage.Undo.BeginAsync(act, cancellationToken);
        await storage.Undo.KeepAsync(act, link.Id, cancellationToken);
        await storage.Formers.PutAsync(
            new FormerLink(
                project, link.Id, link.Page.Href, link.Expectation.Target.Href, Noon, act.By, link.Id, link.Id, StorageSamples.UndoId),
            cancellationToken);
        await storage.Answers.PutAsync(project, link.Id, new FormerAnswer(link.Answer!, Noon, act.By, true), cancellationToken);

        await storage.Templates.PutAsync(project, new OutreachTemplate("link-removed", "Subject", "Body"), cancellationToken);
        await storage.Views.AddAsync(StorageSamples.View(project, "Lost"), cancellationToken);
        await storage.Addresses.AddAsync(StorageSamples.Address(project), cancellationToken);
        await storage.Types.SaveAsync(project, StorageSamples.Type, cancellationToken);

        var run = StorageSamples.Import(project, ImportState.Running);
        await storage.Imports.ClaimAsync(project, "key", run.Id, cancellationToken);
        await storage.Imports.PutFileAsync(project, run.Id, new MemoryStream(new byte[1_000_000]), cancellationToken);
        await storage.Imports.AddAsync(run, cancellationToken);
        await storage.Sheets.SaveAsync(StorageSamples.Sheet(project), cancellationToken);

        await WriteReportAsync(storage, project, cancellationToken);

        await storage.Pages.WatchAsync(link.Page, project, link.Id, Noon, cancellationToken);
        var page = (await storage.Pages.GetAsync(link.PageKey, cancellationToken))! with
        {
            LastFetch = StorageSamples.LastFetchAt(Noon),
            TargetsFrom = new WatcherPlace(project, link.Id),
            Rest = new RemainingLinks(new WatcherPlace(project, link.Id), null, Noon),
            Settled = StorageSamples.Settled(link, Noon),
            Kept = new KeptLinks(Noon, [new LinkCopy(project, link.Id, link.ETag!, StorageSamples.Noise(450_000))]),
        };
        await storage.Pages.MoveDueAsync(page, Noon.AddDays(1), Noon, cancellationToken);
        await storage.Pages.RemoveAsync((await storage.Pages.GetAsync(link.PageKey, cancellationToken))!, cancellationToken);
        var host = HostRowKeys.For(link.Page);
        var place = Assert.Single((await storage.Pages.ReadHostAsync(host, 1, cancellationToken)).First);
        await storage.Pages.SetAsideAsync(host, place, Noon.AddDays(2), cancellationToken);

        // A place that has its page with it.
        var other = StorageSamples.Url("https://blog.example.net/other");
        await storage.Pages.WatchAsync(other, project, link.Id, Noon, cancellationToken);
        var stored = (await storage.Pages.GetAsync(PageRowKeys.For(other), cancellationToken))!;
        await storage.Pages.MoveDueAsync(
            page with { Key = stored.Key, Url = other, Place = stored.Place, ETag = stored.ETag }, Noon.AddDays(1), Noon,
            cancellationToken);
        await storage.Hosts.PutRobotsAsync(
            host,
            new RobotsRecord
            {
                Origin = "https://blog.example.net",
                FreshUntil = Noon,
                Content = "x"u8.ToArray(),
                ReadAt = Noon,
                FailingSince = Noon,
                Failure = FetchFailure.TimedOut,
                Message = "m",
            },
            cancellationToken);
        await storage.Hosts.BeginRunAsync(
            new HostState { Key = host, Host = link.Page.Host!, Run = "step", RunUntil = Noon.AddHours(1), Turn = "step", FreeAt = Noon },
            [], cancellationToken);

        await storage.Projects.AddAsync(StorageSamples.Project(project), cancellationToken);
        await storage.Projects.DeleteAsync(ProjectId.New(), Noon, cancellationToken);
        await storage.Retention.ReduceEvidenceAsync(StorageSamples.Project(project), Noon.AddTicks(1), cancellationToken);
        await storage.Keys.AddAsync(StorageSamples.Key("aaaaaaaaaaaa", project), cancellationToken);
        await storage.Keys.SignConfiguredOutAsync("s1", Noon, cancellationToken);
        await storage.SignIns.AddAsync(StorageSamples.SignIn("00ff"), cancellationToken);

        await storage.Audit.AddAsync(StorageSamples.Audit(project, 0), cancellationToken);

        await storage.SigningKeys.GetAsync(cancellationToken);
        await storage.DataKeys.PutAsync(new DataKey("key-1", "<key />"), cancellationToken);
        await new InstallationMarkStore(storage.Tables).ClaimAsync(new InstallationMark("ins_a", "here", Noon), cancellationToken);
        await new ImportMark(storage.Tables).PutAsync("00ff", Noon, cancellationToken);

        await storage.Alerts.MarkPendingAsync(project, Noon, cancellationToken);
        await storage.Alerts.WakeAsync(project, Noon, cancellationToken);
        await storage.AlertWork.TrySaveAsync(new() { ProjectId = project, NudgeAt = Noon, WorkingUntil = Noon }, cancellationToken);
        await WriteAlertsAsync(storage, StorageSamples.Change(link, Noon), cancellationToken);

        await storage.Channels.SaveAsync(StorageSamples.Channel(project), cancellationToken);

        await storage.Failures.NoteAttemptAsync("alerts", "{}", "why", Noon, cancellationToken);
        await storage.Failures.RecordAsync("alerts", "{}", Noon, cancellationToken);
        await storage.SetAside.PutAsync(
            new()
            {
                Name = new(TableNames.Links, "prj_other", "link:a"),
                Problem = "why",
                Advice = "what",
                About = "which",
                Version = "1",
            },
            Noon, cancellationToken);
        await storage.Watchdog.NoteSweepAsync(new SweepReport(Noon, Noon), cancellationToken);
        await storage.Watchdog.TrySaveAsync(Stall.Begin(Noon, Noon) with { EndedAt = Noon }, cancellationToken);
        await storage.Outages.NoteAsync(new OutageNote(OutageKind.MostFail, 1, Noon), TimeSpan.FromHours(1), cancellationToken);

        // Last: who writes the link whole takes it away.
        var last = (await storage.Links.GetAsync(project, link.Id, cancellationToken))!;
        await storage.Links.ConfirmAsync(
            project,
            [new LinkAtRest(link.Id, last.ETag!, true)],
            Noon.AddHours(1),
            UnchangedBy.Site,
            DayLog.Empty.With(DayLogEntry.Day(Noon), DayMark.AsAgreed),
            cancellationToken);
    }

    private static async Task WriteReportAsync(TestStorage storage, ProjectId project, CancellationToken cancellationToken)
    {
        var report = StorageSamples.Report(project);
        await storage.Reports.BeginAsync(project, report.PiecesId, cancellationToken);
        await storage.Reports.PutPieceAsync(project, report.PiecesId, ReportPiece.Links, 0, new byte[700_000], cancellationToken);
        await storage.Reports.AddAsync(report, new ReportClaim("key", "mark"), cancellationToken);
        await storage.Reports.PutBrandAsync(
            project, new KeptBrand(report.Brand, new byte[KeptBrand.MaxLogo]), cancellationToken);
        await storage.Shares.AddAsync(StorageSamples.Share(project), cancellationToken);
        await storage.Reports.BeginAsync(project, ReportIds.NewPieces(Noon), cancellationToken);
    }

    private static async Task WriteAlertsAsync(TestStorage storage, LinkChange change, CancellationToken cancellationToken)
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
            new PlanResult
            {
                Plan = plan,
                Opened = [first, second],
                Unstable = [StorageSamples.Unstable(change.ProjectId, change.LinkId)],
                Reminded = new Dictionary<LinkId, string> { [change.LinkId] = "trm_a" },
                TermChecks = [new TermCheck(change.LinkId, Noon)],
                CaseChecks = [new CaseCheck("cas_1", Noon)],
                CasesReminded = new Dictionary<string, string> { ["cas_1"] = "cdy_a cdy_b" },
            },
            cancellationToken);
        var open = (await storage.Alerts.ReadOpenAsync(change.ProjectId, cancellationToken)).Items;
        await storage.Alerts.CloseAsync(open[0], cancellationToken);
        await storage.Links.SaveCheckAsync(
            (await storage.Links.GetAsync(change.ProjectId, change.LinkId, cancellationToken))!,
            change with { Id = "chg_held" },
            cancellationToken);
        await storage.Links.HoldAsync(
            change.ProjectId,
            [new OutboxEntry((change with { Id = "chg_held" }).OutboxKey, change with { Id = "chg_held" })],
            cancellationToken);
    }

    /// <summary>
    /// The kind of a row, as docs/tables names it: rows of one kind of partition are named by it, where the row key is an identity alone.
    /// </summary>
    public static string KindOf(TableEntity row) =>
        row.PartitionKey is "installation"
            ? $"installation: {row.RowKey}"
            : Kind(
                row.PartitionKey is "projects" or "deleted" or "keys" or "sessions" or "sign-in" or "signing" or "data" or "pending"
                    or "wake" or "open" or "due"
                    ? $"{row.PartitionKey}:"
                    : row.RowKey);

    public static string Kind(string key) => key.StartsWith("installation:", StringComparison.Ordinal) ? key
        : key.StartsWith("watch:", StringComparison.Ordinal) && key.EndsWith("-links", StringComparison.Ordinal) ? "kept"
        : key.StartsWith("watch:", StringComparison.Ordinal) && key.EndsWith("-added", StringComparison.Ordinal) ? "added"
        : key.Split(':')[0];
}
