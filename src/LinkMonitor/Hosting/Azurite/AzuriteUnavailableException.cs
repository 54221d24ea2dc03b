namespace LinkMonitor.Hosting.Azurite;

/// <summary>Azurite could not be started. The message is meant for the user: what is missing or what went wrong, and what to do about it.</summary>
internal sealed class AzuriteUnavailableException : Exception
{
    private const string Remedies =
        "Either install Node.js 20 or newer with npm (https://nodejs.org), or set LinkMonitor__Storage to the connection string of a storage account.";

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
