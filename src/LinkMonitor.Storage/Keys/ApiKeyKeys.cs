using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Keys;

/// <summary>The keys of the <c>Keys</c> table; see docs/tables/keys.md.</summary>
internal static class ApiKeyKeys
{
    public const string Partition = "keys";

    public static string Key(string id) => id;

    public static KeyRange All => KeyRange.Whole(Partition);
}
