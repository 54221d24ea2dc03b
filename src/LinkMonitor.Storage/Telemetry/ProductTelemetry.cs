using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LinkMonitor.Storage.Telemetry;

/// <summary>What is measured and traced, in the whole product: one source of traces and one meter, both named <c>LinkMonitor</c>.</summary>
public static class ProductTelemetry
{
    /// <summary>The name of the source and of the meter.</summary>
    public const string Name = "LinkMonitor";

    /// <summary>Begins nothing unless somebody listens.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>
    /// The trace under way as a W3C <c>traceparent</c> (https://www.w3.org/TR/trace-context/), for what is stored or sent to be gone on
    /// with; null when nobody records it.
    /// </summary>
    public static string? CurrentTrace =>
        Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C, Id: { } id } && Source.HasListeners() ? id : null;

    /// <summary>The meter of this application; the same for all who ask its factory.</summary>
    public static Meter MeterOf(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        return meters.Create(Name);
    }

    /// <summary>
    /// Until it is disposed of, what is sent or stored continues with no trace: its traces begin anew, or one would have no end.
    /// </summary>
    public static IDisposable Apart() => new Pause(Activity.Current);

    /// <summary>Begins a part of a trace that came out of storage; of the trace under way when none did.</summary>
    /// <param name="trace">A <c>traceparent</c>; whatever else it is counts as none.</param>
    public static Activity? Continue(string name, ActivityKind kind, string? trace) =>
        ActivityContext.TryParse(trace, null, isRemote: true, out var parent)
            ? Source.StartActivity(name, kind, parent)
            : Source.StartActivity(name, kind);

    private sealed class Pause : IDisposable
    {
        private readonly Activity? _paused;

        public Pause(Activity? current) => (_paused, Activity.Current) = (current, null);

        public void Dispose() => Activity.Current = _paused;
    }
}

/// <summary>What the code that runs belongs to: the name of a function, so that the cost of its runs can be told apart.</summary>
public static class WorkName
{
    /// <summary>Neither a function nor a request.</summary>
    public const string Other = "other";

    private static readonly AsyncLocal<string?> Name = new();

    public static string Current => Name.Value ?? Other;

    /// <summary>Names what the calling method does from here on, and everything it calls.</summary>
    /// <param name="name">One of a handful: it becomes a tag of metrics.</param>
    public static void Set(string name) => Name.Value = name;
}
