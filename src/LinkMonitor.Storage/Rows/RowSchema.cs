using Azure.Data.Tables;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Rows;

/// <summary>The columns that every row has.</summary>
internal static class RowSchema
{
    /// <summary>Column: the version of the row's layout.</summary>
    public const string Version = "v";

    /// <summary>Column: drawn anew for every write that depends on what was read; tells our own write from another's.</summary>
    public const string Write = OwnWrite.Marker;

    /// <summary>
    /// The layout that this program writes. Rows of later ones are refused: writing them back would drop what is not understood.
    /// </summary>
    public const int Current = 1;

    /// <summary>An empty row.</summary>
    public static TableEntity New(string partition, string rowKey) => new(partition, rowKey) { [Version] = Current };

    /// <summary>An empty row with a marker of its own.</summary>
    public static TableEntity NewMarked(string partition, string rowKey)
    {
        var row = New(partition, rowKey);
        row[Write] = OwnWrite.NewMarker();
        return row;
    }

    /// <summary>Whether a later version of the program wrote the row.</summary>
    public static bool IsNewer(TableEntity row) => row.TryGetValue(Version, out var version) && version is int layout && layout > Current;

    /// <exception cref="FormatException">The row was written by a later version of the program.</exception>
    public static TableEntity Check(TableEntity row) =>
        row.GetInt32(Version) is int version && version <= Current
            ? row
            : throw new FormatException(
                IsNewer(row)
                    ? $"Its layout is {row.GetInt32(Version)}; this version of the program knows {Current}."
                    : $"It has no column '{Version}' that says its layout.");
}
