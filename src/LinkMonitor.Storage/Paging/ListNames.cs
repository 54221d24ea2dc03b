namespace LinkMonitor.Storage.Paging;

/// <summary>
/// The lists that come in slices, as their cursors know them: the name, then what the list belongs to (project, link, queue), each after a
/// space.
/// </summary>
public static class ListNames
{
    public const string Projects = "projects";
    public const string Links = "links";
    public const string Human = "human";
    public const string Changes = "changes";
    public const string History = "history";
    public const string Cases = "cases";
    public const string Alerts = "alerts";
    public const string Failures = "failures";
    public const string SetAside = "set aside";
    public const string Imports = "imports";
    public const string Reports = "reports";
    public const string Audit = "audit";
    public const string InstallationAudit = "audit of the installation";

    /// <summary>Whether a list gave out a cursor, as far as the cursor itself can tell; rows may have come and gone since.</summary>
    /// <param name="list">The name with what the list belongs to, for example <c>links prj_2k6v5q3mzt7ahw4c</c>.</param>
    public static bool Gave(string list, string cursor) => Cursor.RowKeyOf(list, cursor) is not null;
}
