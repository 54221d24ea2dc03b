using LinkMonitor.Alerts.Sending;

namespace LinkMonitor.Tests.Alerts.Sending;

public sealed class TopItemsTests
{
    [Fact]
    public void What_is_kept_is_the_head_of_the_sorted_list_and_all_are_counted()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var all = Enumerable.Range(0, random.Next(60)).Select(_ => random.Next(40)).ToList();
            var foremost = new TopItems<int>(10, Comparer<int>.Default);
            foreach (var item in all)
                foremost.Add(item);

            Assert.Equal(all.Order().Take(10), foremost.Items);
            Assert.Equal(all.Count, foremost.Count);
        }
    }
}
