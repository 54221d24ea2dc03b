using System.Diagnostics;

namespace LinkMonitor.IntegrationTests.Support.FunctionsHost;

/// <summary>
/// What `dotnet publish` gives, made once per test run: by whoever runs the tests, who then names the folder in
/// <c>LINKMONITOR_PUBLISHED_APP</c>, or else here.
/// </summary>
internal static class PublishedApp
{
    private const string FolderVariable = "LINKMONITOR_PUBLISHED_APP";
    private static readonly TimeSpan PublishTime = TimeSpan.FromMinutes(10);
    private static readonly Lazy<Task<string>> Folder = new(FindAsync);

    /// <summary>The absolute path of the folder.</summary>
    public static Task<string> FolderAsync(CancellationToken cancellationToken) => Folder.Value.WaitAsync(cancellationToken);

    // Shared by all tests, so that no single test's end may stop it.
    private static async Task<string> FindAsync()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } given)
        {
            var named = Path.GetFullPath(given, RepositoryRoot.Path);
            return Directory.Exists(named)
                ? named
                : throw new InvalidOperationException(
                    $"{FolderVariable} names {named}, which is not there. Publish into it, or unset the variable.");
        }

        var folder = Path.Combine(RepositoryRoot.Path, "artifacts", "functionapp-of-tests");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        await PublishAsync(folder);
        return folder;
    }

    private static async Task PublishAsync(string folder)
    {
        var start = new ProcessStartInfo("dotnet",
            ["publish", "src/LinkMonitor", "-c", "Release", "-o", folder, "--no-restore", "--disable-build-servers"])
        {
            WorkingDirectory = RepositoryRoot.Path,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        // Set by `dotnet test` for itself; they would lead the child to another SDK's files.
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        using var limit = new CancellationTokenSource(PublishTime, TimeProvider.System);
        try
        {
            var log = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"Publishing failed:\n{log}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
