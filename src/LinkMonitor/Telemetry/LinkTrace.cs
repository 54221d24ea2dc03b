using System.Diagnostics;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Telemetry;

namespace LinkMonitor.Telemetry;

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
