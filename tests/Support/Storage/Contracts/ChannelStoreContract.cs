using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class ChannelStoreContract
{
    private readonly IStorageSource _source;

    private protected ChannelStoreContract(IStorageSource source) => _source = source;

    private static readonly Project Project = StorageSamples.Project(new ProjectId("prj_a")) with { Recipients = ["Anna@example.org"] };
    private static readonly ChannelId Anna = ChannelIdFactory.For(Project.Id, ChannelKind.Email, "anna@example.org");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_channel_is_read_back_whole()
    {
        var store = (await _source.CreateAsync(Token)).Channels;
        var channel = StorageSamples.Channel(Project.Id);

        Assert.Equal(SaveOutcome.Saved, await store.SaveAsync(channel, Token));

        var read = await store.GetAsync(Project, channel.Id, Token);
        Assert.NotNull(read!.ETag);
        Assert.Equivalent(channel, read with { ETag = null }, strict: true);
    }

    [Fact]
    public async Task Recipients_are_channels_with_the_defaults_until_they_have_a_row()
    {
        var store = (await _source.CreateAsync(Token)).Channels;
        var hook = StorageSamples.Channel(Project.Id);
        await store.SaveAsync(hook, Token);
        await store.SaveAsync(StorageSamples.Channel(new ProjectId("prj_b")), Token);

        var before = (await store.ListAsync(Project, Token)).Items;
        var anna = (await store.GetAsync(Project, Anna, Token))!;
        await store.SaveAsync(anna with { State = ChannelState.Unsubscribed }, Token);
        var after = (await store.ListAsync(Project, Token)).Items;

        Assert.Equal(new[] { hook.Id, Anna }.OrderBy(id => id.Value, StringComparer.Ordinal), before.Select(channel => channel.Id));
        Assert.Equal(("Anna@example.org", true, ChannelState.Active, null), (anna.Address, anna.IsRecipient, anna.State, anna.ETag));
        Assert.Equal(before.Select(channel => channel.Id), after.Select(channel => channel.Id));
        Assert.Equal(ChannelState.Unsubscribed, after.Single(channel => channel.Id == Anna).State);
    }

    [Fact]
    public async Task A_recipient_that_left_is_not_listed_and_comes_back_as_it_was()
    {
        var store = (await _source.CreateAsync(Token)).Channels;
        var anna = (await store.GetAsync(Project, Anna, Token))!;
        await store.SaveAsync(anna with { State = ChannelState.Unsubscribed }, Token);
        var nobody = Project with { Recipients = [] };

        Assert.Empty((await store.ListAsync(nobody, Token)).Items);
        Assert.Null(await store.GetAsync(nobody, Anna, Token));
        Assert.NotNull(await store.FindAsync(Project.Id, Anna, Token));
        Assert.Equal(ChannelState.Unsubscribed, Assert.Single((await store.ListAsync(Project, Token)).Items).State);
    }

    [Fact]
    public async Task A_channel_of_its_own_stays_whoever_the_recipients_are()
    {
        var store = (await _source.CreateAsync(Token)).Channels;
        var anna = (await store.GetAsync(Project, Anna, Token))!;
        await store.SaveAsync(anna with { IsRecipient = false }, Token);

        Assert.Equal(Anna, Assert.Single((await store.ListAsync(Project with { Recipients = [] }, Token)).Items).Id);
    }

    [Fact]
    public async Task Saving_writes_over_the_version_that_was_read_only()
    {
        var store = (await _source.CreateAsync(Token)).Channels;
        var channel = StorageSamples.Channel(Project.Id);

        var first = await store.SaveAsync(channel, Token);
        var twice = await store.SaveAsync(channel, Token);
        var read = (await store.GetAsync(Project, channel.Id, Token))!;
        var saved = await store.SaveAsync(read with { Name = "new" }, Token);
        var late = await store.SaveAsync(read with { Name = "late" }, Token);
        await store.DeleteAsync(Project.Id, channel.Id, Token);
        await store.DeleteAsync(Project.Id, channel.Id, Token);
        var missing = await store.SaveAsync(read, Token);

        Assert.Equal(
            [SaveOutcome.Saved, SaveOutcome.Conflict, SaveOutcome.Saved, SaveOutcome.Conflict, SaveOutcome.Missing],
            [first, twice, saved, late, missing]);
    }

    [Fact]
    public async Task Lost_answers_change_no_outcome()
    {
        var storage = await _source.CreateAsync(Token);
        var lossy = storage.Losing(out _);
        var channel = StorageSamples.Channel(Project.Id);

        var added = await lossy.Channels.SaveAsync(channel, Token);
        var read = (await lossy.Channels.GetAsync(Project, channel.Id, Token))!;
        var saved = await lossy.Channels.SaveAsync(read with { Name = "new" }, Token);

        Assert.Equal((SaveOutcome.Saved, SaveOutcome.Saved), (added, saved));
        Assert.Equal("new", (await storage.Channels.GetAsync(Project, channel.Id, Token))!.Name);
    }

    [Fact]
    public async Task Purging_takes_a_projects_channels_and_no_others()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.Channels.SaveAsync(StorageSamples.Channel(Project.Id), Token);
        await storage.Channels.SaveAsync(StorageSamples.Channel(new ProjectId("prj_b")), Token);

        await storage.Channels.PurgeAsync(Project.Id, Token);
        await storage.Channels.PurgeAsync(Project.Id, Token);

        Assert.Equal("prj_b", Assert.Single(await storage.RowsAsync("Channels", null, Token)).PartitionKey);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x?y#z")]
    public async Task An_identity_that_none_has_is_null(string id)
    {
        var store = (await _source.CreateAsync(Token)).Channels;

        Assert.Null(await store.GetAsync(Project, new ChannelId(id), Token));
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(0, 1)]
    public void The_former_secret_signs_until_its_time_is_over(int ticks, int count)
    {
        var channel = StorageSamples.Channel(Project.Id);

        Assert.Equal(
            new[] { "whsec_AAAA", "whsec_BBBB" }.Take(count), channel.SigningSecrets(channel.FormerSecretUntil!.Value.AddTicks(ticks)));
        Assert.Empty((channel with { Secret = null }).SigningSecrets(StorageSamples.Noon));
    }
}
