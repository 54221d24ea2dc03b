using System.ComponentModel;
using System.Diagnostics;

namespace LinkMonitor.Hosting.Azurite;

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
                $"LinkMonitor has no storage setting and wants to start Azurite, but `{program}` could not be started: {missing.Message}.", missing);
        }
    }
}
