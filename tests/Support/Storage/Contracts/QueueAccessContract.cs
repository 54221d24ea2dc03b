using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Testing.Storage.Contracts;

/// <summary>What readers and senders rely on in a queue.</summary>
public abstract class QueueAccessContract
{
    private const string Name = "contract";
    private const string PoisonName = Name + QueueNames.PoisonSuffix;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private readonly IStorageSource _source;

    private protected QueueAccessContract(IStorageSource source) => _source = source;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_received_once_and_gone_when_deleted()
    {
        var (storage, queue) = await QueueAsync();
        await queue.SendAsync("Ünïcödé 🔗 <&>", TimeSpan.Zero, Token);

        var message = Assert.Single(await queue.ReceiveAsync(IQueueAccess.MaxBatch, Lease, Token));

        Assert.Equal(("Ünïcödé 🔗 <&>", 1L), (message.Text, message.DequeueCount));
        Assert.Empty(await queue.ReceiveAsync(IQueueAccess.MaxBatch, Lease, Token));
        Assert.Equal(1, await storage.CountAsync(Name, Token));
        Assert.True(await queue.DeleteAsync(message, Token));
        Assert.Equal(0, await storage.CountAsync(Name, Token));
    }

    [Fact]
    public async Task A_message_that_is_put_back_comes_again_and_counts_its_deliveries()
    {
        var (_, queue) = await QueueAsync();
        await queue.SendAsync("again", TimeSpan.Zero, Token);

        for (var delivery = 1; delivery <= 3; delivery++)
        {
            var message = await ReceiveSoonAsync(queue);
            Assert.Equal(("again", (long)delivery), (message.Text, message.DequeueCount));
            Assert.True(await queue.ReleaseAsync(message, TimeSpan.Zero, Token));
        }
    }

    [Fact]
    public async Task A_look_counts_all_messages_and_shows_those_that_could_be_received_without_taking_them()
    {
        var (_, queue) = await QueueAsync();
        await queue.SendAsync("now", TimeSpan.Zero, Token);
        await queue.SendAsync("later", TimeSpan.FromDays(1), Token);

        var queued = await queue.PeekAsync(Token);
        var message = Assert.Single(await queue.ReceiveAsync(IQueueAccess.MaxBatch, Lease, Token));
        var after = await queue.PeekAsync(Token);

        Assert.Equal(2, queued.Messages);
        Assert.Equal("now", QueueText.Decode(Assert.Single(queued.Visible).Raw));
        var now = TimeProvider.System.GetUtcNow();
        Assert.InRange(queued.WaitingSince!.Value, now.AddHours(-1), now.AddHours(1));
        Assert.Equal(1, message.DequeueCount);
        Assert.Equal((2, 0, null), (after.Messages, after.Visible.Count, after.WaitingSince));
    }

    [Fact]
    public async Task A_look_at_a_queue_that_is_not_there_says_so()
    {
        var storage = await _source.CreateAsync(Token);

        var failure = await Assert.ThrowsAsync<StorageFailureException>(() => storage.Messages.Open("absent").PeekAsync(Token));

        Assert.Equal(StorageFailureKind.NotCreated, failure.Kind);
    }

    [Fact]
    public async Task A_message_that_is_put_back_or_sent_for_later_is_not_seen_before()
    {
        var (storage, queue) = await QueueAsync();
        await queue.SendAsync("now", TimeSpan.Zero, Token);
        await queue.SendAsync("later", TimeSpan.FromDays(7), Token);

        var message = await ReceiveSoonAsync(queue);
        Assert.True(await queue.ReleaseAsync(message, TimeSpan.FromHours(1), Token));

        Assert.Equal("now", message.Text);
        Assert.Empty(await queue.ReceiveAsync(IQueueAccess.MaxBatch, Lease, Token));
        Assert.Equal(2, await storage.CountAsync(Name, Token));
    }

    [Fact]
    public async Task A_renewal_gives_a_new_receipt_and_only_the_last_one_counts()
    {
        var (_, queue) = await QueueAsync();
        await queue.SendAsync("long", TimeSpan.Zero, Token);
        var received = await ReceiveSoonAsync(queue);

        var renewed = (await queue.RenewAsync(received, Lease, Token))!;

        Assert.Equal((received.Id, received.Text), (renewed.Id, renewed.Text));
        Assert.NotEqual(received.Receipt, renewed.Receipt);
        Assert.Empty(await queue.ReceiveAsync(1, Lease, Token));
        Assert.False(await queue.DeleteAsync(received, Token));
        Assert.True(await queue.DeleteAsync(renewed, Token));
    }

    [Fact]
    public async Task Who_lost_a_message_to_another_can_neither_renew_nor_release_nor_delete_it()
    {
        var (storage, queue) = await QueueAsync();
        await queue.SendAsync("contested", TimeSpan.Zero, Token);
        var first = await ReceiveSoonAsync(queue);
        await queue.ReleaseAsync(first, TimeSpan.Zero, Token);
        var second = await ReceiveSoonAsync(queue);

        Assert.Null(await queue.RenewAsync(first, Lease, Token));
        Assert.False(await queue.ReleaseAsync(first, TimeSpan.Zero, Token));
        Assert.False(await queue.DeleteAsync(first, Token));
        Assert.True(await queue.DeleteAsync(second, Token));
        Assert.Null(await queue.RenewAsync(second, Lease, Token));
        Assert.Equal(0, await storage.CountAsync(Name, Token));
    }

