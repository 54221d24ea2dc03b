using LinkMonitor.ClientReports;
using LinkMonitor.Filtering;
using LinkMonitor.Retention;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using LinkMonitor.Tests.Snapshots;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.ClientReports;

/// <summary>
/// Reports are there whole or not at all (<see cref="ReportFacts"/>), and their lists come back as they were
/// (<see cref="ReportPieceWriter"/>, <see cref="ReportReadout"/>).
/// </summary>
public sealed class ReportMakerTests
{
    private static readonly ProjectId Id = new("prj_aaaaaaaaaaaaaaaa");
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;
    private static readonly Author Anna = new("2hRk7vTq40Xd", "Anna");

    private static readonly ReportOrder Order = new(
        "November", null, "en", FilterLine.All, new ReportPeriod(new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 21)),
        ReportRequestReader.UsualSections);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_at_any_call_there_is_no_report_or_a_whole_one_and_the_next_has_the_next_number()
    {
        for (var call = 1; ; call++)
        {
            var isOver = true;
            foreach (var afterCall in new[] { false, true })
            {
                var storage = await StoredAsync();
                var hook = new CrashHook();
                hook.Arm(call, afterCall);
                var isStopped = false;
                try
                {
                    await Maker(storage.Through(hook)).MakeAsync(StorageSamples.Project(Id), Order, Anna, "key", Stop);
                }
                catch (StoppedException)
                {
                    isStopped = true;
                }

                isOver &= !isStopped;
                var there = (await storage.Reports.ListAsync(Id, 10, null, Stop)).Items;
                Assert.True(there.Count <= 1);
                foreach (var report in there)
                    await AssertWholeAsync(storage, report);
                var again = Assert.IsType<ReportOutcome.Made>(
                    await Maker(storage).MakeAsync(StorageSamples.Project(Id), Order, Anna, "key", Stop));
                Assert.Equal((1, there.Count == 0), (again.Report.Number, again.IsNew));
                await AssertWholeAsync(storage, again.Report);

                // Of what was begun in vain nothing stays.
                await storage.Reports.RemoveStraysAsync(Id, Noon.AddHours(1), Stop);
                var rows = await storage.RowsAsync(TableNames.Reports, Id.Value, Stop);
                Assert.DoesNotContain(rows, row => row.RowKey.StartsWith("begun:", StringComparison.Ordinal));
                Assert.All(
                    rows.Where(row => row.RowKey.StartsWith("piece:", StringComparison.Ordinal)),
                    row => Assert.Contains(again.Report.PiecesId, row.RowKey, StringComparison.Ordinal));
            }

            if (isOver)
                return;
        }
    }

    [Fact]
    public async Task Two_at_once_with_one_key_are_one_report_and_without_are_two()
    {
        var storage = await StoredAsync();
        var project = StorageSamples.Project(Id);

        var same = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => Maker(storage).MakeAsync(project, Order, Anna, "key", Stop)));
        var other = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => Maker(storage).MakeAsync(project, Order, Anna, null, Stop)));

        Assert.Equal([1, 1], same.Cast<ReportOutcome.Made>().Select(made => made.Report.Number));
        Assert.Equal([2, 3], other.Cast<ReportOutcome.Made>().Select(made => made.Report.Number).Order());
    }

    [Fact]
    public async Task Rows_come_back_in_pieces_that_a_row_can_hold()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Stop);
        var report = StorageSamples.Report(Id);
        var writer = new ReportPieceWriter(storage.Reports, Id, report.PiecesId, ReportPiece.Gained);
        var random = new Random(1);
        for (var row = 0; row < 2_500; row++)
        {
            // Random letters, which hardly get smaller.
            var letters = row < 2_000 ? "x" : Convert.ToBase64String(Bytes(random, 3_000));
            await writer.AddAsync(
                System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Change(row, letters), KeptJson.Default.ReportedChange), Stop);
        }

        await writer.EndAsync(Stop);

        report = report with { Pieces = new Dictionary<string, int> { [ReportPiece.Gained] = writer.Pieces } };
        var reading = new ReportReading(storage.Reports);
        List<string> ids = [];
        for (var part = 1; part <= writer.Pieces; part++)
        {
            var rows = (await reading.ChangesAsync(report, ReportPiece.Gained, part, Stop))!;
            Assert.InRange(rows.Items.Count, 1, ReportPieceWriter.MostRows);
            ids.AddRange(rows.Items.Select(row => row.LinkId));
        }

        Assert.Equal(Enumerable.Range(0, 2_500).Select(row => $"lnk_{row}"), ids);
        Assert.InRange(writer.Pieces, 5, 6);
        Assert.Empty((await reading.ChangesAsync(report, ReportPiece.Gained, writer.Pieces + 1, Stop))!.Items);
        Assert.Empty((await reading.ChangesAsync(report, ReportPiece.Lost, 1, Stop))!.Items);
    }

    [Fact]
    public async Task Changes_whose_rows_cannot_be_read_are_in_no_figure_and_told()
    {
        var storage = await StoredAsync();
        var before = await FiguresAsync();
        var row = (await storage.RowsAsync(TableNames.Links, Id.Value, Stop)).First(one => EveryRow.KindOf(one) == "change");
        await storage.Tables.Open(TableNames.Links).PutAsync(RowDamage.Of(row, RowDamage.LaterVersion)!, Stop);

        var (after, preview) = (await FiguresAsync(), await PreviewAsync());

        static int Told(ReportFigures figures) => figures.CameInPeriod + figures.WentInPeriod + figures.ChangesInPeriod;
        Assert.Equal((0, 1), (before.UnreadableChanges, after.UnreadableChanges));
        Assert.Equal((Told(before) - 1, 1), (Told(after), preview.UnreadableChanges));
        var page = ReportDocument.Write(new ReportContent(
            StorageSamples.Report(Id) with { Language = "en" }, new KeptFigures(after, null), [ReportSection.Follow], null,
            new Dictionary<string, ReportRows<ReportedLink>>(), new Dictionary<string, ReportRows<ReportedChange>>()));
        Assert.Contains("1 change of the project in the period could not be read", page, StringComparison.Ordinal);

        async Task<ReportFigures> FiguresAsync()
        {
            var made = (ReportOutcome.Made)await Maker(storage).MakeAsync(StorageSamples.Project(Id), Order, Anna, null, Stop);
            return (await new ReportReading(storage.Reports).FiguresAsync(made.Report, Stop))!.Figures;
        }

        async Task<ReportFigures> PreviewAsync()
        {
            var (lists, snapshots) = SnapshotLab.Of(storage, new ManualTimeProvider(Noon));
            using (snapshots)
                return (await Maker(storage).PreviewAsync(
                    StorageSamples.Project(Id), Order, await lists.OpenAsync(StorageSamples.Project(Id), Stop), Stop)).Figures;
        }
    }

    [Fact]
    public async Task The_last_day_is_as_the_figures_are_and_the_days_before_as_the_changes_say()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Stop);
        var project = StorageSamples.Project(Id) with { TimeZone = "Asia/Tokyo" };
        await storage.Projects.AddAsync(project, Stop);
        var link = (await storage.Links.RegisterAsync(StorageSamples.Link(Id, "https://a.example/"), Stop)).Link;
        var lostAt = new DateTimeOffset(2026, 11, 19, 20, 0, 0, TimeSpan.Zero);
        link = link with
        {
            Status = link.Status with
            {
                State = LinkMonitor.Engine.Tracking.LinkState.Lost,
                LastEvidence = StorageSamples.Evidence(Noon) with { Outcome = null },
                Days = LinkMonitor.Engine.Tracking.DayLog.Parse("2026-11-18:aal"),
            },
        };
        await storage.Links.SaveCheckAsync(link, StorageSamples.Change(link, lostAt), Stop);
        var order = Order with { Period = new ReportPeriod(new DateOnly(2026, 11, 18), new DateOnly(2026, 11, 21)) };

        var made = (ReportOutcome.Made)await Maker(storage).MakeAsync(project, order, Anna, null, Stop);

        var reading = new ReportReading(storage.Reports);
        var figures = (await reading.FiguresAsync(made.Report, Stop))!.Figures;
        Assert.Equal((1, 1), (figures.Lost, figures.WentInPeriod));
        Assert.Equal([(1, 0), (1, 0), (0, 1), (0, 1)], figures.Days.Select(day => (day.AsAgreed, day.Lost)));
        Assert.Equal("aall", (await reading.LinksAsync(made.Report, ReportPiece.Links, 1, Stop))!.Items.Single().Days);
    }

    [Fact]
    public async Task Links_whose_rows_cannot_be_read_are_in_no_figure_and_told()
    {
        var storage = await StoredAsync();
        var broken = (await storage.Links.RegisterAsync(StorageSamples.Link(Id, "https://c.example/"), Stop)).Link;
        await SnapshotLab.DamageAsync(storage, Id, broken.Id);

        var made = (ReportOutcome.Made)await Maker(storage).MakeAsync(StorageSamples.Project(Id), Order, Anna, null, Stop);

        var figures = (await new ReportReading(storage.Reports).FiguresAsync(made.Report, Stop))!.Figures;
        Assert.Equal((2, 1), (figures.Links, figures.Unreadable));
        var page = ReportDocument.Write(new ReportContent(
            made.Report, new KeptFigures(figures, null), [ReportSection.Follow], null,
            new Dictionary<string, ReportRows<ReportedLink>>(), new Dictionary<string, ReportRows<ReportedChange>>()));
        Assert.Contains("1 link of the project could not be read", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_is_deleted_while_it_is_read_is_as_gone_as_before()
    {
        var storage = await StoredAsync();
        var report = ((ReportOutcome.Made)await Maker(storage).MakeAsync(StorageSamples.Project(Id), Order, Anna, null, Stop)).Report;
        await storage.Reports.DeleteAsync(report, Stop);
        var reading = new ReportReading(storage.Reports);

        Assert.Null(await reading.FiguresAsync(report, Stop));
        Assert.Null(await reading.LogoAsync(report, Stop));
        Assert.Null(await reading.LinksAsync(report, ReportPiece.Links, 1, Stop));
        Assert.Null(await new ReportReadout(reading).ShowAsync(
            report, report.Sections, Microsoft.AspNetCore.Http.QueryCollection.Empty, Stop));
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static ReportedChange Change(int row, string letters) => new()
    {
        LinkId = $"lnk_{row}",
        Page = $"https://a.example/{letters}",
        Target = "https://t.example/",
        Move = ReportedMove.Found,
        At = Noon,
        Since = Noon,
        Evidence = new ReportedEvidence(Noon, 200, "https://a.example/"),
    };

    private static async Task AssertWholeAsync(TestStorage storage, ClientReport report)
    {
        var reading = new ReportReading(storage.Reports);
        Assert.Equal(2, (await reading.FiguresAsync(report, Stop))!.Figures.Links);
        Assert.Equal(2, (await reading.LinksAsync(report, ReportPiece.Links, 1, Stop))!.Items.Count);
        foreach (var (list, pieces) in report.Pieces)
            for (var part = 0; part < pieces; part++)
                Assert.NotEmpty((await storage.Reports.ReadPieceAsync(report, list, part, Stop))!);
        Assert.StartsWith("data:image/png;base64,", await reading.LogoAsync(report, Stop), StringComparison.Ordinal);
    }

    private static ReportMaker Maker(TestStorage storage) => new(
        storage.Reports, new ReportReading(storage.Reports), storage.Links, Options.Create(new RetentionOptions()),
        new ManualTimeProvider(Noon));

    private static async Task<TestStorage> StoredAsync()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Stop);
        await storage.Projects.AddAsync(StorageSamples.Project(Id), Stop);
        foreach (var page in new[] { "https://a.example/", "https://b.example/" })
        {
            var link = (await storage.Links.RegisterAsync(StorageSamples.Link(Id, page), Stop)).Link;
            await storage.Links.SaveCheckAsync(link, StorageSamples.Change(link, Noon.AddDays(-1)), Stop);
        }

        await storage.Reports.PutBrandAsync(
            Id, new KeptBrand(new ReportBrand("Agency", "#112233", "image/png"), Pictures.Png(4, 4)), Stop);
        return storage;
    }
}
