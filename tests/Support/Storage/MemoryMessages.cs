using System.Globalization;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Queues;

namespace LinkMonitor.Testing.Storage;

/// <summary>The messages of one queue in the order in which they came.</summary>
internal sealed class MemoryMessages(string name, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<Stored> _messages = [];
    private bool _isCreated;
    private long _numbers;

    public void Create()
    {
        lock (_gate)
            _isCreated = true;
    }

    public void Clear()
    {
        lock (_gate)
            _messages.Clear();
    }

    public void Add(string raw, TimeSpan delay)
    {
        if (raw.Length > 64 * 1024)
            throw new StorageFailureException(StorageFailureKind.Failed, 413, "RequestBodyTooLarge", null);
        CheckDelay(delay);
        lock (Created())
            _messages.Add(new Stored(Number(), Number(), raw, 0, time.GetUtcNow(), time.GetUtcNow() + delay));
    }

    public IReadOnlyList<ReceivedMessage> Receive(int maxMessages, TimeSpan lease)
    {
        CheckDelay(lease);
        lock (Created())
        {
            var now = time.GetUtcNow();
            List<ReceivedMessage> received = [];
            for (var i = 0; i < _messages.Count && received.Count < maxMessages; i++)
            {
                if (_messages[i].VisibleAt > now)
                    continue;
                _messages[i] =
                    _messages[i] with { Receipt = Number(), DequeueCount = _messages[i].DequeueCount + 1, VisibleAt = now + lease };
                received.Add(_messages[i].ToReceived());
            }

            return received;
        }
    }

    public QueuePeek Peek()
    {
        lock (Created())
            return new QueuePeek(
                _messages.Count,
                [
                    .. _messages.Where(message => message.VisibleAt <= time.GetUtcNow()).Take(IQueueAccess.MaxBatch)
                        .Select(message => new WaitingMessage(message.Raw, message.SentAt)),
                ]);
    }

    /// <returns>The message with its new receipt; null when the receipt is not the last one.</returns>
    public ReceivedMessage? Update(ReceivedMessage message, TimeSpan delay)
    {
        CheckDelay(delay);
        lock (Created())
        {
            if (IndexOf(message) is not { } index)
                return null;
            _messages[index] = _messages[index] with { Receipt = Number(), VisibleAt = time.GetUtcNow() + delay };
            return _messages[index].ToReceived();
        }
    }

    public bool Remove(ReceivedMessage message)
    {
        lock (Created())
        {
            if (IndexOf(message) is not { } index)
                return false;
            _messages.RemoveAt(index);
            return true;
        }
    }

    /// <summary>How many there are, visible or not.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _messages.Count;
        }
    }

    /// <summary>The visible ones as they lie there; null when the queue was not created.</summary>
    public IReadOnlyList<string>? ReadVisible()
    {
        lock (_gate)
            return _isCreated
                ? [.. _messages.Where(message => message.VisibleAt <= time.GetUtcNow()).Select(message => message.Raw)]
                : null;
    }

    private Lock Created() =>
        _isCreated
            ? _gate
            : throw new StorageFailureException(StorageFailureKind.NotCreated, 404, $"The queue '{name}' does not exist.", null);

    private int? IndexOf(ReceivedMessage message) =>
        _messages.FindIndex(stored => stored.Id == message.Id && stored.Receipt == message.Receipt) is var index and >= 0 ? index : null;

    private string Number() => Interlocked.Increment(ref _numbers).ToString(CultureInfo.InvariantCulture);

    private static void CheckDelay(TimeSpan delay)
    {
        if (delay < TimeSpan.Zero || delay > TimeSpan.FromDays(7))
            throw new StorageFailureException(StorageFailureKind.Failed, 400, "OutOfRangeQueryParameterValue", null);
    }

    private sealed record Stored(
        string Id, string Receipt, string Raw, long DequeueCount, DateTimeOffset SentAt, DateTimeOffset VisibleAt)
    {
        public ReceivedMessage ToReceived() => new() { Id = Id, Receipt = Receipt, Raw = Raw, DequeueCount = DequeueCount };
    }
}
