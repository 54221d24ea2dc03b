using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Alerts.Composing;

/// <summary>The states in words.</summary>
internal static class LinkStates
{
    /// <summary>For example <c>not found</c>: for the middle of a sentence.</summary>
    public static string Word(LinkState state) => state == LinkState.Pending ? "not checked yet" : WireName.Of(state).Replace('-', ' ');
}
