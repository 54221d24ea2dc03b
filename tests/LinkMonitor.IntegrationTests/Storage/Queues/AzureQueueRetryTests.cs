using Azure.Core;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.IntegrationTests.Storage.Queues;

/// <summary>What becomes of a call to a queue when the line or the service fails.</summary>
public sealed class AzureQueueRetryTests(AzuriteFixture azurite)
{
    private readonly string _name = azurite.UniqueName("retry");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_passing_failure_is_tried_again(int status)
    {
        await using var proxy = await StartAsync();
        await Through(proxy).CreateAsync(Stop);
        var before = proxy.Requests.Count;
        proxy.Next(ProxyFault.Answer(status), ProxyFault.Answer(status));

        await Through(proxy).SendAsync("sent", TimeSpan.Zero, Stop);

        Assert.Equal(before + 3, proxy.Requests.Count);
    }

    [Fact]
    public async Task A_service_that_stays_busy_is_one_failure_with_its_status()
    {
        await using var proxy = await StartAsync();
        proxy.Next(Enumerable.Repeat(ProxyFault.Answer(503), 4));

        var failure = await Assert.ThrowsAsync<StorageFailureException>(
            () => Through(proxy).ReceiveAsync(1, TimeSpan.FromMinutes(1), Stop));

        Assert.Equal((StorageFailureKind.Failed, 503), (failure.Kind, failure.Status));
        Assert.Equal(4, proxy.Requests.Count);
    }

    [Fact]
    public async Task A_service_that_never_answers_is_one_failure_with_every_try_in_it()
    {
        await using var proxy = await StartAsync();
        proxy.Next(Enumerable.Repeat(ProxyFault.CutBefore, 4));

        var failure = await Assert.ThrowsAsync<StorageFailureException>(
            () => Through(proxy).ReceiveAsync(1, TimeSpan.FromMinutes(1), Stop));

        Assert.Equal((StorageFailureKind.NoAnswer, 0), (failure.Kind, failure.Status));
        Assert.Equal(4, Assert.IsType<AggregateException>(failure.InnerException).InnerExceptions.Count);
    }

    [Fact]
    public async Task A_message_whose_delete_was_not_answered_is_gone()
    {
        await using var proxy = await StartAsync();
        var queue = Through(proxy);
        await queue.CreateAsync(Stop);
        await queue.SendAsync("once", TimeSpan.Zero, Stop);
        var message = Assert.Single(await queue.ReceiveAsync(1, TimeSpan.FromMinutes(1), Stop));
        proxy.Next(ProxyFault.CutAfter);

        await queue.DeleteAsync(message, Stop);

        Assert.Null(await queue.RenewAsync(message, TimeSpan.FromSeconds(1), Stop));
    }

    private Task<StorageProxy> StartAsync() => StorageProxy.StartAsync(azurite.QueueEndpoint, null, Stop);

    /// <summary>A queue through the proxy, with retries that do not wait.</summary>
    private IQueueAccess Through(StorageProxy proxy) => StorageConnection.Open(new StorageOptions
    {
        ConnectionString =
            azurite.ConnectionString.Replace(azurite.QueueEndpoint.ToString(), proxy.Endpoint.ToString(), StringComparison.Ordinal),
        ConfigureQueues = options =>
        {
            options.Retry.Mode = RetryMode.Fixed;
            options.Retry.Delay = TimeSpan.FromMilliseconds(1);
            options.Retry.MaxRetries = 3;
        },
    }).Queues.Open(_name);
}