    [Fact]
    public async Task A_message_given_up_lies_on_the_poison_queue_and_nowhere_else()
    {
        var (storage, queue) = await QueueAsync();
        await queue.SendAsync("bad", TimeSpan.Zero, Token);

        Assert.True(await queue.MoveToPoisonAsync(await ReceiveSoonAsync(queue), Token));

        Assert.Equal(0, await storage.CountAsync(Name, Token));
        var poisoned = await ReceiveSoonAsync(storage.Messages.Open(PoisonName));
        Assert.Equal(("bad", 1L), (poisoned.Text, poisoned.DequeueCount));
    }

    [Fact]
    public async Task A_message_that_went_to_another_while_it_was_given_up_is_on_both_queues_rather_than_on_none()
    {
        var (storage, queue) = await QueueAsync();
        await queue.SendAsync("bad", TimeSpan.Zero, Token);
        var first = await ReceiveSoonAsync(queue);
        await queue.ReleaseAsync(first, TimeSpan.Zero, Token);

        Assert.False(await queue.MoveToPoisonAsync(first, Token));

        Assert.Equal((1, 1), (await storage.CountAsync(Name, Token), await storage.CountAsync(PoisonName, Token)));
    }

    [Fact]
    public async Task A_poison_queue_has_no_poison_queue()
    {
        var (storage, queue) = await QueueAsync();
        var poison = storage.Messages.Open(PoisonName);
        await poison.SendAsync("bad", TimeSpan.Zero, Token);
        var message = await ReceiveSoonAsync(poison);

        Assert.Equal((true, false), (queue.HasPoison, poison.HasPoison));
        await Assert.ThrowsAsync<InvalidOperationException>(() => poison.MoveToPoisonAsync(message, Token));
    }

    [Fact]
    public async Task One_message_that_cannot_be_read_does_not_spoil_the_batch()
    {
        var (storage, queue) = await QueueAsync();
        await storage.SendRawAsync(Name, "not base64!", Token);
        await queue.SendAsync("good", TimeSpan.Zero, Token);

        var messages = await queue.ReceiveAsync(IQueueAccess.MaxBatch, Lease, Token);

        Assert.Equal(
            [("not base64!", null), (Convert.ToBase64String("good"u8), "good")], messages.Select(message => (message.Raw, message.Text)));
        await queue.MoveToPoisonAsync(messages[0], Token);
        Assert.Equal("not base64!", (await ReceiveSoonAsync(storage.Messages.Open(PoisonName))).Text);
    }

    [Fact]
    public async Task No_more_messages_come_at_once_than_asked_for()
    {
        var (_, queue) = await QueueAsync();
        foreach (var number in Enumerable.Range(1, 5))
            await queue.SendAsync($"{number}", TimeSpan.Zero, Token);

        Assert.Equal(["1", "2", "3"], (await queue.ReceiveAsync(3, Lease, Token)).Select(message => message.Text));
        Assert.Equal(["4", "5"], (await queue.ReceiveAsync(3, Lease, Token)).Select(message => message.Text));
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_told_as_such_until_it_is_created()
    {
        var queue = (await _source.CreateAsync(Token)).Messages.Open(Name);

        var received = await Assert.ThrowsAsync<StorageFailureException>(() => queue.ReceiveAsync(1, Lease, Token));
        var sent = await Assert.ThrowsAsync<StorageFailureException>(() => queue.SendAsync("x", TimeSpan.Zero, Token));
        await queue.CreateAsync(Token);
        await queue.CreateAsync(Token);

        Assert.Equal((StorageFailureKind.NotCreated, StorageFailureKind.NotCreated), (received.Kind, sent.Kind));
        Assert.Empty(await queue.ReceiveAsync(1, Lease, Token));
    }

    [Fact]
    public async Task A_message_beyond_the_limit_of_the_service_is_a_failure_and_not_cut()
    {
        var (storage, queue) = await QueueAsync();

        var failure = await Assert.ThrowsAsync<StorageFailureException>(
            () => queue.SendAsync(new string('x', 60_000), TimeSpan.Zero, Token));

        Assert.Equal(StorageFailureKind.Failed, failure.Kind);
        Assert.Equal(0, await storage.CountAsync(Name, Token));
    }

    private async Task<(TestStorage Storage, IQueueAccess Queue)> QueueAsync()
    {
        var storage = await _source.CreateAsync(Token);
        var queue = storage.Messages.Open(Name);
        await queue.CreateAsync(Token);
        return (storage, queue);
    }

    // Visible "now" is by the service's clock, which another thread may be ahead of: a read may come too early, but not for long.
    private static async Task<ReceivedMessage> ReceiveSoonAsync(IQueueAccess queue)
    {
        for (var look = 0; look < 1_000; look++)
            if (await queue.ReceiveAsync(1, Lease, Token) is [var message])
                return message;
        throw new InvalidOperationException("No message became visible.");
    }
}
