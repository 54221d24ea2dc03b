using System.Collections.Concurrent;
using LinkMonitor.Alerts.Kinds;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Projects;
using Microsoft.Extensions.Options;
using TellingTime = LinkMonitor.Storage.Channels.AlertTiming;

namespace LinkMonitor.Alerts.Sending;

/// <summary>
/// What is kept for channels whose rows cannot be read: nobody knows whether they are paused, unsubscribed, or want it at all. It waits
/// until they can be read, and no longer than anything else that cannot be delivered.
/// </summary>
internal sealed class WithheldCopies(AlertDrafting drafting, IOptions<AlertOptions> options, TimeProvider time)
{
    /// <summary>How soon it is checked again whether the channel can be read.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    private const string NotChosen = "The channel is not subscribed to it; its row could not be read when the alert was planned.";
    private const string Unreadable = "The channel's row cannot be read; see /api/v1/failures/set-aside.";

    /// <summary>The alert with real copies in the place of those kept for channels that can be read by now.</summary>
    public Alert Resolve(DeliveryRun run, Alert alert, IReadOnlyList<LinkChange> changes) =>
        alert.Deliveries.Any(delivery => IsResolved(run, delivery))
            ? alert with
            {
                Deliveries =
                    [
                        .. alert.Deliveries
                        .SelectMany(delivery => IsResolved(run, delivery) ? CopiesOf(run, alert, delivery, changes) : [delivery]),
                    ],
            }
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
        return channel.State != ChannelState.Active || IsWanted(run, alert.Kind, channel, changes)
            ? drafting.CopiesFor(run.Project!, channel, changes.Count, time.GetUtcNow())
            : [
                kept with
                {
                    State = DeliveryState.Dropped,
                    Channel = channel.Kind,
                    Recipient = channel.Recipient(),
                    Error = NotChosen,
                    NextAttemptAt = null,
                },
            ];
    }

    private static bool IsWanted(DeliveryRun run, AlertKind kind, Channel channel, IReadOnlyList<LinkChange> changes)
    {
        var context = new PlanContext(
            run.Project!, new AlertPlan { ProjectId = run.Project!.Id }, [channel], default)
        { Types = run.Types };
        return kind switch
        {
            AlertKind.Incident => changes.Any(change => context.IsUrgent(channel, change)),
            AlertKind.Unstable => context.IsUnstableUrgent(channel, changes),
            AlertKind.Settled =>
                context.IsUnstableUrgent(channel, changes) || changes.Any(change => context.IsUrgent(channel, change)),
            AlertKind.Cases => channel.Choice.For(Topics.Cases, TellingTime.AtOnce) != TellingTime.Never,
            AlertKind.Terms => channel.Choice.For(Topics.Terms, TellingTime.AtOnce) == TellingTime.AtOnce,
            _ => true,
        };
    }
}

/// <summary>The deliveries of one project that one worker makes in one go.</summary>
/// <param name="Project">Null for notices to the operator.</param>
internal sealed record DeliveryRun(Project? Project, IReadOnlyDictionary<string, Channel> Channels, RunBudget Budget, PausedRoutes Routes)
{
    /// <summary>So many mails are on their way at once: servers limit the connections of one client.</summary>
    private const int MailLanes = 4;

    /// <summary>Channels of which nobody knows whether and what they want: their rows cannot be read.</summary>
    public IReadOnlySet<string> Unreadable { get; init; } = new HashSet<string>();

    /// <summary>The project's types of links.</summary>
    public ProjectTypes Types { get; init; } = ProjectTypes.BuiltIn;

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

/// <summary>
/// The time that one run of a function may take. It is checked before each piece of work; what is left continues with the next message.
/// </summary>
internal sealed class RunBudget(TimeProvider time, TimeSpan length)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Nothing when it is used up.</summary>
    public TimeSpan Left => length - time.GetElapsedTime(_start) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    public bool IsSpent => time.GetElapsedTime(_start) >= length;
}

/// <summary>
/// Ways out of this process that failed just now, whatever was sent over them, and until when they are left alone: a mail server that hangs
/// takes its time-out from one message, not from each.
/// </summary>
internal sealed class PausedRoutes(TimeProvider time)
{
    /// <summary>No longer than this, so that nothing is late by much once it works again.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromSeconds(45);

    private const int MaxRoutes = 10_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    /// <summary>When the route is tried again; null when it is not resting.</summary>
    public DateTimeOffset? Until(string route) =>
        _until.TryGetValue(route, out var stored)
            && StoredTime.Due(stored, Rest, time.GetUtcNow()) is var until
            && until > time.GetUtcNow() ? until : null;

    public void Note(string route)
    {
        var now = time.GetUtcNow();
        if (_until.Count >= MaxRoutes)
        {
            foreach (var (old, until) in _until)
            {
                if (until <= now)
                    _until.TryRemove(old, out _);
            }
        }

        if (_until.Count < MaxRoutes)
            _until[route] = now + Rest;
    }

    /// <summary>It works again.</summary>
    public void Clear(string route) => _until.TryRemove(route, out _);
}
