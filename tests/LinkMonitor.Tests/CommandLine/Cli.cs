using System.CommandLine;
using LinkMonitor.CommandLine;

namespace LinkMonitor.Tests.CommandLine;

/// <summary>Runs a command line in this process.</summary>
internal sealed record Cli(int ExitCode, string Output, string Error)
{
    public static async Task<Cli> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await LinkMonitorCommand.RunAsync(
            args, new InvocationConfiguration { Output = output, Error = error }, TimeProvider.System,
            TestContext.Current.CancellationToken);
        return new Cli(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The same on loopback pages.</summary>
    public static Task<Cli> RunLocalAsync(params string[] args) => RunAsync([.. args, "--allow-private-networks"]);
}
