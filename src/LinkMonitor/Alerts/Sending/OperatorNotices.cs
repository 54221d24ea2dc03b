using LinkMonitor.Alerts.Planning;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Writing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Sending;

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
