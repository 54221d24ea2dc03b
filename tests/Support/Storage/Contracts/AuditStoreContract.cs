using LinkMonitor.Storage.Auditing;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Paging;

namespace LinkMonitor.Testing.Storage.Contracts;

/// <summary>What the audit log relies on.</summary>
public abstract class AuditStoreContract
{
    private static readonly ProjectId A = new("prj_a");
    private static readonly ProjectId B = new("prj_b");

    private readonly IStorageSource _source;

    private protected AuditStoreContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_is_of_its_project_and_the_newest_come_first()
    {
        var audit = (await _source.CreateAsync(Token)).Audit;
        var (first, second) = (StorageSamples.Audit(A, 0), StorageSamples.Audit(A, 1));
        foreach (var entry in new[] { first, second, StorageSamples.Audit(B, 2), StorageSamples.Audit(null, 3), second })
            await audit.AddAsync(entry, Token);

        Assert.Equal([second, first], (await audit.ListAsync(A, 10, null, Token)).Items);
        Assert.Equal([StorageSamples.Audit(null, 3)], (await audit.ListAsync(null, 10, null, Token)).Items);
    }

    [Fact]
    public async Task A_log_comes_in_parts_whose_cursors_are_its_own()
    {
        var audit = (await _source.CreateAsync(Token)).Audit;
        for (var minute = 0; minute < 3; minute++)
            await audit.AddAsync(StorageSamples.Audit(A, minute), Token);

        var part = await audit.ListAsync(A, 2, null, Token);
        var rest = await audit.ListAsync(A, 2, part.Cursor, Token);

        Assert.Equal((2, 1), (part.Items.Count, rest.Items.Count));
        Assert.Null(rest.Cursor);
        await Assert.ThrowsAsync<InvalidCursorException>(() => audit.ListAsync(B, 2, part.Cursor, Token));
        await Assert.ThrowsAsync<InvalidCursorException>(() => audit.ListAsync(null, 2, part.Cursor, Token));
    }

    [Fact]
    public async Task A_long_sentence_is_cut()
    {
        var audit = (await _source.CreateAsync(Token)).Audit;
        await audit.AddAsync(StorageSamples.Audit(A, 0) with { What = new string('x', 100_000) }, Token);

        Assert.Equal(AuditEntry.MaxWhatLength, Assert.Single((await audit.ListAsync(A, 10, null, Token)).Items).What.Length);
    }

    [Fact]
    public async Task What_was_done_before_a_time_is_removed_and_what_was_done_at_it_stays()
    {
        var audit = (await _source.CreateAsync(Token)).Audit;
        for (var minute = 0; minute < 3; minute++)
            await audit.AddAsync(StorageSamples.Audit(A, minute), Token);
        await audit.AddAsync(StorageSamples.Audit(null, 0), Token);

        Assert.True(await audit.RemoveAsync(A, StorageSamples.Noon.AddMinutes(1), Token));
        Assert.True(await audit.RemoveAsync(null, StorageSamples.Noon.AddMinutes(1), Token));

        Assert.Equal(
            [StorageSamples.Audit(A, 2), StorageSamples.Audit(A, 1)], (await audit.ListAsync(A, 10, null, Token)).Items);
        Assert.Empty((await audit.ListAsync(null, 10, null, Token)).Items);
    }

    [Fact]
    public async Task A_log_goes_with_its_project()
    {
        var audit = (await _source.CreateAsync(Token)).Audit;
        foreach (var project in new ProjectId?[] { A, B, null })
            await audit.AddAsync(StorageSamples.Audit(project, 0), Token);

        Assert.True(await audit.PurgeAsync(A, Token));

        Assert.Empty((await audit.ListAsync(A, 10, null, Token)).Items);
        Assert.Single((await audit.ListAsync(B, 10, null, Token)).Items);
        Assert.Single((await audit.ListAsync(null, 10, null, Token)).Items);
    }
}
