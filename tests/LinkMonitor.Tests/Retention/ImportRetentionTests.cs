using LinkMonitor.Retention;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.Tests.Retention;

public sealed class ImportRetentionTests
{
    private static readonly ProjectId Project = new("prj_aaaaaaaaaaaaaaaa");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ImportState.Done, 29, true)]
    [InlineData(ImportState.Done, 31, false)]
    [InlineData(ImportState.Undone, 31, false)]
    [InlineData(ImportState.Draft, 0, true)]
    [InlineData(ImportState.Draft, 2, false)]
    [InlineData(ImportState.Running, 400, true)]
    public async Task A_file_is_kept_as_long_as_its_import_can_be_undone(ImportState state, int days, bool isKept)
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);
        var hasEnded = state is ImportState.Done or ImportState.Undone;
        var run = StorageSamples.Import(Project, state) with { EndedAt = hasEnded ? StorageSamples.Noon : null };
        var pieces = await storage.Imports.PutFileAsync(Project, run.Id, new MemoryStream([1, 2, 3]), Token);
        await storage.Imports.AddAsync(run with { Pieces = pieces }, Token);

        await new ImportRetention(storage.Imports, new ManualTimeProvider(StorageSamples.Noon.AddDays(days))).PurgeAsync(Project, Token);

        var left = (await storage.Imports.FindAsync(Project, run.Id, Token))!;
        Assert.Equal(isKept ? pieces : 0, left.Pieces);
        if (isKept)
            await storage.Imports.ReadFileAsync(left, Stream.Null, Token);
        else
            await Assert.ThrowsAsync<InvalidDataException>(
                () => storage.Imports.ReadFileAsync(run with { Pieces = pieces }, Stream.Null, Token));
    }
}
