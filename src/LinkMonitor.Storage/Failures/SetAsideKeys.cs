using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Failures;

/// <summary>The keys of what is set aside, in the <c>Failures</c> table; see docs/tables/failures.md.</summary>
internal static class SetAsideKeys
{
    public const string Partition = "set-aside";

    private const string Prefix = "aside:";

    public static string Id(SetAsideName name) => ShortHash.Of($"{name.Area}\n{name.Partition}\n{name.Key}");

    public static string Entry(SetAsideName name) => Prefix + Id(name);

    public static KeyRange All => KeyRange.StartingWith(Partition, Prefix);
}
