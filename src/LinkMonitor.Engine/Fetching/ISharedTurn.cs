namespace LinkMonitor.Engine.Fetching;

/// <summary>A host's turn that all processes know of.</summary>
public interface ISharedTurn
{
    /// <summary>Lets the others in after a pause.</summary>
    Task EndAsync(TimeSpan pause);
}
