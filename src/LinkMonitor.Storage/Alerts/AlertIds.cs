using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Alerts;

/// <summary>The identities of alerts.</summary>
public static class AlertIds
{
    private const string Prefix = "alr_";

    /// <summary>The same for the same first change: an alert that is opened again after a crash is the same alert.</summary>
    public static string For(ProjectId projectId, string firstChangeId) => Prefix + ShortHash.Of($"{projectId}\n{firstChangeId}");
}
