using System.CommandLine;
using LinkMonitor.CommandLine;

namespace LinkMonitor.Tests.CommandLine;

/// <summary>Runs a command line in this process, and holds it to the exit codes of its help.</summary>
internal sealed record Cli(int ExitCode, string Output, string Error)
{
    public static async Task<Cli> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await LinkMonitorCommand.RunAsync(
            args, new InvocationConfiguration { Output = output, Error = error }, TimeProvider.System,
            TestContext.Current.CancellationToken);
        Assert.True(
            LinkMonitorCommand.ExitsOf(args, TimeProvider.System).Codes.Contains(exitCode),
            $"The help of '{string.Join(' ', args)}' does not name the exit code {exitCode}.");
        return new Cli(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The same on loopback pages.</summary>
    public static Task<Cli> RunLocalAsync(params string[] args) => RunAsync([.. args, "--allow-private-networks"]);
}
