using System.Diagnostics;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>Debian's Chromium: Playwright's own browsers are downloads, which a test run does not make.</summary>
internal static class Chromium
{
    private const string Path = "/usr/bin/chromium";

    /// <summary>The executable. Where it is missing, and we may install it, it is installed first.</summary>
    /// <exception cref="InvalidOperationException">It is not there, and cannot be installed.</exception>
    public static async Task<string> EnsureInstalledAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(Path))
            return Path;
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get"))
            throw new InvalidOperationException("The parity tests need Chromium at /usr/bin/chromium: apt-get install chromium.");

        await AptGetAsync("update", cancellationToken);
        await AptGetAsync("install -y --no-install-recommends chromium", cancellationToken);
        return File.Exists(Path) ? Path : throw new InvalidOperationException("apt-get install chromium brought no /usr/bin/chromium.");
    }

    private static async Task AptGetAsync(string arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("/usr/bin/apt-get", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"apt-get {arguments} failed ({process.ExitCode}); install the package chromium by hand. {await output} {await errors}");
    }
}
