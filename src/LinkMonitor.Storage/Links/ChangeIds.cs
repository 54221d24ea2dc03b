using System.Globalization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Links;

/// <summary>Makes the identities of changes.</summary>
public static class ChangeIds
{
    private const string Prefix = "chg_";

    /// <summary>The identity of a change: judging the same observation again, in whatever process, gives the same.</summary>
    public static string For(ProjectId projectId, LinkId linkId, LinkTransition transition)
    {
        ArgumentNullException.ThrowIfNull(transition);
        var ticks = transition.At.UtcTicks.ToString(CultureInfo.InvariantCulture);
        return Prefix + ShortHash.Of($"{projectId.Value}\n{linkId.Value}\n{ticks}\n{WireName.Of(transition.To)}");
    }
}
