using LinkMonitor.CommandLine.Rows;

namespace LinkMonitor.CommandLine.Files;

/// <summary>A file of links and how it is to be read.</summary>
/// <param name="Encoding">How the file is written; null to find out.</param>
/// <param name="SkipBad">Leave out rows that are no links, and say which; else nothing is done with the file.</param>
internal sealed record RowSource(FileInfo File, string? Encoding, RowDefaults Defaults, bool SkipBad);
