using LinkMonitor.Hosting.Functions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace LinkMonitor.Tests.Hosting.Functions;

public sealed class FunctionReaderTests
{
    private readonly FunctionRecord _record = new();

    [Fact]
    public void Queues_and_timers_are_read_from_the_attributes_and_HTTP_is_left_to_the_web_server()
    {
        var catalog = FunctionCatalog.Of(typeof(RecordingFunctions));

        Assert.Equal(["Read", "Tick"], catalog.All.Select(function => function.Definition.Name).Order(StringComparer.Ordinal));
        Assert.Equal("a-queue", Assert.IsType<QueueFunctionDefinition>(catalog.Find("Read")!.Definition).QueueName);
        Assert.Equal("0 */7 * * * *", Assert.IsType<TimerFunctionDefinition>(catalog.Find("Tick")!.Definition).Schedule);
    }

    [Fact]
    public async Task Method_gets_the_message_and_the_callers_own_token()
    {
        using var stop = new CancellationTokenSource();
        CancellationToken got = default;
        _record.Work = cancellationToken =>
        {
            got = cancellationToken;
            return Task.CompletedTask;
        };

        await RunAsync("Read", "text", stop.Token);
        await RunAsync("Tick", "", stop.Token);

        Assert.Equal(["text", "past due: False"], _record.Runs);
        Assert.Equal(stop.Token, got);
    }

    [Fact]
    public async Task What_the_method_throws_comes_out_as_it_is()
    {
        _record.Work = _ => throw new TimeoutException("Late.");

        await Assert.ThrowsAsync<TimeoutException>(() => RunAsync("Read", "text", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(typeof(BlobFunction), "trigger")]
    [InlineData(typeof(CountFunction), "count")]
    [InlineData(typeof(VoidFunction), "public instance method that returns a Task")]
    [InlineData(typeof(HiddenFunction), "public instance method that returns a Task")]
    public void Function_that_could_run_on_Azure_alone_is_refused(Type type, string reason)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => FunctionCatalog.Of(type));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    private async Task RunAsync(string function, string message, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddSingleton(_record).BuildServiceProvider();
        var runner = new FunctionRunner(services.GetRequiredService<IServiceScopeFactory>());
        await runner.RunAsync(FunctionCatalog.Of(typeof(RecordingFunctions)).Find(function)!, message, cancellationToken);
    }

    private sealed class BlobFunction(FunctionRecord record)
    {
        [Function("Blob")]
        public Task Read(string message, CancellationToken cancellationToken) => record.AddAsync(message, cancellationToken);
    }

    private sealed class CountFunction(FunctionRecord record)
    {
        [Function("Count")]
        public Task Read([QueueTrigger("a-queue")] string message, int count) =>
            record.AddAsync($"{message} {count}", CancellationToken.None);
    }

    private sealed class VoidFunction(FunctionRecord record)
    {
        [Function("Void")]
        public void Read([QueueTrigger("a-queue")] string message) => _ = record.AddAsync(message, CancellationToken.None);
    }

    private sealed class HiddenFunction(FunctionRecord record)
    {
        [Function("Hidden")]
        internal Task Read([QueueTrigger("a-queue")] string message) => record.AddAsync(message, CancellationToken.None);
    }
}
