using LinkMonitor.Alerts.Posting;
using LinkMonitor.Storage.Projects;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Channels;

/// <summary>Keeps test messages from becoming a way to post to strangers: so many in a minute for one project, in this process.</summary>
internal sealed class TestLimit(IOptions<ChannelOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<ProjectId, Queue<DateTimeOffset>> _sent = [];

    /// <summary>For how many projects something is remembered.</summary>
    internal int Projects => _sent.Count;

    /// <returns>Null when one may be sent, which then counts; otherwise how long to wait.</returns>
    public TimeSpan? Take(ProjectId project)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            ForgetOld(now);
            if (!_sent.TryGetValue(project, out var sent))
                _sent[project] = sent = new Queue<DateTimeOffset>();
            if (sent.Count >= options.Value.TestsPerMinute)
                return sent.Peek() + Window - now;
            sent.Enqueue(now);
            return null;
        }
    }

    // Test messages are rare: at most a few projects are remembered at a time.
    private void ForgetOld(DateTimeOffset now)
    {
        foreach (var (project, sent) in _sent)
        {
            while (sent.TryPeek(out var first) && now - first >= Window)
                sent.Dequeue();
            if (sent.Count == 0)
                _sent.Remove(project);
        }
    }
}
