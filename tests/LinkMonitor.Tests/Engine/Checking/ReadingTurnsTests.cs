using LinkMonitor.Engine.Checking;

namespace LinkMonitor.Tests.Engine.Checking;

/// <summary>No more pages are read at a time than there are cores, and a large one alone.</summary>
public sealed class ReadingTurnsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_is_read_and_no_more_at_a_time_than_there_are_cores()
    {
        var (now, most, alone, gate) = (0, 0, true, new Lock());

        var read = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => Task.Run(
            () => ReadingTurns.RunAsync(() => Read(number % 6 == 0), number % 6 == 0 ? ReadingTurns.Large + 1 : ReadingTurns.Large, Stop),
            Stop)));

        Assert.Equal((60, true), (read.Length, alone));
        Assert.InRange(most, 1, ReadingTurns.Most);

        bool Read(bool isLarge)
        {
            lock (gate)
            {
                most = Math.Max(most, ++now);
                alone &= !isLarge || now == 1;
            }

            Thread.Yield();
            lock (gate)
                now--;
            return true;
        }
    }

    [Fact]
    public async Task A_reading_that_fails_gives_its_turn_back()
    {
        foreach (var length in (int[])[1, ReadingTurns.Large + 1])
        {
            await Assert.ThrowsAsync<InvalidOperationException>(
                () => ReadingTurns.RunAsync<int>(() => throw new InvalidOperationException(), length, Stop));
            Assert.Equal(1, await ReadingTurns.RunAsync(() => 1, length, Stop));
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ReadingTurns.RunAsync(() => 1, ReadingTurns.Large + 1, new CancellationToken(canceled: true)));
        Assert.Equal(1, await ReadingTurns.RunAsync(() => 1, 1, Stop));
    }
}
