using System.Text;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Testing.Storage.Contracts;

public abstract class WorkQueuesContract
{
    private readonly IStorageSource _source;

    private protected WorkQueuesContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Queues_and_their_poison_queues_are_created_once()
    {
        var storage = await _source.CreateAsync(Token);

        await storage.Queues.CreateAsync(Token);
        await storage.Queues.CreateAsync(Token);

        foreach (var name in QueueNames.All)
        {
            Assert.NotNull(await storage.RawMessagesAsync(name, Token));
            Assert.NotNull(await storage.RawMessagesAsync(name + QueueNames.PoisonSuffix, Token));
        }
    }

    [Fact]
    public async Task A_host_check_has_this_message()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.Queues.CreateAsync(Token);

        await storage.Queues.SendHostCheckAsync(new HostKey("08", "h_a"), "step", TimeSpan.Zero, Token);

        var message = await ReceiveAsync(storage, QueueNames.PageChecks);
        Assert.Equal("""{"v":2,"shard":"08","host":"h_a","run":"step"}""", MessageNotes.Strip(message!.Text!));
        Assert.NotNull(MessageNotes.Read(message.Text).DueAt);
    }

    [Fact]
    public async Task A_nudge_has_this_message()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.Queues.CreateAsync(Token);

        await storage.Queues.SendAlertNudgeAsync(new ProjectId("prj_a"), TimeSpan.Zero, Token);

        Assert.Equal("""{"v":1,"project":"prj_a"}""", MessageNotes.Strip((await ReceiveAsync(storage, QueueNames.Alerts))!.Text!));
    }

    [Fact]
    public async Task Messages_are_base64_on_the_wire()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.Queues.CreateAsync(Token);

        await storage.Queues.ResendAsync(QueueNames.Alerts, "日本", Token);

        var raw = Assert.Single((await storage.RawMessagesAsync(QueueNames.Alerts, Token))!);
        Assert.Equal(Convert.ToBase64String(Encoding.UTF8.GetBytes("日本")), raw);
    }

    [Fact]
    public async Task A_delayed_message_is_not_seen_yet()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.Queues.CreateAsync(Token);

        await storage.Queues.SendHostCheckAsync(new HostKey("08", "h_a"), "step", TimeSpan.FromDays(1), Token);

        Assert.Null(await ReceiveAsync(storage, QueueNames.PageChecks));
        Assert.Equal(1, await storage.CountAsync(QueueNames.PageChecks, Token));
    }

    [Fact]
    public async Task A_message_that_is_to_wait_longer_than_the_service_allows_waits_as_long_as_it_may()
    {
        var storage = await _source.CreateAsync(Token);
        await storage.Queues.CreateAsync(Token);

        await storage.Queues.SendHostCheckAsync(new HostKey("08", "h_a"), "step", TimeSpan.FromDays(700), Token);
        await storage.Queues.SendAlertNudgeAsync(new ProjectId("prj_a"), TimeSpan.FromDays(-1), Token);

        Assert.Equal(1, await storage.CountAsync(QueueNames.PageChecks, Token));
        Assert.Null(await ReceiveAsync(storage, QueueNames.PageChecks));
        Assert.NotNull(await ReceiveAsync(storage, QueueNames.Alerts));
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_queue_that_is_not_ours()
    {
        var storage = await _source.CreateAsync(Token);

        await Assert.ThrowsAsync<ArgumentException>(() => storage.Queues.ResendAsync("other", "x", Token));
    }

    private static async Task<ReceivedMessage?> ReceiveAsync(TestStorage storage, string queue) =>
        (await storage.Messages.Open(queue).ReceiveAsync(1, TimeSpan.FromMinutes(1), Token)).SingleOrDefault();
}
