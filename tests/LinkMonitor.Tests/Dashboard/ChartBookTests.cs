using LinkMonitor.Dashboard;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Filtering;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Testing;
using LinkMonitor.Views;
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

        var first = await book.GetAsync(Widgets, Listing(), Token);
        _clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(first!.Days, (await book.GetAsync(Widgets, Listing(), Token))!.Days);
        Assert.Equal(1, reads);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(first.Days, (await book.GetAsync(Widgets, Listing(), Token))!.Days);
        await begun.Task.WaitAsync(Token);
        ended.SetResult();
    }

    [Fact]
    public async Task Today_is_as_the_page_counts_it_however_old_the_rest_is()
    {
        Reads(() => Task.CompletedTask);
        using var book = Book();
        var first = await book.GetAsync(Widgets, Listing(LinkState.Live), Token);
        var then = await book.GetAsync(Widgets, Listing(LinkState.Live, LinkState.Lost, LinkState.NotFound, LinkState.Unreachable), Token);
        _clock.Advance(TimeSpan.FromHours(12));
        var tomorrow = await book.GetAsync(Widgets, Listing(LinkState.Changed), Token);

        var today = DateOnly.FromDateTime(StorageSamples.Noon.UtcDateTime);
        Assert.Equal(new ChartDay(today, 1, 0, 0, 0), first!.Days[^1]);
        Assert.Equal(new ChartDay(today, 1, 0, 2, 1), then!.Days[^1]);
        Assert.Equal(new ChartDay(today.AddDays(1), 0, 1, 0, 0), tomorrow!.Days[^1]);
        Assert.Equal(today, tomorrow.Days[^2].Day);
    }

    [Fact]
    public async Task A_page_does_not_wait_for_one_that_takes_long()
    {
        var reading = new TaskCompletionSource();
        Reads(() => reading.Task);
        using var book = Book();

        var asked = book.GetAsync(Widgets, Listing(), Token);
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

        Assert.Null(await book.GetAsync(Widgets, Listing(), Token));
        fails = false;
        _clock.Advance(TimeSpan.FromMinutes(15));

        Assert.NotNull(await book.GetAsync(Widgets, Listing(), Token));
    }

    private LinkListing Listing(params LinkState[] states) => new(
        Widgets.Id,
        LinkSnapshot.Of(states.Select((state, number) =>
        {
            var link = StorageSamples.Link(Widgets.Id, $"https://page-{number}.example/");
            return new FactsRead(link.Id, LinkFacts.Of(link with { Status = link.Status with { State = state } }));
        }).OrderBy(read => read.Id.Value, StringComparer.Ordinal)),
        new FilterMoment(_clock.GetUtcNow(), TimeZoneInfo.Utc));

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

        Assert.Empty(Of(tally).Days);
    }

    [Fact]
    public void Days_are_counted_by_mark_from_the_first_on_and_at_least_two_weeks()
    {
        var tally = new ChartTally(Today);
        tally.Add(Status(DayLog.Parse("2026-03-29:acl")));
        tally.Add(Status(DayLog.Parse("2026-03-30:n?")));

        var days = Of(tally).Days;
        Assert.Equal(14, days.Count);
        Assert.Equal((Today.AddDays(-13), Today), (days[0].Day, days[^1].Day));
        Assert.Equal(
            [new(Today.AddDays(-2), 1, 0, 0, 0), new(Today.AddDays(-1), 0, 1, 1, 0), new(Today, 0, 0, 1, 1)], tally.Days.TakeLast(3));
        Assert.Equal([new(Today.AddDays(-1), 0, 1, 1, 0), new(Today, 0, 0, 0, 0)], days.TakeLast(2));
    }

    [Fact]
    public void Ninety_days_are_shown_and_what_was_before_them_is_not()
    {
        var tally = new ChartTally(Today);
        tally.Add(Status(DayLog.Parse($"{Today.AddDays(-95):yyyy-MM-dd}:{new string('a', 96)}")));

        Assert.Equal(90, tally.Days.Count);
        Assert.All(tally.Days, day => Assert.Equal(1, day.Live));
        Assert.Equal(90, Of(tally).Days.Count);
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

    [Theory]
    [InlineData(null, 0)]
    [InlineData(CheckOutcome.OurFault, 0)]
    [InlineData(CheckOutcome.Blocked, 1)]
    public void A_link_that_was_never_seen_is_told_by_its_last_look(CheckOutcome? look, int unknown)
    {
        var facts = new LinkFacts(new LinkId("lnk_a"), "https://a.example/")
        {
            Host = "a.example",
            Target = "https://b.example/",
            State = LinkState.Pending,
            Look = look,
            CreatedAt = 1,
            Since = 1,
        };

        Assert.Equal(new ChartDay(Today, 0, 0, 0, unknown), ChartTally.Today(Today, [facts]));
    }

    private static Chart Of(ChartTally tally) => ChartTally.ToChart(tally.Days, new ChartDay(Today, 0, 0, 0, 0));

    private static LinkStatus Status(DayLog days) => LinkStatus.New(StorageSamples.Noon.AddYears(-1)) with { Days = days };
}
