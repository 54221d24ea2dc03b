using System.Globalization;
using LinkMonitor.Alerts.Kinds;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Writing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Sending;

/// <summary>Disables a channel that nothing can be sent to any more, and says so to those who can do something about it.</summary>
internal sealed class ChannelFailures(
    IChannelStore channels,
    IAlertPlanStore plans,
    IAlertStore alerts,
    NudgeSender nudges,
    AlertDrafting drafting,
    OperatorNotices notices,
    TimeProvider time)
{
    /// <summary>The third comes some five minutes after the first.</summary>
    private const int AttemptsBeforeWarning = 3;


    /// <summary>
    /// The notices first, then the channel: a crash between the two has the delivery tried again, which ends here again, and the notices
    /// are known by their ids.
    /// </summary>
    /// <param name="channel">Null for an address of the operator: that is only logged.</param>
    public async Task DisableAsync(DeliveryRun run, Alert alert, Channel? channel, string reason, CancellationToken cancellationToken)
    {
        if (channel is null || run.Project is not { } project)
            return;
        var content = new AlertContent
        {
            Notice = NoticeNames.ChannelDisabled,
            ProjectId = project.Id.Value,
            ChannelId = channel.Id.Value,
            Channel = channel.Kind,
            ChannelName = channel.Name ?? channel.Recipient(),
            Text = reason,
        };
        string[] parts = [channel.Id.Value, alert.Id];
        await notices.TellAsync(parts, content, $"A {WireName.Of(channel.Kind)} channel of {project.Name} was disabled", cancellationToken);
        try
        {
            await TellOthersAsync(run, channel, parts, content, cancellationToken);
        }
        catch (UnreadableRowException)
        {
            // The project's plan cannot be written, and the operator knows.
        }

        await SaveAsync(run, channel, reason, cancellationToken);
    }

    /// <summary>
    /// Says once a day that a channel takes nothing, after <see cref="AttemptsBeforeWarning"/> attempts: what is wrong with it is seldom
    /// repaired by waiting, and giving up takes days. When no mail can be sent at all, the operator learns of it from the list of notices
    /// and the log.
    /// </summary>
    /// <param name="tried">The delivery after its latest attempt.</param>
    public async Task WarnAsync(DeliveryRun run, Delivery tried, Channel? channel, string reason, CancellationToken cancellationToken)
    {
        if (tried.Attempts != AttemptsBeforeWarning || run.Project is not { } project)
            return;
        var name = channel is null ? tried.Recipient : channel.Name ?? channel.Recipient();
        var content = new AlertContent
        {
            Notice = NoticeNames.ChannelFailing,
            ProjectId = project.Id.Value,
            ChannelId = channel?.Id.Value,
            Channel = tried.Channel,
            ChannelName = name,
            Text = reason,
        };

        // All mail leaves by one server: that it fails is one cause, whoever the mail is for.
        var who = tried.Channel == ChannelKind.Email ? "mail" : channel?.Id.Value ?? tried.Recipient;
        var day = time.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        await notices.TellAsync(
            [NoticeNames.ChannelFailing, who, day],
            content,
            $"A {WireName.Of(tried.Channel)} channel of {project.Name} accepts nothing: {reason}",
            cancellationToken);
    }

    private async Task TellOthersAsync(
        DeliveryRun run, Channel channel, string[] parts, AlertContent content, CancellationToken cancellationToken)
    {
        var others = run.Channels.Values
            .Where(other => other.Id != channel.Id && other is { Kind: ChannelKind.Email, State: ChannelState.Active }).ToList();
        if (others.Count == 0)
            return;
        await Contention.RunAsync($"The plan of project {run.Project!.Id}", async () =>
        {
            var plan = await plans.GetAsync(run.Project.Id, cancellationToken);
            var context = new PlanContext(run.Project, plan, others, time.GetUtcNow());
            var opened = drafting.Draft(context, AlertKind.Notice, parts, content, "A channel was disabled", [], others);
            if (await alerts.GetAsync(run.Project.Id, opened[0].Alert.Id, cancellationToken) is not null)
                return true;
            if (await plans.TryWriteAsync(new PlanResult { Plan = plan, Opened = opened }, cancellationToken) is null)
                return false;

            // The round under way does not know it. Should the nudge be lost, the sweep finds the open alert.
            await nudges.NudgeAsync(run.Project.Id, time.GetUtcNow(), cancellationToken);
            return true;
        }, cancellationToken);
    }

    private Task SaveAsync(DeliveryRun run, Channel channel, string reason, CancellationToken cancellationToken) =>
        Contention.RunAsync($"Channel {channel.Id}", async () =>
        {
            // Who paused it, unsubscribed or removed it meanwhile has said enough.
            if (await channels.GetAsync(run.Project!, channel.Id, cancellationToken) is not { State: ChannelState.Active } current)
                return true;
            var disabled = current with { State = ChannelState.Disabled, StateReason = reason, StateSince = time.GetUtcNow() };
            return await channels.SaveAsync(disabled, cancellationToken) == SaveOutcome.Saved;
        }, cancellationToken);
}

