using System.Globalization;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Links;

/// <summary>Makes the identities of what is to be told of a term.</summary>
public static class TermEventIds
{
    private const string Prefix = "trm_";

    /// <summary>The same for the same link, end and kind, in whatever process: so it can be told exactly once.</summary>
    public static string For(ProjectId projectId, LinkId linkId, DateOnly end, string kind) =>
        Prefix + ShortHash.Of($"{projectId.Value}\n{linkId.Value}\n{end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\n{kind}");
}
