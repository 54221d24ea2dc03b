using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Telling;

/// <summary>The deliveries of one project that one worker makes in one go.</summary>
/// <param name="Project">Null for notices to the operator.</param>
internal sealed record DeliveryRun(Project? Project, IReadOnlyDictionary<string, Channel> Channels)
{
    /// <summary>Channels that failed in this run, and until when they are left alone: one that hangs is not to hold up the others again and again.</summary>
    public Dictionary<string, DateTimeOffset> Resting { get; } = new(StringComparer.Ordinal);

    public Channel? ChannelOf(Delivery delivery) => delivery.ChannelId is { } id ? Channels.GetValueOrDefault(id) : null;
}
