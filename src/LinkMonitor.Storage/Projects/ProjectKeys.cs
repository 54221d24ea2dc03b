using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Projects;

/// <summary>The keys of the <c>Projects</c> table; see docs/tables/projects.md.</summary>
internal static class ProjectKeys
{
    public const string Partition = "projects";
    public const string DeletedPartition = "deleted";

    public static string Project(ProjectId id) => id.Value;

    public static KeyRange AllDeleted => KeyRange.Whole(DeletedPartition);

    public static KeyRange All => KeyRange.Whole(Partition);
}
