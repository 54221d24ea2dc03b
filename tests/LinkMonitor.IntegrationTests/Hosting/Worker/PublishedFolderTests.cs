using System.Diagnostics;
using System.Text.Json;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.IntegrationTests.Support.FunctionsHost;

namespace LinkMonitor.IntegrationTests.Hosting.Worker;

/// <summary>The folder that is deployed.</summary>
public sealed class PublishedFolderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_has_what_the_Functions_host_reads_and_nothing_that_only_helps_to_debug()
    {
        var folder = await PublishedApp.FolderAsync(Cancellation);
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).ToList();

        Assert.Contains("linkmonitor.dll", files);
        Assert.Contains(".azurefunctions/Microsoft.Azure.WebJobs.Extensions.Storage.Queues.dll", files);
        Assert.DoesNotContain(files, file => Path.GetExtension(file) is ".pdb" or ".xml" || Path.GetFileName(file) == "function.json");
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "host.json"), Cancellation),
            await File.ReadAllTextAsync(Path.Combine(folder, "host.json"), Cancellation));
        var worker = await ReadAsync(folder, "worker.config.json");
        Assert.Equal("linkmonitor.dll", worker.GetProperty("description").GetProperty("defaultWorkerPath").GetString());
        Assert.Equal("dotnet", worker.GetProperty("description").GetProperty("defaultExecutablePath").GetString());
        var extensions = (await ReadAsync(folder, "extensions.json")).GetProperty("extensions").EnumerateArray();
        Assert.All(extensions, extension => Assert.True(File.Exists(Path.Combine(folder, extension.GetProperty("hintPath").GetString()!))));
    }

    [Fact]
    public async Task Its_program_is_the_command_line_too()
    {
        var folder = await PublishedApp.FolderAsync(Cancellation);
        var name = OperatingSystem.IsWindows() ? "linkmonitor.exe" : "linkmonitor";
        var executable = Path.Combine(folder, name);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "linkmonitor.dll"), "check", "--help"])
        {
            RedirectStandardOutput = true,
        };

        using var process = Process.Start(start)!;
        var help = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(executable).HasFlag(UnixFileMode.UserExecute));
        Assert.True(File.Exists(executable));
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("--target", help, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> ReadAsync(string folder, string file) =>
        JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(folder, file), Cancellation));
}
