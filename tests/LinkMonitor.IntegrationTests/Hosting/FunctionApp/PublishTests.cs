using System.Diagnostics;
using LinkMonitor.Hosting.FunctionApp;
using LinkMonitor.IntegrationTests.Support;

namespace LinkMonitor.IntegrationTests.Hosting.FunctionApp;

public sealed class PublishTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-publish-");

    [Fact]
    public async Task Publishing_gives_the_folder_the_Functions_host_starts_from()
    {
        var app = Path.Combine(_folder.FullName, "functionapp");

        await PublishAsync(app);

        Assert.True(File.Exists(Path.Combine(app, "host.json")));
        var functions = Directory.GetDirectories(app).Select(folder => Path.GetFileName(folder)).ToList();
        Assert.All(functions, name => Assert.True(File.Exists(Path.Combine(app, name, "function.json")), name));
        Assert.Empty(DeployedFunctions.All.Select(definition => definition.Name).Except(functions));
        Assert.Contains("HttpRoot", functions);
        var elsewhere = Directory.GetFiles(app, "function.json", SearchOption.AllDirectories);
        Assert.Equal(functions.Count, elsewhere.Length);
        var executable = Path.Combine(app, "linkmonitor");
        Assert.Equal("\u007fELF"u8.ToArray(), (await File.ReadAllBytesAsync(executable, TestContext.Current.CancellationToken))[..4]);
        Assert.True(File.Exists(Path.Combine(app, "libcoreclr.so")), "The folder brings its own runtime.");
        if (!OperatingSystem.IsWindows())
            Assert.True(File.GetUnixFileMode(executable).HasFlag(UnixFileMode.UserExecute | UnixFileMode.OtherExecute));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // The command of the docs, with its intermediate files elsewhere so that it cannot disturb a build.
    private async Task PublishAsync(string output)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            "publish", "src/LinkMonitor", "-c", "Release", "-o", output,
            "--artifacts-path", Path.Combine(_folder.FullName, "artifacts"), "--disable-build-servers",
        ])
        {
            WorkingDirectory = RepositoryRoot.Path,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        // Set by `dotnet test` for itself; they would lead the child to another SDK's files.
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var log = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, log);
    }
}
