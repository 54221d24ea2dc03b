using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Ids;

namespace LinkMonitor.Testing.Storage.Contracts;

/// <summary>What <see cref="IClientReportStore"/> and <see cref="IReportShareStore"/> promise.</summary>
public abstract class ClientReportStoreContract
{
    private static readonly ProjectId Project = new("prj_aaaaaaaaaaaaaaaa");

    private readonly IStorageSource _source;

    private protected ClientReportStoreContract(IStorageSource source) => _source = source;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_comes_back_as_it_was_made_with_its_pieces_and_the_next_number()
    {
        var storage = await _source.CreateAsync(Stop);
        var bytes = new byte[PieceLimits.MaxBytes];
        new Random(1).NextBytes(bytes);

        var first = await MakeAsync(storage, StorageSamples.Report(Project), bytes);
        var second = await MakeAsync(storage, StorageSamples.Report(Project), [1]);

        Assert.Equal((1, 2), (first.Number, second.Number));
        var found = await storage.Reports.FindAsync(Project, 1, Stop);
        Assert.Equivalent(first, found, strict: true);
        Assert.Equal(bytes, await storage.Reports.ReadPieceAsync(found!, ReportPiece.Links, 0, Stop));
        await Assert.ThrowsAsync<InvalidDataException>(() => storage.Reports.ReadPieceAsync(found!, ReportPiece.Links, 1, Stop));
        Assert.Null(await storage.Reports.FindAsync(Project, 3, Stop));
        Assert.Null(await storage.Reports.FindAsync(Project, -1, Stop));
        await Assert.ThrowsAsync<ArgumentException>(
            () => storage.Reports.PutPieceAsync(Project, first.PiecesId, "links", 0, new byte[PieceLimits.MaxBytes + 1], Stop));
    }

