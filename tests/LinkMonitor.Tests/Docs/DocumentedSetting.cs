namespace LinkMonitor.Tests.Docs;

/// <summary>A row of a table in docs/configuration.md, its cells without backquotes.</summary>
/// <param name="Name">For example <c>LinkMonitor:Alerts:Lease</c>.</param>
internal sealed record DocumentedSetting(string Name, string EnvironmentVariable, string Default, string Range)
{
    /// <summary>Every row whose first cell names one of our settings, in order.</summary>
    public static IReadOnlyList<DocumentedSetting> ReadAll() =>
    [
        .. File.ReadLines(Path.Combine(Checkout.Path, "docs", "configuration.md"))
            .Where(line => line.StartsWith("| `LinkMonitor:", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => new DocumentedSetting(Plain(cells[1]), Plain(cells[2]), Plain(cells[3]), Plain(cells[4]))),
    ];

    private static string Plain(string cell) => cell.Replace("`", "", StringComparison.Ordinal);
}
