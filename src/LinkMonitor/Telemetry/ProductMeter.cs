using System.Diagnostics;
using System.Diagnostics.Metrics;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Telemetry;

namespace LinkMonitor.Telemetry;

/// <summary>
/// What is counted while the product works; docs/operations.md says what each means. Tags have few values: never an address, a name or an
/// id.
/// </summary>
internal sealed class ProductMeter(IMeterFactory meters)
{
    private const string None = "none";

    // From a quick answer to the longest run that a host allows.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800],
    };

    private readonly Counter<long> _checks = New(meters).CreateCounter<long>(
        "linkmonitor.checks", "{check}", "Checks of pages, by what was observed.");

    private readonly Counter<long> _changes = New(meters).CreateCounter<long>(
        "linkmonitor.changes", "{change}", "Changes of links, by the new state and its first reason.");

    private readonly Counter<long> _alerts = New(meters).CreateCounter<long>(
        "linkmonitor.alerts", "{delivery}", "Attempts to send an alert, by channel and result.");

    private readonly Counter<long> _setAside = New(meters).CreateCounter<long>(
        "linkmonitor.set_aside", "{item}", "What failed too often or cannot be read and is kept under failures, by kind.");

    private readonly Counter<long> _enqueued = New(meters).CreateCounter<long>(
        "linkmonitor.hosts.enqueued", "{host}", "Hosts with due pages that were put on the queue.");

    private readonly Counter<long> _heartbeats = New(meters).CreateCounter<long>(
        "linkmonitor.heartbeats", "{request}", "Heartbeats to the configured address, by result.");

    private readonly Histogram<double> _lag = New(meters).CreateHistogram<double>(
        "linkmonitor.queue.lag",
        "s",
        "From the time that a message could be received to the start of its function, by queue.",
        tags: null,
        Seconds);

    private readonly Histogram<double> _runs = New(meters).CreateHistogram<double>(
        "linkmonitor.function.duration", "s", "Runs of functions, by function and result.", tags: null, Seconds);

    public void Checked(ObservationKind kind) => _checks.Add(1, new KeyValuePair<string, object?>("observation", WireName.Of(kind)));

    /// <summary>A page whose site said that it has not changed.</summary>
    public void CheckedUnchanged() => _checks.Add(1, new KeyValuePair<string, object?>("observation", "unchanged"));

    public void Changed(LinkTransition transition) => _changes.Add(
        1,
        new("state", WireName.Of(transition.To)),
        new("reason", transition.ReasonsAfter is [var first, ..] ? WireName.Of(first.Code) : None));

    /// <param name="result"><c>sent</c>, <c>retry</c>, <c>refused</c>, <c>unusable</c> or <c>given-up</c>.</param>
    public void Alerted(ChannelKind channel, string result) => _alerts.Add(1, new("channel", WireName.Of(channel)), new("result", result));

    /// <param name="kind">
    /// A queue's name, <c>check-failed</c>, or where something is left out: a table, <c>SweepAlerts</c> or <c>clock</c>.
    /// </param>
    public void SetAside(string kind) => _setAside.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public void Enqueued(int hosts) => _enqueued.Add(hosts);

    /// <param name="result"><c>accepted</c>, <c>refused</c> or <c>no-answer</c>.</param>
    public void Beat(string result) => _heartbeats.Add(1, new KeyValuePair<string, object?>("result", result));

    public void Waited(string queue, TimeSpan time) =>
        _lag.Record(Math.Max(0, time.TotalSeconds), new KeyValuePair<string, object?>("queue", queue));

    /// <param name="result"><c>ok</c>, <c>failed</c>, <c>stopped</c> or <c>out-of-time</c>.</param>
    public void Ran(string function, string result, TimeSpan time) =>
        _runs.Record(time.TotalSeconds, new("function", function), new("result", result));

    private static Meter New(IMeterFactory meters) => ProductTelemetry.MeterOf(meters);
}

/// <summary>The part of a trace that is the check of one link.</summary>
internal static class LinkTrace
{
    /// <summary>The name of the span.</summary>
    public const string Name = "CheckLink";

    /// <summary>So long a link's checks are part of the trace of its registration: a trace has an end.</summary>
    public static readonly TimeSpan WithRegistration = TimeSpan.FromDays(1);

    /// <summary>
    /// Begins it: on a link's first day in the trace of its registration, later in that of the page's check; it points at the other. One
    /// check of a page serves many links, and can be part of one trace only.
    /// </summary>
    public static Activity? Begin(WatchedLink link, DateTimeOffset at)
    {
        if (!ProductTelemetry.Source.HasListeners())
            return null;
        var pageCheck = Activity.Current?.Context;
        var isNew = at - link.CreatedAt < WithRegistration;
        var span = ProductTelemetry.Continue(Name, ActivityKind.Internal, isNew ? link.Trace : null);
        var other = isNew ? pageCheck : RegistrationOf(link);
        if (other is { } context && context.TraceId != span?.TraceId)
            span?.AddLink(new ActivityLink(context));
        return span;
    }

    private static ActivityContext? RegistrationOf(WatchedLink link) =>
        ActivityContext.TryParse(link.Trace, null, isRemote: true, out var registration) ? registration : null;
}
