namespace LinkMonitor.CommandLine.Service;

/// <summary>A profile as the file has it; all parts may be absent.</summary>
/// <param name="Project">An id or a name.</param>
internal sealed record ProfileEntry(string? Url = null, string? Key = null, string? Project = null);
