using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Archives;

/// <summary>
/// The file: gzip, in it JSON lines (UTF-8). The first line says what it is, each further line is a row, the last has the counts and the SHA-256 of all bytes
/// before it. See docs/archive.md.
/// </summary>
internal static class ArchiveFormat
{
    /// <summary>Of the file. A change that an earlier reader would misread makes it one higher.</summary>
    public const int Version = 1;

    /// <summary>Of the rows in it.</summary>
    public const int Layout = RowSchema.Current;

    /// <summary>The longest line: a row has a MiB at most, and a character six bytes in JSON.</summary>
    public const int MaxLineBytes = 8 * 1024 * 1024;

    public const string VersionName = "linkmonitorArchive";
    public const string LayoutName = "layout";
    public const string ProductName = "product";
    public const string CreatedName = "createdAt";
    public const string TableName = "table";
    public const string PartitionName = "partition";
    public const string RowName = "row";
    public const string ColumnsName = "columns";
    public const string RowsName = "rows";
    public const string HashName = "sha256";
}
