using System.Diagnostics;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>
/// Debian's Chromium without a window: Playwright's own browsers are downloads, which a test run does not make. It has Chromium's engine,
/// and takes two thirds of the processor that the whole browser does.
/// </summary>
internal static class Chromium
{
    private const string Path = "/usr/bin/chromium-headless-shell";

    /// <summary>The executable. Where it is missing, and we may install it, it is installed first.</summary>
    /// <exception cref="InvalidOperationException">It is not there, and cannot be installed.</exception>
    public static Task<string> EnsureInstalledAsync(CancellationToken cancellationToken) =>
        DebianPackage.EnsureAsync(Path, "chromium-headless-shell", cancellationToken);
}

/// <summary>Programs that tests need and Debian has.</summary>
internal static class DebianPackage
{
    private static readonly SemaphoreSlim OneAtATime = new(1);

    /// <summary>The program. Where it is missing, and we may install it, its package is installed first.</summary>
    /// <exception cref="InvalidOperationException">It is not there, and cannot be installed.</exception>
    public static async Task<string> EnsureAsync(string program, string package, CancellationToken cancellationToken)
    {
        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (File.Exists(program))
                return program;
            if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get"))
                throw new InvalidOperationException($"The tests need {program}: apt-get install {package}.");

            await AptGetAsync("update", package, cancellationToken);
            await AptGetAsync($"install -y --no-install-recommends {package}", package, cancellationToken);
            return File.Exists(program)
                ? program : throw new InvalidOperationException($"apt-get install {package} brought no {program}.");
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static async Task AptGetAsync(string arguments, string package, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("/usr/bin/apt-get", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"apt-get {arguments} failed ({process.ExitCode}); install the package {package} by hand. {await output} {await errors}");
    }
}
