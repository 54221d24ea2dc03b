using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Tests.Storage.Writing;

public sealed class ContentionTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_ends_with_the_first_attempt_that_is_not_lost()
    {
        var attempts = 0;

        Assert.True(await Contention.TryAsync(() => Task.FromResult(++attempts == 3), Cancelled));
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task It_gives_up_after_so_many_attempts_and_names_the_row()
    {
        var attempts = 0;

        var lost = await Assert.ThrowsAsync<ContentionException>(() => Contention.RunAsync("Link lnk_a", Lose, Cancelled));

        Assert.Equal(Contention.MaxAttempts, attempts);
        Assert.Equal("Link lnk_a was written by others at each of 20 attempts.", lost.Message);

        Task<bool> Lose() => Task.FromResult(++attempts < 0);
    }

    [Fact]
    public async Task It_gives_the_result_of_the_attempt_that_was_not_lost()
    {
        var attempts = 0;

        var result = await Contention.GetAsync("Link lnk_a", () => Task.FromResult(++attempts < 2 ? null : "done"), Cancelled);

        Assert.Equal(("done", 2), (result, attempts));
    }

    [Fact]
    public async Task An_attempt_that_throws_is_the_last()
    {
        var attempts = 0;

        await Assert.ThrowsAsync<InvalidDataException>(() => Contention.TryAsync(Fail, Cancelled));
        Assert.Equal(1, attempts);

        Task<bool> Fail()
        {
            attempts++;
            throw new InvalidDataException("Damaged.");
        }
    }
}
