namespace LinkMonitor.CommandLine.Service;

/// <summary>A command cannot be done by the service; the message says why and what to do.</summary>
internal sealed class ServiceFailureException(string message, int exitCode) : Exception(message)
{
    public int ExitCode => exitCode;
}