/// <summary>
/// Tells whoever runs the installation what only they can fix: exactly one alert for each cause, kept in the list of notices.
/// </summary>
internal sealed partial class OperatorNotices(
    IAlertStore alerts, IAlertPlanStore plans, NudgeSender nudges, IOptions<AlertOptions> options, TimeProvider time,
    ILogger<OperatorNotices> logger)
{

    /// <param name="parts">Names it: the same name is reported once.</param>
    /// <param name="words">One sentence without secrets, for the log and the list.</param>
    /// <remarks>Where the operator's own rows cannot be read, it is only logged: whoever tells it has more to do.</remarks>
    public async Task TellAsync(IReadOnlyList<string> parts, AlertContent content, string words, CancellationToken cancellationToken)
    {
        try
        {
            await OpenAsync(parts, content, words, cancellationToken);
        }
        catch (UnreadableRowException e)
        {
            Log.Unreadable(logger, words, e.Message);
        }
    }

    private async Task OpenAsync(IReadOnlyList<string> parts, AlertContent content, string words, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var alert = new Alert
        {
            Id = AlertIds.For(Alert.OperatorPartition, AlertKind.Notice, parts),
            ProjectId = Alert.OperatorPartition,
            Kind = AlertKind.Notice,
            Content = content,
            CreatedAt = now,
            Subject = words,
            Deliveries =
                [.. options.Value.OperatorAddresses.Select(address => new Delivery { Channel = ChannelKind.Email, Recipient = address })],
            LeasedUntil = now,
        };
        await Contention.RunAsync("The operator's plan", async () =>
        {
            // The plan is read before the alerts: whoever reported it in between has written the plan.
            var plan = await plans.GetAsync(Alert.OperatorPartition, cancellationToken);
            if (await alerts.GetAsync(Alert.OperatorPartition, alert.Id, cancellationToken) is not null)
                return true;

            // The note comes first: a crash after it leaves a note too many, never a notice unsent.
            await alerts.MarkPendingAsync(Alert.OperatorPartition, now, cancellationToken);
            if (await plans.TryWriteAsync(new PlanResult { Plan = plan, Opened = [new NewAlert(alert, [])] }, cancellationToken) is null)
                return false;
            if (alert.Deliveries.Count == 0)
                Log.Nobody(logger, words);
            await nudges.NudgeAsync(Alert.OperatorPartition, now, cancellationToken);
            return true;
        }, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Words}. Nobody was notified: {Reason}")]
        public static partial void Unreadable(ILogger logger, string words, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Words}. Nobody was notified: set LinkMonitor:Alerts:Operators.")]
        public static partial void Nobody(ILogger logger, string words);
    }
}
