using System.Diagnostics;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Telemetry;
using LinkMonitor.Telemetry;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Sending;

/// <summary>One attempt at one copy of an alert.</summary>
internal sealed partial class DeliveryAttempt(
    AlertCopyWriter messages,
    AlertChannels routes,
    RetryBackoff pauses,
    ChannelFailures failures,
    WithheldCopies kept,
    IOptions<AlertOptions> options,
    ProductMeter meter,
    TimeProvider time,
    ILogger<DeliveryAttempt> logger)
{
    private const string NotWanted = "The channel was removed, paused or disabled before the message was sent.";
    private const string NothingLeft = "What the alert was about no longer exists.";

    /// <returns>The delivery as it is to be stored.</returns>
    public async Task<Delivery> TryAsync(
        DeliveryRun run, Alert alert, Delivery delivery, AlertCopies copies, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var channel = run.ChannelOf(delivery);
        if (kept.Wait(run, alert, delivery) is { } waiting)
            return waiting;
        if (delivery.ChannelId is not null && channel is not { State: ChannelState.Active })
            return delivery with { State = DeliveryState.Dropped, Error = NotWanted, NextAttemptAt = null };
        if (channel is not null && run.Resting.TryGetValue(channel.Id.Value, out var until))
            return delivery with { NextAttemptAt = until };
        var route = run.RouteOf(delivery);
        if (run.Routes.Until(route) is { } rested)
            return delivery with { NextAttemptAt = rested };
        if (channel is not null && IsDisturbing(alert.Kind) && QuietTime.End(channel, run.Project!, now) is var quietEnd && quietEnd > now)
            return delivery with { NextAttemptAt = quietEnd };
        if (await messages.WriteAsync(copies, delivery, channel, cancellationToken) is not { } message)
            return delivery with { State = DeliveryState.Dropped, Error = NothingLeft, NextAttemptAt = null };

        using var span = ProductTelemetry.Continue("send", ActivityKind.Client, alert.Trace);
        span?.SetTag("channel", WireName.Of(delivery.Channel));
        var result = await routes.For(delivery.Channel).SendAsync(message, cancellationToken);
        if (result is DeliveryResult.Retry { IsOfRoute: true })
            run.Routes.Note(route);
        else
            run.Routes.Clear(route);
        var tried = delivery with
        {
            Attempts = delivery.Attempts + 1,
            FirstAttemptAt = delivery.FirstAttemptAt ?? now,
            LastAttemptAt = time.GetUtcNow(),
            NextAttemptAt = null,
        };
        var judged = await JudgeAsync(run, alert, tried, channel, result, cancellationToken);
        meter.Alerted(delivery.Channel, ResultOf(result, judged));
        span?.SetTag("result", ResultOf(result, judged));
        return judged;
    }

    private static string ResultOf(DeliveryResult result, Delivery judged) => (result, judged.State) switch
    {
        (DeliveryResult.Accepted, _) => "sent",
        (DeliveryResult.Retry, DeliveryState.Failed) => "given-up",
        (DeliveryResult.Retry, _) => "retry",
        (DeliveryResult.Unusable, _) => "unusable",
        _ => "refused",
    };

    // The time of a digest was chosen; a notice is rare, and its reader should know.
    private static bool IsDisturbing(AlertKind kind) => kind is not (AlertKind.Digest or AlertKind.Notice);

    private async Task<Delivery> JudgeAsync(
        DeliveryRun run, Alert alert, Delivery tried, Channel? channel, DeliveryResult result, CancellationToken cancellationToken)
    {
        switch (result)
        {
            case DeliveryResult.Accepted accepted:
                return tried with { State = DeliveryState.Sent, Receipt = accepted.Receipt, Error = null };
            case DeliveryResult.Refused refused:
                Log.Refused(logger, alert.ProjectId, tried.Channel, alert.Subject, refused.Reason);
                return tried with { State = DeliveryState.Failed, Error = refused.Reason };
            case DeliveryResult.Unusable unusable:
                Log.Refused(logger, alert.ProjectId, tried.Channel, alert.Subject, unusable.Reason);
                await failures.DisableAsync(run, alert, channel, unusable.Reason, cancellationToken);
                return tried with { State = DeliveryState.Failed, Error = unusable.Reason };
            case DeliveryResult.Retry retry when tried.LastAttemptAt - tried.FirstAttemptAt >= options.Value.GiveUpAfter:
                Log.GivenUp(logger, alert.ProjectId, tried.Channel, alert.Subject, tried.Attempts, retry.Reason);
                var reason = $"Given up after {tried.Attempts} attempts: {retry.Reason}";
                if (tried.Channel != ChannelKind.Email)
                    await failures.DisableAsync(run, alert, channel, reason, cancellationToken);
                return tried with { State = DeliveryState.Failed, Error = reason };
            case DeliveryResult.Retry retry:
                // The first failure is news; the rest is in the alert's list of attempts.
                if (tried.Attempts == 1)
                    Log.WillRetry(logger, alert.ProjectId, tried.Channel, alert.Subject, retry.Reason);
                else
                    Log.FailsAgain(logger, alert.ProjectId, tried.Channel, tried.Attempts, retry.Reason);
                await failures.WarnAsync(run, tried, channel, retry.Reason, cancellationToken);
                var next = time.GetUtcNow() + pauses.After(tried.Attempts, retry.RetryAfter);
                if (channel is not null)
                    run.Resting[channel.Id.Value] = next;
                return tried with { Error = retry.Reason, NextAttemptAt = next };
            default:
                throw new InvalidOperationException($"{tried.Channel} gave an unknown result, {result.GetType().Name}.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Project {ProjectId}: {Channel} refused \u201C{Subject}\u201D for good: {Reason}")]
        public static partial void Refused(ILogger logger, ProjectId projectId, ChannelKind channel, string subject, string reason);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "Project {ProjectId}: sending \u201C{Subject}\u201D by {Channel} is given up after {Attempts} attempts: {Reason}")]
        public static partial void GivenUp(
            ILogger logger, ProjectId projectId, ChannelKind channel, string subject, int attempts, string reason);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Project {ProjectId}: {Channel} did not accept \u201C{Subject}\u201D; it is retried until it does: {Reason}")]
        public static partial void WillRetry(ILogger logger, ProjectId projectId, ChannelKind channel, string subject, string reason);

        [LoggerMessage(Level = LogLevel.Debug, Message = "Project {ProjectId}: {Channel} failed at attempt {Attempts}: {Reason}")]
        public static partial void FailsAgain(ILogger logger, ProjectId projectId, ChannelKind channel, int attempts, string reason);
    }
}

/// <summary>A number from 0 to 1, another one each time.</summary>
internal delegate double Jitter();

/// <summary>How long to wait after a failed attempt.</summary>
internal sealed class RetryBackoff(Jitter jitter, IOptions<AlertOptions> options)
{
    private const double MaxJitter = 0.1;

    /// <summary>
    /// As the schedule has it and up to a tenth longer, so that what failed together is not tried together; longer when the other side
    /// asks.
    /// </summary>
    /// <param name="attempts">Failed so far, 1 or more.</param>
    public TimeSpan After(int attempts, TimeSpan? asked)
    {
        var delays = options.Value.RetryDelays;
        var pause = delays[Math.Min(attempts, delays.Count) - 1] * (1 + (MaxJitter * jitter()));
        return asked > pause ? asked.Value : pause;
    }
}
