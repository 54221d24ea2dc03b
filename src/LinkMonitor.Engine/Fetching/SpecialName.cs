namespace LinkMonitor.Engine.Fetching;

/// <summary>A row of <see cref="SpecialNames"/>: a name and everything below it.</summary>
/// <param name="Suffix">In lower case, without dots at its ends.</param>
/// <param name="Meaning">Completes "The name ... ".</param>
internal sealed record SpecialName(string Suffix, string Meaning, string Source)
{
    public bool Covers(string host) =>
        host.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)
        && (host.Length == Suffix.Length || host[host.Length - Suffix.Length - 1] == '.');
}
