namespace LinkMonitor.Engine.Fetching;

/// <summary>Another process is at a host, or keeps a long pause after it: the request is to be made later.</summary>
public sealed class HostBusyException : Exception
{
    public HostBusyException() : base("The host is busy.")
    {
    }

    public HostBusyException(string message) : base(message)
    {
    }

    public HostBusyException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <param name="host">The host.</param>
    /// <param name="wait">How long it is busy at least.</param>
    public HostBusyException(string host, TimeSpan wait)
        : base($"Other checks of {host} are under way or its pause is not over; we ask it later.") =>
        Wait = wait;

    /// <summary>How long the host is busy at least.</summary>
    public TimeSpan Wait { get; }
}
