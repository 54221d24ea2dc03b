namespace LinkMonitor.IntegrationTests.Reading;

/// <summary>
/// The edge cases under Pages/Parity, each headed by a comment that names it where its bytes allow. A file beside it with the ending
/// <c>.type</c> holds its Content-Type.
/// </summary>
internal static class HandMadePages
{
    private const string TypeEnding = ".type";

    public static IReadOnlyList<ParityPage> All { get; } = [.. Files().Select(Load)];

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Pages", "Parity"))
            .Where(file => !file.EndsWith(TypeEnding, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static ParityPage Load(string file)
    {
        var type = file + TypeEnding;
        return new ParityPage(Path.GetFileName(file), File.ReadAllBytes(file))
        {
            ContentType = File.Exists(type) ? File.ReadAllText(type).Trim() : ParityPage.DefaultContentType,
        };
    }
}
