using System.Diagnostics;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Telemetry;

namespace LinkMonitor.Telemetry;

/// <summary>The part of a trace that is the check of one link.</summary>
internal static class LinkTrace
{
    private const string Name = "CheckLink";

    /// <summary>
    /// Begins it: at a link's first check in the trace of its registration, which points at the check of the page; later in that of the page's check. One check
    /// of a page serves many links, and can be part of one trace only.
    /// </summary>
    public static Activity? Begin(WatchedLink link)
    {
        var pageCheck = Activity.Current;
        var span = ProductTelemetry.Continue(Name, ActivityKind.Internal, link.Trace);
        if (span is not null && pageCheck is not null && span.TraceId != pageCheck.TraceId)
            span.AddLink(new ActivityLink(pageCheck.Context));
        return span;
    }
}
