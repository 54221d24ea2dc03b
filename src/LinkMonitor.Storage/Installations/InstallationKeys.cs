namespace LinkMonitor.Storage.Installations;

/// <summary>The keys of what is said of the storage itself in the <c>Keys</c> table; see docs/tables/keys.md.</summary>
internal static class InstallationKeys
{
    public const string Partition = "installation";
    public const string Mark = "mark";
    public const string Import = "import";
}
