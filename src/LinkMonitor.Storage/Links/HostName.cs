namespace LinkMonitor.Storage.Links;

/// <summary>Hosts as people compare them.</summary>
internal static class HostName
{
    private const string Www = "www.";

    /// <summary>Lower-case, without <c>www.</c> and without a root dot; empty for none.</summary>
    public static string ForFilter(string? host)
    {
        var name = (host ?? "").Trim().TrimEnd('.').ToLowerInvariant();
        return name.StartsWith(Www, StringComparison.Ordinal) ? name[Www.Length..] : name;
    }
}
