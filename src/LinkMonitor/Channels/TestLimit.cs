using System.Collections.Concurrent;
using LinkMonitor.Alerts.Posting;
using LinkMonitor.Storage.Projects;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Channels;

/// <summary>Keeps test messages from becoming a way to post to strangers: so many in a minute for one project, in this process.</summary>
internal sealed class TestLimit(IOptions<ChannelOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ProjectId, Queue<DateTimeOffset>> _sent = new();

    /// <returns>Null when one may be sent, which then counts; otherwise how long to wait.</returns>
    public TimeSpan? Take(ProjectId project)
    {
        var now = time.GetUtcNow();
        var sent = _sent.GetOrAdd(project, _ => new Queue<DateTimeOffset>());
        lock (sent)
        {
            while (sent.TryPeek(out var first) && now - first >= Window)
                sent.Dequeue();
            if (sent.Count >= options.Value.TestsPerMinute)
                return sent.Peek() + Window - now;
            sent.Enqueue(now);
            return null;
        }
    }
}
