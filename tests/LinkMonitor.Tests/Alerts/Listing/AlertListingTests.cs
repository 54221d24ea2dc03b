using LinkMonitor.Alerts.Listing;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;

namespace LinkMonitor.Tests.Alerts.Listing;

public sealed class AlertListingTests
{
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;

    private readonly ProjectId _project = ProjectId.New();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 5, 2)]
    [InlineData(5, 0, 2)]
    [InlineData(4, 3, 2)]
    [InlineData(4, 3, 4)]
    [InlineData(3, 4, 5)]
    [InlineData(7, 7, 1)]
    public async Task Every_alert_comes_once_in_slices_that_are_never_longer_than_asked_for(int open, int closed, int max)
    {
        var alerts = await FillAsync(open, closed);

        var slices = await ReadAllAsync(alerts, max);

        Assert.All(slices, slice => Assert.InRange(slice.Items.Count, 0, max));
        var expected = Enumerable.Range(0, open).Select(Open).Reverse().Concat(Enumerable.Range(0, closed).Select(Closed).Reverse());
        Assert.Equal(expected, slices.SelectMany(slice => slice.Items).Select(alert => alert.Id));
    }

    [Fact]
    public async Task An_alert_that_is_closed_between_two_slices_is_not_left_out()
    {
        var alerts = await FillAsync(open: 4, closed: 0);
        var first = await AlertListing.ReadAsync(alerts, _project, 2, null, Token);
        var oldest = (await alerts.ReadOpenAsync(_project, Token)).Items[0];
        await alerts.CloseAsync(oldest with { ClosedAt = Noon.AddHours(1) }, Token);

        var rest = await AlertListing.ReadAsync(alerts, _project, 10, first.Cursor, Token);

        Assert.Equal([Open(1), Open(0)], rest.Items.Select(alert => alert.Id));
    }

    [Theory]
    [InlineData("open.")]
    [InlineData("open.1")]
    [InlineData("open.-1.alr_aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("open.9223372036854775807.alr_aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("open.99999999999999999999.alr_aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("open.1.alr_a.b")]
    [InlineData("open.1.no alert")]
    [InlineData("2147483647")]
    public async Task A_crafted_cursor_is_refused(string cursor)
    {
        var alerts = await FillAsync(open: 1, closed: 1);

        await Assert.ThrowsAsync<InvalidCursorException>(() => AlertListing.ReadAsync(alerts, _project, 10, cursor, Token));
    }

    private async Task<List<Slice<Alert>>> ReadAllAsync(IAlertStore alerts, int max)
    {
        var slices = new List<Slice<Alert>>();
        string? cursor = null;
        do
        {
            var slice = await AlertListing.ReadAsync(alerts, _project, max, cursor, Token);
            slices.Add(slice);
            cursor = slice.Cursor;
            Assert.True(slices.Count <= 100, "The list has no end.");
        }
        while (cursor is not null);
        return slices;
    }

    private async Task<IAlertStore> FillAsync(int open, int closed)
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);
        var opening = Enumerable.Range(0, closed).Select(Closed).Concat(Enumerable.Range(0, open).Select(Open))
            .Select((id, number) => StorageSamples.Opening(StorageSamples.Alert(_project, Noon.AddMinutes(number), id)))
            .ToList();
        await storage.AlertPlans.TryWriteAsync(new PlanResult { Plan = new AlertPlan { ProjectId = _project }, Opened = opening }, Token);
        foreach (var alert in (await storage.Alerts.ReadOpenAsync(_project, Token)).Items.Take(closed))
            await storage.Alerts.CloseAsync(alert with { ClosedAt = Noon.AddHours(1) }, Token);
        return storage.Alerts;
    }

    private static string Open(int number) => Id('b', number);

    private static string Closed(int number) => Id('c', number);

    private static string Id(char kind, int number) => $"alr_{new string(kind, 25)}{(char)('a' + number)}";
}
