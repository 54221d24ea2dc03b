using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class LinkRaceContract
{
    private readonly IStorageSource _source;

    private protected LinkRaceContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly ProjectId _project = ProjectId.New();

    [Fact]
    public async Task Of_parallel_saves_over_one_version_exactly_one_is_saved()
    {
        var storage = await _source.CreateAsync(Token);
        var link = (await storage.Links.RegisterAsync(StorageSamples.Link(_project), Token)).Link;
        for (var round = 0; round < 10; round++)
        {
            var at = StorageSamples.Noon.AddHours(round);

            var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
                storage.Links.SaveCheckAsync(link, StorageSamples.Change(link, at.AddMinutes(i)), Token)));

            Assert.Single(outcomes, SaveOutcome.Saved);
            Assert.Equal(9, outcomes.Count(outcome => outcome == SaveOutcome.Conflict));
            link = (await storage.Links.GetAsync(_project, link.Id, Token))!;
        }

        var rows = await storage.RowsAsync(TableNames.Links, _project.Value, Token);
        foreach (var kind in new[] { "change:", "history:", "outbox:" })
            Assert.Equal(10, rows.Count(row => row.RowKey.StartsWith(kind, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Two_workers_with_the_same_change_write_it_once()
    {
        var storage = await _source.CreateAsync(Token);
        var link = (await storage.Links.RegisterAsync(StorageSamples.Link(_project), Token)).Link;
        var change = StorageSamples.Change(link, StorageSamples.Noon);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => storage.Links.SaveCheckAsync(link, change, Token)));

        Assert.Single(outcomes, SaveOutcome.Saved);
        Assert.Single(await storage.Links.ReadOutboxAsync(_project, Token).ToListAsync());
    }

    [Fact]
    public async Task Of_parallel_registrations_of_one_link_exactly_one_creates_it()
    {
        var storage = await _source.CreateAsync(Token);

        var results = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => storage.Links.RegisterAsync(StorageSamples.Link(_project), Token)));

        Assert.Single(results, result => result.Created);
        Assert.Single(results.Select(result => result.Link.ETag).Distinct());
    }
}
