namespace LinkMonitor.Testing.Storage;

/// <summary>Stands for the death of the process: like a process without memory, nobody may go on after it.</summary>
public sealed class StoppedException : OutOfMemoryException
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
