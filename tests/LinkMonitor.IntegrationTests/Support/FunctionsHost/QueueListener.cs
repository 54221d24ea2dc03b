using System.Text;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using LinkMonitor.Storage.Connecting;

namespace LinkMonitor.IntegrationTests.Support.FunctionsHost;

/// <summary>
/// Plays the host's queue listeners: receives what lies on the queues of the announced functions, decodes it, hands it over, and deletes it
/// or lets it come again, five times and then on the poison queue.
/// </summary>
internal sealed class QueueListener : IAsyncDisposable
{
    private const int MaxDequeueCount = 5;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    // What was sent for later becomes visible without a word, in whole seconds by the service's own clock.
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly TestFunctionsHost _host;
    private readonly string _connectionString;
    private readonly Signal _secondPassed = new();
    private readonly ITimer _seconds;
    private readonly Task _loops;

    public QueueListener(TestFunctionsHost host, string connectionString)
    {
        (_host, _connectionString) = (host, connectionString);
        _seconds = TimeProvider.System.CreateTimer(_ => _secondPassed.Give(), null, Second, Second);
        _loops = Task.WhenAll(host.Functions.Values.Where(function => function.TriggerType == "queueTrigger").Select(ListenAsync));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _loops;
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }

        await _seconds.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ListenAsync(HostedFunction function)
    {
        var queue = Queue(function.QueueName);
        while (true)
        {
            // Messages come of functions, which requests to the worker are, too.
            var more = Task.WhenAny(_host.FunctionEnded.Next, _secondPassed.Next);
            QueueMessage[] messages = await queue.ExistsAsync(_stop.Token)
                ? await queue.ReceiveMessagesAsync(16, Lease, _stop.Token)
                : [];
            await Task.WhenAll(messages.Select(message => HandleAsync(function, queue, message)));
            if (messages.Length == 0)
                await more.WaitAsync(_stop.Token);
        }
    }

    private async Task HandleAsync(HostedFunction function, QueueClient queue, QueueMessage message)
    {
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(message.Body.ToString()));
        var run = _host.StartQueue(function.Name, text);
        bool succeeded;
        try
        {
            (succeeded, _) = await run.OutcomeAsync(_stop.Token);
        }
        catch (InvalidOperationException)
        {
            // The worker has ended under it, which is a failed run.
            succeeded = false;
        }

        if (!succeeded && message.DequeueCount < MaxDequeueCount)
        {
            await queue.UpdateMessageAsync(
                message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: _stop.Token);
            return;
        }

        if (!succeeded)
        {
            var poison = Queue($"{function.QueueName}-poison");
            await poison.CreateIfNotExistsAsync(cancellationToken: _stop.Token);
            await poison.SendMessageAsync(message.Body, cancellationToken: _stop.Token);
        }

        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, _stop.Token);
    }

    private QueueClient Queue(string name) => new(_connectionString, name, new QueueClientOptions(QueueServiceVersion.Pinned));
}
