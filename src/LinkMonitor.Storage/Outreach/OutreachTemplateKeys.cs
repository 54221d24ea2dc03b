using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Outreach;

/// <summary>The row keys of templates in the <c>Links</c> table, whose partition key is the project's identity; see docs/tables/links.md.</summary>
internal static class OutreachTemplateKeys
{
    private const string Prefix = "outreach:";

    public static string Template(string name) => Prefix + name;

    public static KeyRange Templates(ProjectId projectId) => KeyRange.StartingWith(projectId.Value, Prefix);
}
