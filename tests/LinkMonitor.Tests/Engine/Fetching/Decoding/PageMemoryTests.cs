using LinkMonitor.Engine.Fetching.Decoding;

namespace LinkMonitor.Tests.Engine.Fetching.Decoding;

/// <summary>All fetches draw on one budget: they wait for it, and none of them for ever.</summary>
public sealed class PageMemoryTests
{
    private const int Mebi = 1024 * 1024;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fetch_waits_for_its_share_until_another_gives_one_back()
    {
        using var memory = new PageMemory(4 * Mebi, Mebi);
        using var one = new MemoryShare(memory);
        using var two = new MemoryShare(memory);
        using var three = new MemoryShare(memory);
        await one.TakeAsync(Stop);
        await two.TakeAsync(Stop);

        var waiting = three.TakeAsync(Stop).AsTask();

        Assert.Equal((false, 0), (waiting.IsCompleted, memory.SmallLeft));
        one.Release();
        await waiting;
        two.Release();
        three.Release();
        three.Release();
        Assert.Equal(2, memory.SmallLeft);
    }

    [Fact]
    public async Task Large_pages_wait_for_each_other_and_never_keep_small_ones_waiting()
    {
        using var memory = new PageMemory(32 * Mebi, 16 * Mebi);
        var body = new byte[16 * Mebi];
        using var holder = new MemoryShare(memory);
        await ReadAsync(holder, body);

        using var second = new MemoryShare(memory);
        var waiting = ReadAsync(second, body);
        using var small = new MemoryShare(memory);
        Assert.Equal(Mebi - 1, (await ReadAsync(small, new byte[Mebi - 1])).Length);

        Assert.Equal((false, 0), (waiting.IsCompleted, memory.LargeLeft));
        holder.Release();
        Assert.Equal(16 * Mebi, (await waiting).Length);
        second.Release();
        Assert.Equal(1, memory.LargeLeft);
    }

    [Fact]
    public async Task However_many_large_pages_come_at_once_all_of_them_are_read()
    {
        using var memory = new PageMemory(8 * Mebi, 3 * Mebi);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(async number =>
        {
            using var share = new MemoryShare(memory);
            await share.TakeAsync(Stop);
            var body = await ReadAsync(share, new byte[(number % 4) * Mebi]);
            Assert.Equal((number % 4) * Mebi, body.Length);
        }));

        Assert.Equal((4, 1), (memory.SmallLeft, memory.LargeLeft));
    }

    [Fact]
    public async Task Whoever_stops_waiting_has_nothing_to_give_back()
    {
        using var memory = new PageMemory(0, Mebi);
        using var holder = new MemoryShare(memory);
        await holder.TakeAsync(Stop);
        using var source = new CancellationTokenSource();
        using var waiting = new MemoryShare(memory);

        var taking = waiting.TakeAsync(source.Token).AsTask();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking);
        waiting.Release();
        holder.Release();
        Assert.Equal(1, memory.SmallLeft);
    }

    private static Task<ReadOnlyMemory<byte>> ReadAsync(MemoryShare share, byte[] body) =>
        BodyReader.ReadAsync(new MemoryStream(body), share, wait => wait(), Stop);
}
