using System.Collections.Concurrent;
using LinkMonitor.Alerts.Kinds;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Telling;

/// <summary>The deliveries of one project that one worker makes in one go.</summary>
/// <param name="Project">Null for notices to the operator.</param>
internal sealed record DeliveryRun(Project? Project, IReadOnlyDictionary<string, Channel> Channels, RunBudget Budget, RestingRoutes Routes)
{
    /// <summary>So many mails are on their way at once: servers limit the connections of one client.</summary>
    private const int MailLanes = 4;

    /// <summary>Channels of which nobody knows whether and what they want: their rows cannot be read.</summary>
    public IReadOnlySet<string> Unreadable { get; init; } = new HashSet<string>();

    /// <summary>Channels that failed in this run, and until when they are left alone.</summary>
    public ConcurrentDictionary<string, DateTimeOffset> Resting { get; } = new(StringComparer.Ordinal);

    /// <summary>Read for the first digest of the run, and the same for the others.</summary>
    public DigestReads Digests { get; } = new();

    public Channel? ChannelOf(Delivery delivery) => delivery.ChannelId is { } id ? Channels.GetValueOrDefault(id) : null;

    /// <summary>What it leaves by: all mail shares the mail server; everything else has its own host.</summary>
    public string RouteOf(Delivery delivery) => delivery.Channel == ChannelKind.Email
        ? "mail"
        : $"{delivery.Channel} {(ChannelOf(delivery) is { } channel ? channel.Recipient() : delivery.Recipient)}";

    /// <summary>Deliveries of one lane go one after the other, lanes side by side.</summary>
    public string LaneOf(Delivery delivery, int index) =>
        delivery.Channel == ChannelKind.Email ? $"mail {index % MailLanes}" : RouteOf(delivery);
}
