using System.Collections.Concurrent;
using System.Threading.Channels;
using Azure.Storage.Queues;
using LinkMonitor.Hosting.Functions;
using LinkMonitor.Hosting.Standalone;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Connecting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LinkMonitor.IntegrationTests.Hosting;

/// <summary>One queue with its poison queue on Azurite, and copies of the process that read it.</summary>
internal sealed class LoopDriver : IAsyncDisposable
{
    private readonly List<IHost> _copies = [];
    private readonly Channel<string> _begun = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<string> _runs = new();
    private readonly string _name;
    private readonly string _connectionString;

    public LoopDriver(AzuriteFixture azurite)
    {
        _name = azurite.UniqueName("loop");
        _connectionString = azurite.ConnectionString;
        Queue =
            new QueueClient(_connectionString, _name, new(QueueServiceVersion.Pinned) { MessageEncoding = QueueMessageEncoding.Base64 });
        Poison =
            new QueueClient(
                _connectionString, $"{_name}-poison", new(QueueServiceVersion.Pinned) { MessageEncoding = QueueMessageEncoding.Base64 });
    }

    /// <summary>The queue as the senders see it.</summary>
    public QueueClient Queue { get; }

    public QueueClient Poison { get; }

    public LoopOptions Options { get; init; } = new()
    {
        RetryDelay = TimeSpan.Zero,
        MinPollingInterval = TimeSpan.FromMilliseconds(10),
        MaxPollingInterval = TimeSpan.FromMilliseconds(50),
    };

    /// <summary>What a run does after it was recorded.</summary>
    public Func<string, CancellationToken, Task> Work { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>The messages the functions got, in order, of all copies.</summary>
    public IReadOnlyList<string> Runs => [.. _runs];

    public ValueTask<string> NextRunAsync(CancellationToken cancellationToken) => _begun.Reader.ReadAsync(cancellationToken);

    public async Task<IHost> StartCopyAsync(CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        var function = new QueueFunctionDefinition("Recording", _name);
        builder.Services.AddSingleton(new FunctionCatalog([new(function, (_, message, stop) => RecordAsync(message, stop))]));
        builder.Services.AddSingleton<FunctionRunner>();
        builder.Services.AddSingleton(StorageConnection.Open(new StorageOptions { ConnectionString = _connectionString }).Queues);
        builder.Services.AddStandaloneLoops(Options);
        var copy = builder.Build();
        _copies.Add(copy);
        await copy.StartAsync(cancellationToken);
        return copy;
    }

    /// <summary>Completes when the queue holds nothing, visible or not; asked again and again, as storage gives no signal.</summary>
    public async Task EmptyAsync(CancellationToken cancellationToken)
    {
        while ((await Queue.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount > 0)
            await Task.Yield();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var copy in _copies)
        {
            await copy.StopAsync(CancellationToken.None);
            copy.Dispose();
        }
    }

    private Task RecordAsync(string message, CancellationToken cancellationToken)
    {
        _runs.Enqueue(message);
        _begun.Writer.TryWrite(message);
        return Work(message, cancellationToken);
    }
}
