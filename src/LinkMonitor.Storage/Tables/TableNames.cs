namespace LinkMonitor.Storage.Tables;

/// <summary>The tables. Each has a page in docs/tables.</summary>
public static class TableNames
{
    public const string Links = "Links";
    public const string Pages = "Pages";
    public const string Projects = "Projects";
    public const string Keys = "Keys";
    public const string Alerts = "Alerts";
    public const string Channels = "Channels";
    public const string Failures = "Failures";

    public static IReadOnlyList<string> All { get; } = [Links, Pages, Projects, Keys, Alerts, Channels, Failures];
}