    [Fact]
    public async Task Many_at_once_get_a_number_each_and_none_is_left_out()
    {
        var storage = await _source.CreateAsync(Stop);

        var made = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => MakeAsync(storage, StorageSamples.Report(Project), [1])));

        Assert.Equal([1, 2, 3, 4, 5], made.Select(report => report.Number).Order());
        var newest = await storage.Reports.ListAsync(Project, 2, null, Stop);
        var rest = await storage.Reports.ListAsync(Project, 10, newest.Cursor, Stop);
        Assert.Equal([5, 4, 3, 2, 1], newest.Items.Concat(rest.Items).Select(report => report.Number));
    }

    [Fact]
    public async Task A_key_stands_for_the_first_report_that_was_made_with_it()
    {
        var storage = await _source.CreateAsync(Stop);
        var claim = new ReportClaim("one / key", "mark");

        var first = await MakeAsync(storage, StorageSamples.Report(Project), [1], claim);
        await storage.Reports.BeginAsync(Project, "pcs_other", Stop);

        Assert.Null(await storage.Reports.AddAsync(StorageSamples.Report(Project) with { PiecesId = "pcs_other" }, claim, Stop));
        Assert.Equal(new ClaimedReport(first.Number, "mark"), await storage.Reports.FindClaimAsync(Project, claim.Key, Stop));
        Assert.Null(await storage.Reports.FindClaimAsync(Project, "another", Stop));
        Assert.Single((await storage.Reports.ListAsync(Project, 10, null, Stop)).Items);
    }

    [Fact]
    public async Task The_last_report_of_a_line_is_found_and_after_it_is_deleted_the_one_before()
    {
        var storage = await _source.CreateAsync(Stop);
        await MakeAsync(storage, StorageSamples.Report(Project) with { Line = "tag:a" }, [1]);
        var second = await MakeAsync(storage, StorageSamples.Report(Project) with { Line = "tag:a" }, [1]);
        await MakeAsync(storage, StorageSamples.Report(Project) with { Line = "" }, [1]);

        Assert.Equal(2, (await storage.Reports.FindLastAsync(Project, "tag:a", Stop))?.Number);
        Assert.Equal(3, (await storage.Reports.FindLastAsync(Project, "", Stop))?.Number);
        Assert.Null(await storage.Reports.FindLastAsync(Project, "tag:b", Stop));
        Assert.True(await storage.Reports.DeleteAsync(second, Stop));
        Assert.Equal(1, (await storage.Reports.FindLastAsync(Project, "tag:a", Stop))?.Number);
    }

    [Fact]
    public async Task A_deleted_report_takes_its_addresses_and_pieces_along_and_its_number_is_not_given_again()
    {
        var storage = await _source.CreateAsync(Stop);
        var report = await MakeAsync(storage, StorageSamples.Report(Project), [1]);
        await storage.Shares.AddAsync(StorageSamples.Share(Project), Stop);

        Assert.True(await storage.Reports.DeleteAsync(report, Stop));

        Assert.False(await storage.Reports.DeleteAsync(report, Stop));
        Assert.Null(await storage.Reports.FindAsync(Project, 1, Stop));
        Assert.Empty((await storage.Shares.ListAsync(Project, 1, Stop)).Items);
        Assert.Null(await storage.Reports.ReadPieceAsync(report, ReportPiece.Links, 0, Stop));
        Assert.Equal(2, (await MakeAsync(storage, StorageSamples.Report(Project), [1])).Number);
    }

    [Fact]
    public async Task Pieces_that_no_report_came_of_are_removed_once_they_are_old_and_no_others()
    {
        var storage = await _source.CreateAsync(Stop);
        var report = await MakeAsync(storage, StorageSamples.Report(Project), [1]);
        var stray = StorageSamples.Report(Project);
        await storage.Reports.BeginAsync(Project, stray.PiecesId, Stop);
        await storage.Reports.PutPieceAsync(Project, stray.PiecesId, ReportPiece.Links, 0, new byte[] { 1 }, Stop);

        await storage.Reports.RemoveStraysAsync(Project, StorageSamples.Noon, Stop);
        Assert.Equal([1], await storage.Reports.ReadPieceAsync(stray, ReportPiece.Links, 0, Stop));
        await storage.Reports.RemoveStraysAsync(Project, StorageSamples.Noon.AddHours(1), Stop);

        await Assert.ThrowsAsync<InvalidDataException>(() => storage.Reports.ReadPieceAsync(stray, ReportPiece.Links, 0, Stop));
        Assert.Equal([1], await storage.Reports.ReadPieceAsync(report, ReportPiece.Links, 0, Stop));
    }

    [Fact]
    public async Task A_brand_is_kept_with_its_logo_and_goes_with_the_project()
    {
        var storage = await _source.CreateAsync(Stop);
        Assert.Equal(KeptBrand.None, await storage.Reports.FindBrandAsync(Project, Stop));
        var logo = new byte[KeptBrand.MaxLogo];
        new Random(2).NextBytes(logo);

        await storage.Reports.PutBrandAsync(Project, new KeptBrand(new ReportBrand("Agency", "#112233", "image/png"), logo), Stop);
        var found = await storage.Reports.FindBrandAsync(Project, Stop);

        Assert.Equal(new ReportBrand("Agency", "#112233", "image/png"), found.Brand);
        Assert.Equal(logo, found.Logo.ToArray());
        Assert.True(await storage.Reports.PurgeAsync(Project, Stop));
        Assert.Equal(KeptBrand.None, await storage.Reports.FindBrandAsync(Project, Stop));
    }

    [Fact]
    public async Task An_address_is_stored_whole_and_only_over_the_version_that_was_read()
    {
        var storage = await _source.CreateAsync(Stop);
        var added = await storage.Shares.AddAsync(StorageSamples.Share(Project), Stop);

        var saved = await storage.Shares.SaveAsync(added with { Opened = 3 }, Stop);

        Assert.Null(await storage.Shares.SaveAsync(added with { Opened = 4 }, Stop));
        Assert.Equivalent(saved, await storage.Shares.FindAsync(Project, 1, added.Id, Stop), strict: true);
        Assert.Null(await storage.Shares.FindAsync(Project, 2, added.Id, Stop));
        Assert.Null(await storage.Shares.FindAsync(Project, 1, "shr_no", Stop));
    }

    private static async Task<ClientReport> MakeAsync(
        TestStorage storage, ClientReport report, byte[] bytes, ReportClaim? claim = null)
    {
        await storage.Reports.BeginAsync(report.ProjectId, report.PiecesId, Stop);
        await storage.Reports.PutPieceAsync(report.ProjectId, report.PiecesId, ReportPiece.Links, 0, bytes, Stop);
        return (await storage.Reports.AddAsync(report, claim, Stop))!;
    }
}
