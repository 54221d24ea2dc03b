namespace LinkMonitor.Tests.Hosting.Triggers;

/// <summary>Bodies of trigger calls, kept as files in <c>Bodies/</c>.</summary>
internal static class Bodies
{
    public static string Read(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Hosting", "Triggers", "Bodies", $"{name}.json"));
}
