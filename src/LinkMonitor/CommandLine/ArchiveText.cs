using System.Globalization;
using LinkMonitor.CommandLine.Output;

namespace LinkMonitor.CommandLine;

/// <summary>What is said of archives.</summary>
internal static class ArchiveText
{
    /// <summary>For example <c>1,234 rows (Keys 2, Links 1,232)</c>.</summary>
    public static string Rows(IReadOnlyDictionary<string, long> rows)
    {
        var each = string.Join(", ", rows.Select(table => $"{table.Key} {table.Value.ToString("N0", CultureInfo.InvariantCulture)}"));
        return $"{CountText.Of(rows.Values.Sum(), "row")}{(rows.Count == 0 ? string.Empty : $" ({each})")}";
    }
}
