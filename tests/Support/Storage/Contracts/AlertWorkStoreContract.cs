using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class AlertWorkStoreContract
{
    private static readonly ProjectId Project = new("prj_abcdefghij234567");

    private readonly IStorageSource _source;

    private protected AlertWorkStoreContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_under_way_is_kept_over_the_version_that_was_read()
    {
        var storage = await _source.CreateAsync(Token);
        var nothing = await storage.AlertWork.GetAsync(Project, Token);
        Assert.Equal(new AlertWork { ProjectId = Project }, nothing);

        var saved = await storage.AlertWork.TrySaveAsync(
            nothing with { NudgeAt = StorageSamples.Noon, WorkingUntil = StorageSamples.Noon.AddMinutes(1) }, Token);

        Assert.Equal(saved, await storage.AlertWork.GetAsync(Project, Token));
        Assert.Null(await storage.AlertWork.TrySaveAsync(nothing, Token));
        var ended = await storage.AlertWork.TrySaveAsync(saved! with { WorkingUntil = null }, Token);
        Assert.Null(await storage.AlertWork.TrySaveAsync(saved, Token));
        Assert.Equal(ended, await storage.AlertWork.GetAsync(Project, Token));
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_known_for_our_own()
    {
        var storage = await _source.CreateAsync(Token);
        var losing = storage.Losing(out var lost);

        var first = await losing.AlertWork.TrySaveAsync(new AlertWork { ProjectId = Project, NudgeAt = StorageSamples.Noon }, Token);
        var second = await losing.AlertWork.TrySaveAsync(first! with { NudgeAt = null }, Token);

        Assert.Null(second!.NudgeAt);
        Assert.True(lost() >= 2);
    }
}
