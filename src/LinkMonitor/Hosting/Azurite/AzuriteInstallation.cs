using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LinkMonitor.Hosting.Azurite;

/// <summary>
/// Finds Azurite in a package folder, and installs it there with npm when it is absent. Processes that share the folder take turns: one
/// installs, the others wait for it. An installation that was broken off is done again.
/// </summary>
internal sealed class AzuriteInstallation(AzuriteOptions options, TimeProvider time, TextWriter console)
{
    private const int OutputLines = 20;

    private static readonly string[] Kinds = ["dependencies", "devDependencies"];
    private static readonly TimeSpan InstallTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The path of Azurite's script.</summary>
    /// <exception cref="AzuriteUnavailableException">
    /// npm is not installed or failed, or another process installs for more than five minutes.
    /// </exception>
    public async Task<string> ScriptAsync(CancellationToken cancellationToken)
    {
        var given = options.PackageFolder ?? Search(AppContext.BaseDirectory) ?? Search(Environment.CurrentDirectory);
        var folder = given ?? UserFolder();
        var script = Path.Combine(folder, "node_modules", "azurite", "dist", "src", "azurite.js");
        using var turn = await TakeTurnAsync(folder, cancellationToken);
        if (File.Exists(script) && turn.Length == 0)
            return script;

        // `npm install` may take a package of which a part is there for whole; `npm ci` begins by removing all of them.
        var packages = Path.Combine(folder, "node_modules");
        if (turn.Length > 0 && given is null && Directory.Exists(packages))
            Directory.Delete(packages, recursive: true);
        turn.WriteByte((byte)'i');
        await turn.FlushAsync(cancellationToken);
        var command = File.Exists(Path.Combine(folder, "package-lock.json")) ? "ci" : "install";
        await console.WriteLineAsync($"Azurite is not installed yet: running `npm {command}` in {folder} (once).");
        await InstallAsync(folder, command, cancellationToken);
        if (!File.Exists(script))
            throw AzuriteUnavailableException.NotStarted($"`npm {command}` in {folder} succeeded but did not install {script}.");
        turn.SetLength(0);
        return script;
    }

    /// <summary>A file that one process at a time has; it holds something from the beginning of an installation to its end.</summary>
    private async Task<FileStream> TakeTurnAsync(string folder, CancellationToken cancellationToken)
    {
        var name = SHA256.HashData(Encoding.UTF8.GetBytes($"{Environment.UserName}\n{Path.GetFullPath(folder)}"));
        var file = Path.Combine(Path.GetTempPath(), $"linkmonitor-azurite-{Convert.ToHexStringLower(name)[..16]}.lock");
        var began = time.GetTimestamp();
        for (var isFirst = true; ; isFirst = false)
        {
            if (AzuriteFolder.TryLock(file, out var turn) is not { } taken)
                return turn!;
            if (time.GetElapsedTime(began) >= InstallTime)
                throw AzuriteUnavailableException.NotOurs(
                    $"Another LinkMonitor has been installing Azurite in {folder} for {InstallTime.TotalMinutes} minutes. "
                        + "Stop it, and start this one again.", taken);
            if (isFirst)
                await console.WriteLineAsync($"Another LinkMonitor is installing Azurite in {folder}: waiting for it.");
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private static string? Search(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (NamesAzurite(Path.Combine(folder.FullName, "package.json")))
                return folder.FullName;
        return null;
    }

    private static bool NamesAzurite(string packageFile)
    {
        if (!File.Exists(packageFile))
            return false;
        try
        {
            using var package = JsonDocument.Parse(File.ReadAllBytes(packageFile));
            return Kinds.Any(kind =>
                package.RootElement.ValueKind == JsonValueKind.Object
                && package.RootElement.TryGetProperty(kind, out var packages)
                && packages.ValueKind == JsonValueKind.Object
                && packages.TryGetProperty("azurite", out _));
        }
        catch (JsonException)
        {
            // Somebody else's broken file on the way up is none of our business.
            return false;
        }
    }

    // Named after the version, so that a new one is installed beside the old.
    private static string UserFolder()
    {
        var folder = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
            "linkmonitor", "azurite", AzuriteOptions.Version);
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, "package.json"),
            $$"""{ "name": "linkmonitor-azurite", "private": true, "dependencies": { "azurite": "{{AzuriteOptions.Version}}" } }""");
        return folder;
    }

    private async Task InstallAsync(string folder, string command, CancellationToken cancellationToken)
    {
        using var process = NodeProcess.Start(options.NpmProgram, folder, [command, "--no-audit", "--no-fund"]);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(InstallTime, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(stop.Token);
            var errors = process.StandardError.ReadToEndAsync(stop.Token);
            await process.WaitForExitAsync(stop.Token);
            if (process.ExitCode != 0)
            {
                var lines = $"{await output}\n{await errors}".Split(
                    '\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                throw AzuriteUnavailableException.NotStarted(
                    $"`npm {command}` in {folder} failed with exit code "
                        + $"{process.ExitCode}:\n{string.Join('\n', lines.TakeLast(OutputLines))}");
            }
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested)
        {
            throw AzuriteUnavailableException.NotStarted(
                $"`npm {command}` in {folder} did not finish in {InstallTime.TotalMinutes} minutes.", late);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}

/// <summary>
/// Azurite could not be started. The message is meant for the user: what is missing or what went wrong, and what to do about it.
/// </summary>
internal sealed class AzuriteUnavailableException : Exception
{
    private const string Remedies =
        "Either install Node.js 20 or newer with npm (https://nodejs.org), or set LinkMonitor__Storage to the connection string of a "
            + "storage account.";

    private AzuriteUnavailableException(string message, Exception? innerException) : base(message, innerException)
    {
    }

    /// <summary>It did not come up, for which there are always the same two remedies.</summary>
    public static AzuriteUnavailableException NotStarted(string problem, Exception? innerException = null) =>
        new($"{problem}{Environment.NewLine}{Remedies}", innerException);

    /// <summary>There is one, and it is not for us.</summary>
    /// <param name="problem">What is in the way, and what to do.</param>
    public static AzuriteUnavailableException NotOurs(string problem, Exception? innerException = null) => new(problem, innerException);
}

/// <summary>Starts <c>node</c> and <c>npm</c>.</summary>
internal static class NodeProcess
{
    /// <summary>Starts a program with all three streams redirected. Standard input stays open for as long as we live.</summary>
    /// <exception cref="AzuriteUnavailableException">The program is not installed.</exception>
    public static Process Start(string program, string workingDirectory, IEnumerable<string> arguments)
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
        try
        {
            return Process.Start(start) ?? throw AzuriteUnavailableException.NotStarted($"`{program}` did not start.");
        }
        catch (Win32Exception missing)
        {
            throw AzuriteUnavailableException.NotStarted(
                $"LinkMonitor has no storage setting and wants to start Azurite, but `{program}` could not be started: {missing.Message}.",
                missing);
        }
    }
}
