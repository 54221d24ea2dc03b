namespace LinkMonitor.Tests.Docs;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Checkout
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "LinkMonitor.sln")))
            folder = System.IO.Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("The tests do not lie inside a checkout.");
        return folder;
    }
}
