namespace LinkMonitor.Hosting.Azurite;

/// <summary>Azurite could not be started. The message is meant for the user: what is missing or what went wrong, and what to do about it.</summary>
internal sealed class AzuriteUnavailableException : Exception
{
    /// <summary>EX_UNAVAILABLE of sysexits.h: the exit code of a process that ends for this.</summary>
    public const int ExitCode = 69;

    private const string Remedies =
        "Either install Node.js 20 or newer with npm (https://nodejs.org), or set LinkMonitor__Storage to the connection string of a storage account.";

    public AzuriteUnavailableException(string problem, Exception? innerException = null)
        : base($"{problem}{Environment.NewLine}{Remedies}", innerException)
    {
    }
}
