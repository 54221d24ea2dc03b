using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Tests.Storage.Queues;

public sealed class AzureQueueAccessTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.001, 1)]
    [InlineData(1, 1)]
    [InlineData(29.97, 30)]
    public void A_message_never_comes_before_its_time_where_a_queue_counts_in_seconds(double delay, int whole) =>
        Assert.Equal(TimeSpan.FromSeconds(whole), AzureQueueAccess.WholeSeconds(TimeSpan.FromSeconds(delay)));
}
