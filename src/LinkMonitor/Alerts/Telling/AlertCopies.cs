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

    /// <summary>The subject of what is sent whole; null when nothing was yet. What a digest has to say, for one, is known only then.</summary>
    public string? Subject { get; private set; }

    /// <returns>Null when what it was about no longer exists.</returns>
    public async Task<AlertMail?> ComposeAsync(Delivery delivery, Channel? channel)
    {
        var digest = alert.Kind == AlertKind.Digest ? channel?.Id.Value : null;
        var mail = await _mails.GetOrAdd(
            (delivery.Part, delivery.Parts, digest),
            _ => new Lazy<Task<AlertMail?>>(() => compose(alert, channel, PartOf(delivery)))).Value;
        if (delivery.Parts == 1 && mail is not null)
            Subject = mail.Subject;
        return mail;
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
