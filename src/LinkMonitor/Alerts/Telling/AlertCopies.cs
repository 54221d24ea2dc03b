using System.Collections.Concurrent;
using LinkMonitor.Alerts.Composing;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Alerts.Telling;

/// <summary>The words of one alert, written once for all who get it: recipients differ only in their address and how to unsubscribe.</summary>
internal sealed class AlertCopies(
    Project? project,
    Alert alert,
    IReadOnlyList<LinkChange> changes,
    Func<Alert, Channel?, IReadOnlyList<LinkChange>, Task<AlertMail?>> compose)
{
    // By part, and for a digest by channel, which is the only one it has.
    private readonly ConcurrentDictionary<(int Part, int Parts, string? Channel), Lazy<Task<AlertMail?>>> _mails = new();

    public Project? Project => project;

    public Alert Alert => alert;

    /// <returns>Null when what it was about no longer exists.</returns>
    public Task<AlertMail?> ComposeAsync(Delivery delivery, Channel? channel)
    {
        var digest = alert.Kind == AlertKind.Digest ? channel?.Id.Value : null;
        return _mails.GetOrAdd(
            (delivery.Part, delivery.Parts, digest),
            _ => new Lazy<Task<AlertMail?>>(() => compose(alert, channel, PartOf(delivery)))).Value;
    }

    /// <summary>The changes that a delivery reports. The same come in the same part at every attempt: their number and order never change.</summary>
    public IReadOnlyList<LinkChange> PartOf(Delivery delivery)
    {
        if (delivery.Parts == 1)
            return changes;
        var size = (changes.Count + delivery.Parts - 1) / delivery.Parts;
        return [.. changes.Skip((delivery.Part - 1) * size).Take(size)];
    }
}
