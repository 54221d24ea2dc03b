using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;

namespace LinkMonitor.Testing.Storage.Contracts;

/// <summary>What <see cref="IImportStore"/> and <see cref="IPolledSheetStore"/> promise.</summary>
public abstract class ImportStoreContract
{
    private static readonly ProjectId Project = new("prj_aaaaaaaaaaaaaaaa");

    private readonly IStorageSource _source;

    private protected ImportStoreContract(IStorageSource source) => _source = source;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_import_is_stored_whole_and_only_over_the_version_that_was_read()
    {
        var storage = await _source.CreateAsync(Stop);
        var run = StorageSamples.Import(Project, ImportState.Running);

        var added = await storage.Imports.AddAsync(run, Stop);
        var saved = await storage.Imports.SaveAsync(added! with { State = ImportState.Done }, Stop);

        Assert.Null(await storage.Imports.AddAsync(run, Stop));
        Assert.Null(await storage.Imports.SaveAsync(added! with { State = ImportState.Cancelled }, Stop));
        Assert.Equal(saved, await storage.Imports.FindAsync(Project, run.Id, Stop));
        Assert.Null(await storage.Imports.FindAsync(Project, "imp_no", Stop));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(720_000, 1)]
    [InlineData(2_000_001, 3)]
    public async Task A_file_comes_back_as_it_was(int length, int pieces)
    {
        var storage = await _source.CreateAsync(Stop);
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        var run = StorageSamples.Import(Project, ImportState.Running);

        var count = await storage.Imports.PutFileAsync(Project, run.Id, new MemoryStream(bytes), Stop);
        using var read = new MemoryStream();
        await storage.Imports.ReadFileAsync(run with { Pieces = count }, read, Stop);

        Assert.Equal(pieces, count);
        Assert.Equal(bytes, read.ToArray());
        await storage.Imports.RemoveFileAsync(Project, run.Id, Stop);
        if (count > 0)
            await Assert.ThrowsAsync<InvalidDataException>(
                () => storage.Imports.ReadFileAsync(run with { Pieces = count }, read, Stop));
    }

    [Fact]
    public async Task The_newest_import_comes_first_and_a_key_stands_for_the_first_it_was_given_for()
    {
        var storage = await _source.CreateAsync(Stop);
        var old = StorageSamples.Import(Project, ImportState.Done) with { Id = ImportIds.New(StorageSamples.Noon) };
        var young = old with { Id = ImportIds.New(StorageSamples.Noon.AddTicks(1)) };
        await storage.Imports.AddAsync(old, Stop);
        await storage.Imports.AddAsync(young, Stop);

        var first = await storage.Imports.ListAsync(Project, 1, null, Stop);
        var second = await storage.Imports.ListAsync(Project, 1, first.Cursor, Stop);

        Assert.Equal([young.Id, old.Id], first.Items.Concat(second.Items).Select(run => run.Id));
        Assert.Equal(old.Id, await storage.Imports.ClaimAsync(Project, "key", old.Id, Stop));
        Assert.Equal(old.Id, await storage.Imports.ClaimAsync(Project, "key", young.Id, Stop));
    }

    [Fact]
    public async Task What_is_open_is_found_until_it_is_closed_and_strays_are_removed()
    {
        var storage = await _source.CreateAsync(Stop);
        var run = StorageSamples.Import(Project, ImportState.Waiting);
        var stray = ImportIds.New(StorageSamples.Noon);
        await storage.Imports.PutFileAsync(Project, stray, new MemoryStream([1]), Stop);
        await storage.Imports.PutFileAsync(Project, run.Id, new MemoryStream([1]), Stop);
        await storage.Imports.AddAsync(run, Stop);
        Assert.Contains((Project, run.Id), await storage.Imports.ReadOpenAsync(Stop).ToListAsync(Stop));

        await storage.Imports.CloseAsync(Project, run.Id, Stop);
        await storage.Imports.RemoveStraysAsync(Project, StorageSamples.Noon.AddDays(1), Stop);

        Assert.DoesNotContain((Project, run.Id), await storage.Imports.ReadOpenAsync(Stop).ToListAsync(Stop));
        await storage.Imports.ReadFileAsync(run with { Pieces = 1 }, Stream.Null, Stop);
        await Assert.ThrowsAsync<InvalidDataException>(
            () => storage.Imports.ReadFileAsync(run with { Id = stray, Pieces = 1 }, Stream.Null, Stop));
    }

    [Fact]
    public async Task A_sheet_is_due_at_its_time_and_no_more_when_it_is_deleted()
    {
        var storage = await _source.CreateAsync(Stop);
        var sheet = (await storage.Sheets.SaveAsync(StorageSamples.Sheet(Project), Stop))!;

        Assert.Empty(await storage.Sheets.ReadDueAsync(sheet.DueAt.AddTicks(-1), Stop).ToListAsync(Stop));
        var place = Assert.Single(await storage.Sheets.ReadDueAsync(sheet.DueAt, Stop).ToListAsync(Stop));
        Assert.Equal(new SheetPlace(sheet.DueAt, Project, sheet.Id), place);
        Assert.Equal(sheet, Assert.Single((await storage.Sheets.ListAsync(Project, Stop)).Items));
        await storage.Sheets.RemovePlaceAsync(place, Stop);
        Assert.Empty(await storage.Sheets.ReadDueAsync(sheet.DueAt, Stop).ToListAsync(Stop));
        Assert.True(await storage.Sheets.DeleteAsync(Project, sheet.Id, Stop));
        Assert.Null(await storage.Sheets.SaveAsync(sheet with { Outcome = "x" }, Stop));
    }
}
