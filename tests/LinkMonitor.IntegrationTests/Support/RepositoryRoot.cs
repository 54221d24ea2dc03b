namespace LinkMonitor.IntegrationTests.Support;

/// <summary>Where the checkout lies: the nearest folder above the test assembly which holds <c>LinkMonitor.sln</c>.</summary>
internal static class RepositoryRoot
{
    private const string Marker = "LinkMonitor.sln";

    /// <summary>Absolute path of the checkout.</summary>
    /// <exception cref="InvalidOperationException">The test assembly does not lie inside a checkout.</exception>
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, Marker)))
                return folder.FullName;

        throw new InvalidOperationException(
            $"No {Marker} was found in any folder above {start}. The integration tests start Azurite from the checkout, so run them from "
                + $"there.");
    }
}
