using LinkMonitor.Alerts.Kinds;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using Microsoft.Extensions.Options;
using TellingTime = LinkMonitor.Storage.Channels.Telling;

namespace LinkMonitor.Alerts.Telling;

/// <summary>
/// What is kept for channels whose rows cannot be read: nobody knows whether they are paused, unsubscribed, or want it at all. It waits until they can be
/// read, and no longer than anything else that cannot be delivered.
/// </summary>
internal sealed class KeptCopies(AlertDrafting drafting, IOptions<TellingOptions> options, TimeProvider time)
{
    /// <summary>How soon it is looked again whether the channel can be read.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    private const string NotChosen = "The channel does not want it; its row could not be read when it was planned.";
    private const string Unreadable = "The channel's row cannot be read; see /api/v1/failures/set-aside.";

    /// <summary>The alert with real copies in the place of those kept for channels that can be read by now.</summary>
    public Alert Resolve(DeliveryRun run, Alert alert, IReadOnlyList<LinkChange> changes) =>
        alert.Deliveries.Any(delivery => IsResolved(run, delivery))
            ? alert with { Deliveries = [.. alert.Deliveries.SelectMany(delivery => IsResolved(run, delivery) ? CopiesOf(run, alert, delivery, changes) : [delivery])] }
            : alert;

    /// <summary>The delivery as it waits on, or is given up; null when its channel can be read.</summary>
    public Delivery? Wait(DeliveryRun run, Alert alert, Delivery delivery)
    {
        if (delivery.ChannelId is not { } id || !run.Unreadable.Contains(id))
            return null;
        var now = time.GetUtcNow();
        return now - alert.CreatedAt >= options.Value.GiveUpAfter
            ? delivery with { State = DeliveryState.Failed, Error = Unreadable, NextAttemptAt = null }
            : delivery with { Error = Unreadable, NextAttemptAt = now + Pause };
    }

    private static bool IsResolved(DeliveryRun run, Delivery delivery) =>
        delivery is { State: DeliveryState.Waiting, IsKept: true } && run.ChannelOf(delivery) is not null;

    private IReadOnlyList<Delivery> CopiesOf(DeliveryRun run, Alert alert, Delivery kept, IReadOnlyList<LinkChange> changes)
    {
        var channel = run.ChannelOf(kept)!;
        return channel.State != ChannelState.Active || IsWanted(alert.Kind, channel.Choice, changes)
            ? drafting.CopiesFor(run.Project!, channel, changes.Count, time.GetUtcNow())
            : [kept with { State = DeliveryState.Dropped, Channel = channel.Kind, Recipient = channel.Recipient(), Error = NotChosen, NextAttemptAt = null }];
    }

    private static bool IsWanted(AlertKind kind, TellingChoice choice, IReadOnlyList<LinkChange> changes) => kind switch
    {
        AlertKind.Incident => changes.Any(change => choice.For(change) == TellingTime.AtOnce),
        AlertKind.Unstable => choice.For(Topics.Unstable) == TellingTime.AtOnce,
        AlertKind.Settled => choice.For(Topics.Unstable) == TellingTime.AtOnce || changes.Any(change => choice.For(change) == TellingTime.AtOnce),
        AlertKind.Terms => choice.For(Topics.Terms) == TellingTime.AtOnce,
        _ => true,
    };
}
