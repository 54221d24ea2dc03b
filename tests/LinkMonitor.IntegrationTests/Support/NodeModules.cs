using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>
/// The npm packages the tests run against (<c>package.json</c> at the root), installed when they are absent and when the lock file has
/// changed.
/// </summary>
internal static class NodeModules
{
    private static readonly TimeSpan InstallTime = TimeSpan.FromMinutes(5);

    // Before anything of a folder is used: an installation takes the modules away from under what runs by then.
    private static readonly ConcurrentDictionary<string, Lazy<Task>> Ready = new(StringComparer.Ordinal);

    /// <summary>Absolute path of a file inside <c>node_modules</c>, after <c>npm ci</c> where it is needed.</summary>
    /// <param name="relativePath">For example <c>azurite/dist/src/azurite.js</c>.</param>
    /// <param name="cancellationToken">Ends the wait for the installation, which is one for all.</param>
    /// <exception cref="InvalidOperationException">npm is not installed, or it failed; the message holds its output.</exception>
    public static Task<string> FileAsync(string relativePath, CancellationToken cancellationToken) =>
        FileAsync(RepositoryRoot.Path, relativePath, cancellationToken);

    /// <summary>The same of <c>tests/tools</c>, whose packages only tests need.</summary>
    public static Task<string> ToolAsync(string relativePath, CancellationToken cancellationToken) =>
        FileAsync(Path.Combine(RepositoryRoot.Path, "tests", "tools"), relativePath, cancellationToken);

    private static async Task<string> FileAsync(string folder, string relativePath, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "node_modules", relativePath);
        await Ready.GetOrAdd(folder, static one => new Lazy<Task>(() => MakeReadyAsync(one))).Value.WaitAsync(cancellationToken);
        return File.Exists(file) ? file : throw new InvalidOperationException($"`npm ci` in {folder} succeeded but did not bring {file}.");
    }

    /// <summary>Starts a program that comes with Node.js, with all three streams redirected.</summary>
    /// <exception cref="InvalidOperationException">The program is not on the PATH; the message says what to install.</exception>
    public static Process Start(
        string program, string workingDirectory, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException($"`{program}` did not start.");
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException(
                $"`{program}` could not be started ({missing.Message}). The integration tests run Azurite, which needs Node.js 20 or newer "
                + "with npm on the PATH: install it from https://nodejs.org or with your package manager (Debian: apt-get install nodejs "
                + "npm).",
                missing);
        }
    }

    // For all who wait, so no caller's token ends it.
    private static async Task MakeReadyAsync(string folder)
    {
        var lockFile = await File.ReadAllBytesAsync(Path.Combine(folder, "package-lock.json"), CancellationToken.None);
        var version = Convert.ToHexString(SHA256.HashData(lockFile));
        var stamp = Path.Combine(folder, "node_modules", ".installed-by-tests");
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp, CancellationToken.None) == version)
            return;
        await InstallAsync(folder);
        await File.WriteAllTextAsync(stamp, version, CancellationToken.None);
    }

    private static async Task InstallAsync(string folder)
    {
        // npm is a batch file on Windows, which CreateProcess does not find by its bare name.
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        using var process = Start(npm, folder, ["ci"]);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(InstallTime, TimeProvider.System);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode != 0)
                throw new InvalidOperationException(
                    $"`npm ci` in {folder} failed with exit code {process.ExitCode}:\n{await output}\n{await errors}");
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested)
        {
            throw new InvalidOperationException($"`npm ci` in {folder} did not finish in {InstallTime}.", late);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
