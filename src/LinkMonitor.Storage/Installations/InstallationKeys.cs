namespace LinkMonitor.Storage.Installations;

/// <summary>The key of the mark's row in the <c>Keys</c> table; see docs/tables/keys.md.</summary>
internal static class InstallationKeys
{
    public const string Partition = "installation";
    public const string Mark = "mark";
}
