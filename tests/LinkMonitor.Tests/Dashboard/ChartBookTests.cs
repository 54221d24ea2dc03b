using LinkMonitor.Dashboard;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace LinkMonitor.Tests.Dashboard;

public sealed class ChartBookTests
{
    private static readonly Project Widgets = StorageSamples.Project(new ProjectId("prj_a"));

    private readonly Mock<ILinkStore> _links = new();
    private readonly ManualTimeProvider _clock = new(StorageSamples.Noon);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chart_is_made_once_in_a_quarter_of_an_hour_and_the_former_is_shown_until_then()
    {
        var reads = 0;
        TaskCompletionSource begun = new(), ended = new();
        Reads(() =>
        {
            if (++reads == 1)
                return Task.CompletedTask;
            begun.SetResult();
            return ended.Task;
        });
        using var book = Book();

        var first = await book.GetAsync(Widgets, Token);
        _clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Same(first, await book.GetAsync(Widgets, Token));
        Assert.Equal(1, reads);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Same(first, await book.GetAsync(Widgets, Token));
        await begun.Task.WaitAsync(Token);
        ended.SetResult();
        Assert.NotNull(first);
    }

    [Fact]
    public async Task A_page_does_not_wait_for_one_that_takes_long()
    {
        var reading = new TaskCompletionSource();
        Reads(() => reading.Task);
        using var book = Book();

        var asked = book.GetAsync(Widgets, Token);
        _clock.Advance(ChartBook.Patience);

        Assert.Null(await asked);
        reading.SetResult();
    }

    [Fact]
    public async Task One_that_cannot_be_made_is_none_and_is_tried_again_later()
    {
        var fails = true;
        Reads(() => fails ? throw new InvalidOperationException("Storage is away.") : Task.CompletedTask);
        using var book = Book();

        Assert.Null(await book.GetAsync(Widgets, Token));
        fails = false;
        _clock.Advance(TimeSpan.FromMinutes(15));

        Assert.NotNull(await book.GetAsync(Widgets, Token));
    }

    private ChartBook Book() => new(_links.Object, _clock, NullLogger<ChartBook>.Instance);

    private void Reads(Func<Task> wait) => _links
        .Setup(links => links.ListAsync(
            Widgets.Id, It.IsAny<LinkFilter>(), It.IsAny<int>(), It.IsAny<string?>(), It.IsAny<CancellationToken>()))
        .Returns(async () =>
        {
            await wait();
            return new Slice<WatchedLink>([StorageSamples.FullLink(Widgets.Id)], null);
        });
}

public sealed class ChartTallyTests
{
    private static readonly DateOnly Today = new(2026, 3, 31);

    [Fact]
    public void Before_the_first_check_there_are_no_days()
    {
        var tally = new ChartTally(Today);
        tally.Add(LinkStatus.New(StorageSamples.Noon));

        Assert.Empty(tally.Days);
    }

    [Fact]
    public void Days_are_counted_by_mark_from_the_first_on_and_at_least_two_weeks()
    {
        var tally = new ChartTally(Today);
        tally.Add(Status(DayLog.Parse("2026-03-29:acl")));
        tally.Add(Status(DayLog.Parse("2026-03-30:n?")));

        Assert.Equal(14, tally.Days.Count);
        Assert.Equal((Today.AddDays(-13), Today), (tally.Days[0].Day, tally.Days[^1].Day));
        Assert.Equal(
            [new(Today.AddDays(-2), 1, 0, 0, 0), new(Today.AddDays(-1), 0, 1, 1, 0), new(Today, 0, 0, 1, 1)], tally.Days.TakeLast(3));
    }

    [Fact]
    public void Ninety_days_are_shown_and_what_was_before_them_is_not()
    {
        var tally = new ChartTally(Today);
        tally.Add(Status(DayLog.Parse($"{Today.AddDays(-95):yyyy-MM-dd}:{new string('a', 96)}")));

        Assert.Equal(90, tally.Days.Count);
        Assert.All(tally.Days, day => Assert.Equal(1, day.Live));
    }

    [Fact]
    public void Today_is_what_it_has_come_to_and_the_days_before_are_at_their_best()
    {
        var tally = new ChartTally(Today);
        var days = DayLog.Parse("2026-03-30:aa");
        tally.Add(Status(days) with { State = LinkState.Lost, Since = new(Today, new TimeOnly(9, 0), TimeSpan.Zero) });
        tally.Add(Status(days) with { State = LinkState.Lost, Since = new(Today.AddDays(-1), new TimeOnly(9, 0), TimeSpan.Zero) });

        Assert.Equal([new(Today.AddDays(-1), 2, 0, 0, 0), new(Today, 1, 0, 1, 0)], tally.Days.TakeLast(2));
    }

    private static LinkStatus Status(DayLog days) => LinkStatus.New(StorageSamples.Noon.AddYears(-1)) with { Days = days };
}
