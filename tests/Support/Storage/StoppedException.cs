namespace LinkMonitor.Testing.Storage;

/// <summary>Stands for the death of the process.</summary>
public sealed class StoppedException : Exception
{
    public StoppedException() : base("The process died here.")
    {
    }

    public StoppedException(string message) : base(message)
    {
    }

    public StoppedException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
