using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Alerts;

/// <summary>The identities of alerts.</summary>
public static class AlertIds
{
    private const string Prefix = "alr_";

    /// <summary>The same for the same matter: an alert that is planned again after a crash is the same alert.</summary>
    /// <param name="matter">What it is about: the ids of its changes, or the name of a period, a reminder or a notice.</param>
    public static string For(ProjectId projectId, AlertKind kind, IEnumerable<string> matter) =>
        Prefix + ShortHash.Of($"{projectId}\n{WireName.Of(kind)}\n{string.Join('\n', matter)}");

    /// <summary>A short name for a cause, by which a plan remembers when it was told.</summary>
    public static string OfCause(string cause) => ShortHash.Of(cause);

    /// <summary>Whether a text has the form of an identity; it says nothing of whether there is such an alert.</summary>
    public static bool IsValid(string? text) => ShortHash.IsWellFormed(text, Prefix, ShortHash.Length);
}
