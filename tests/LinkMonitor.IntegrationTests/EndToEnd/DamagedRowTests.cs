using Azure.Data.Tables;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Auditing;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Outages;
using LinkMonitor.Storage.Outreach;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.IntegrationTests.EndToEnd;

/// <summary>
/// Every kind of row, damaged in every way: whatever it is, all other projects, changes and channels are served within a minute, and the
/// row is listed.
/// </summary>
public sealed class DamagedRowTests : IDisposable
{
    private static readonly ProjectId Victim = new("prj_aaaaaaaaaaaaaaaa");

    // The schedule of pages and hosts shows its own (a test of theirs), the list cannot list itself, the watchdog writes
    // over what it cannot read, and so does whoever renews a project's note. The installation's own rows are read at its start,
    // and the one of retention when evidence is reduced. Of pieces that are begun the key alone is read.
    private static readonly string[] ShownElsewhere = [
        "installation: mark", "installation: import", "retention", "page", "due", "watch", "kept", "added", "host", "robots", "later",
        "aside", "sweep", "stall", "pending", "open", "begun",
    ];

    // Nothing of these must be there.
    private static readonly string[] AllOptional = ["note", "work"];

    private readonly string _mails = Directory.CreateTempSubdirectory("damaged-").FullName;

    // The change of the project itself that must be told.
    private string _other = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Whatever_row_is_damaged_everybody_else_is_served_and_the_row_is_listed(string damage)
    {
        var settings = ProductSettings.InMemory(new ManualTimeProvider(StorageSamples.Noon.AddDays(2))) with { MailFolder = _mails };
        var account = settings.Memory!;
        await using var product = await Product.StartAsync(settings, Token);
        var storage = new MemoryStorage(account);
        await EveryRow.WriteAsync(storage, Victim, Token);
        var others = new Bystanders(storage, settings.Clock.GetUtcNow());
        await others.AddAsync(Token);
        _other = await others.AddChangeAsync((await storage.Projects.GetAsync(Victim, Token))!, Token);
        var restore = account.Save();

        var wrong = new List<string>();
        foreach (var (table, row) in TableNames.All.SelectMany(table => account.ReadAll(table, null).Select(row => (table, row))).ToList())
        {
            if (!IsOfVictim(table, row) || RowDamage.Of(row, damage) is not { } damaged)
                continue;
            restore();
            foreach (var mail in Directory.GetFiles(_mails))
                File.Delete(mail);
            await storage.Tables.Open(table).PutAsync(damaged, Token);
            var before = await TryAsync(product, table, damaged, damage);
            var after = await MendAsync(product, storage, table, row);
            wrong.AddRange(before.Concat(after).Select(what => $"{table} {row.PartitionKey} {row.RowKey}: {what}"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    public static TheoryData<string> Damages => RowDamage.All;

    public void Dispose() => Directory.Delete(_mails, recursive: true);

    private async Task<List<string>> TryAsync(Product product, string table, TableEntity damaged, string damage)
    {
        await product.TickAsync("SweepAlerts", Token);
        await DeliverAsync(product);
        product.Clock.Advance(TimeSpan.FromSeconds(59));
        await DeliverAsync(product);
        var mails = Directory.GetFiles(_mails).Select(File.ReadAllText).ToList();
        var wrong = Bystanders.Recipients
            .Where(one => Count(mails, one, "") != 1)
            .Select(one => $"{one} has {Count(mails, one, "")} mails")
            .ToList();

        // Of the project itself: a change of another link, unless that, the project or its plan cannot be read.
        var kind = EveryRow.KindOf(damaged);
        var isInTheWay = kind is "projects" or "plan"
            || (kind is "change" or "outbox" && damaged.RowKey.EndsWith(_other, StringComparison.Ordinal));
        wrong.AddRange(Told(mails, isInTheWay ? 0 : 1));

        await ReadEverythingAsync(product);
        if (ShownElsewhere.Contains(kind) || (damage == RowDamage.MissingColumn && AllOptional.Contains(kind)))
            return wrong;
        var listed = (await product.Get<ISetAsideStore>().ListAsync(100, null, Token)).Items;
        if (!listed.Any(entry => entry.Note.Name == new SetAsideName(table, damaged.PartitionKey, damaged.RowKey)))
            wrong.Add("is not listed");
        if (!listed.All(entry => entry.Note.Name.Area == table || entry.Note.Name.Key == "link:a"))
            wrong.Add("something else is listed: " + string.Join(", ", listed.Select(entry => entry.Note.Name)));
        return wrong;
    }

    /// <summary>Once it is mended, what waited for it is told, and it leaves the list.</summary>
    private async Task<List<string>> MendAsync(Product product, MemoryStorage storage, string table, TableEntity whole)
    {
        await storage.Tables.Open(table).PutAsync(whole, Token);

        // A change that an alert could not tell is back in the outbox, as it was.
        if (EveryRow.KindOf(whole) == "change"
            && (await storage.RowsAsync(table, Victim.Value, Token)).Find(row => IsOutboxOf(row, whole)) is { } copy)
        {
            foreach (var (column, value) in whole.Where(
                column => column.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag")))
                copy[column] = value;
            await storage.Tables.Open(table).PutAsync(copy, Token);
        }

        product.Clock.Advance(WithheldCopies.Pause);
        await product.TickAsync("SweepAlerts", Token);
        await DeliverAsync(product);
        await product.TickAsync("SweepAlerts", Token);
        var wrong = Told([.. Directory.GetFiles(_mails).Select(File.ReadAllText)], 1).Select(what => "mended: " + what).ToList();
        var listed = (await product.Get<ISetAsideStore>().ListAsync(100, null, Token)).Items;
        if (listed.Count > 0)
            wrong.Add("mended: still listed " + string.Join(", ", listed.Select(entry => entry.Note.Name)));
        return wrong;
    }

    private static bool IsOutboxOf(TableEntity row, TableEntity change) =>
        row.RowKey.StartsWith("outbox:", StringComparison.Ordinal)
            && row.RowKey.EndsWith(change.RowKey.Split(':')[^1], StringComparison.Ordinal);

    private static IEnumerable<string> Told(List<string> mails, int expected) => new[] { "o'brien@example.org", "second@example.org" }
        .Select(one => (one, count: Count(mails, one, "a.example.net/healthy")))
        .Where(told => told.count != expected)
        .Select(told => $"{told.one} was told {told.count} times of the other change");

    private static int Count(List<string> mails, string recipient, string text) => mails.Count(mail =>
        mail.Contains($"To: {recipient}", StringComparison.Ordinal) && mail.Contains(text, StringComparison.Ordinal));

    private static bool IsOfVictim(string table, TableEntity row) =>
        row.PartitionKey == Victim.Value || row.RowKey.Contains(Victim.Value, StringComparison.Ordinal)
        || table is TableNames.Keys or TableNames.Failures or TableNames.Pages;

    /// <summary>As the host does: a message that fails comes again later, and stops no other.</summary>
    private static async Task DeliverAsync(Product product)
    {
        for (var isMore = true; isMore;)
        {
            try
            {
                isMore = await product.DeliverOneAsync("SendAlerts", Token);
            }
            catch (Exception) when (!Token.IsCancellationRequested)
            {
                // It stays on the queue.
            }
        }
    }

    /// <summary>What the API reads, of which any may be what cannot be read.</summary>
    private static async Task ReadEverythingAsync(Product product)
    {
        var victim = StorageSamples.Project(Victim);
        var link = StorageSamples.FullLink(Victim).Id;
        await IgnoreAsync(() => product.Get<IProjectStore>().ListAsync(100, null, Token));
        await IgnoreAsync(() => product.Get<ILinkStore>().ListAsync(Victim, LinkFilter.None, 100, null, Token));
        await IgnoreAsync(() => product.Get<ILinkStore>().ListChangesAsync(Victim, null, 100, null, Token));
        await IgnoreAsync(() => product.Get<ILinkStore>().ListHistoryAsync(Victim, link, 100, null, Token));
        await IgnoreAsync(() => product.Get<ICaseStore>().ListAsync(Victim, CaseFilter.None, 100, null, Token));
        var found = StorageSamples.Case(StorageSamples.Link(Victim), StorageSamples.Noon).Id;
        await IgnoreAsync(() => product.Get<ICaseStore>().ReadEntriesAsync(Victim, found, Token));
        await IgnoreAsync(() => product.Get<ISavedViewStore>().ListAsync(Victim, Token));
        await IgnoreAsync(() => product.Get<IExportAddressStore>().ListAsync(Victim, Token));
        await IgnoreAsync(() => product.Get<IOutreachTemplateStore>().ListAsync(Victim, Token).CountAsync(Token).AsTask());
        await IgnoreAsync(() => product.Get<IChannelStore>().ListAsync(victim, Token));
        await IgnoreAsync(() => product.Get<IKeyStore>().ListAsync(Token));
        await IgnoreAsync(() => product.Get<IKeyStore>().FindConfiguredSignOutAsync(Token));
        await IgnoreAsync(() => product.Get<IDataKeyStore>().ListAsync(Token));
        var act = StorageSamples.Act(Victim, StorageSamples.UndoId, StorageSamples.Noon);
        await IgnoreAsync(() => product.Get<IUndoStore>().ReadAsync(act, Token).CountAsync(Token).AsTask());
        await IgnoreAsync(() => product.Get<IUndoStore>().ListAsync(Victim, Token));
        await IgnoreAsync(() => product.Get<IFormerLinkStore>().FindAsync(Victim, link, Token));
        await IgnoreAsync(() => product.Get<IFormerAnswerStore>().ListAsync(Victim, link, 10, Token));
        await IgnoreAsync(() => product.Get<IAuditStore>().ListAsync(Victim, 100, null, Token));
        await IgnoreAsync(() => product.Get<ISignInStore>().FindAsync("00ff", Token));
        await IgnoreAsync(() => product.Get<ISigningKeyStore>().GetAsync(Token));
        await IgnoreAsync(() => product.Get<IAlertStore>().ListAsync(Victim, 100, null, Token));
        await IgnoreAsync(
            () =>
                product.Get<IAlertStore>().GetChangeKeysAsync(
                    StorageSamples.Alert(Victim, StorageSamples.Noon, "alr_1") with { ChangeCount = 1 }, Token));
        await IgnoreAsync(() => product.Get<IAlertPlanStore>().GetAsync(Victim, Token));
        await IgnoreAsync(() => product.Get<IFailureStore>().ListAsync("alerts", 100, null, Token));
        await IgnoreAsync(() => product.Get<IFailureStore>().RecordAsync("alerts", "{}", StorageSamples.Noon, Token));
        await IgnoreAsync(() => product.Get<IOutageStore>().GetLatestAsync(Token));
        await IgnoreAsync(() => product.Get<IImportStore>().ClaimAsync(Victim, "key", ImportIds.New(StorageSamples.Noon), Token));
        await IgnoreAsync(() => product.Get<IPolledSheetStore>().ListAsync(Victim, Token));
        await IgnoreAsync(() => product.Get<IReportShareStore>().ListAsync(Victim, 1, Token));
        await IgnoreAsync(() => product.Get<IClientReportStore>().FindBrandAsync(Victim, Token));
        await IgnoreAsync(() => product.Get<IClientReportStore>().FindClaimAsync(Victim, "key", Token));
        await IgnoreAsync(async () =>
        {
            var report = StorageSamples.Report(Victim);
            await product.Get<IClientReportStore>().BeginAsync(Victim, report.PiecesId, Token);
            await product.Get<IClientReportStore>().AddAsync(report, null, Token);
        });
        await IgnoreAsync(async () =>
        {
            foreach (var report in (await product.Get<IClientReportStore>().ListAsync(Victim, 100, null, Token)).Items.Where(
                one => one.Number == 1))
                await product.Get<IClientReportStore>().ReadPieceAsync(report, ReportPiece.Links, 0, Token);
        });
        await IgnoreAsync(async () =>
        {
            foreach (var run in (await product.Get<IImportStore>().ListAsync(Victim, 100, null, Token)).Items)
                await product.Get<IImportStore>().ReadFileAsync(run with { Pieces = 2 }, Stream.Null, Token);
        });
    }

    private static async Task IgnoreAsync(Func<Task> read)
    {
        try
        {
            await read();
        }
        catch (UnreadableRowException)
        {
            // What needs it says so.
        }
    }
}
