namespace LinkMonitor.Engine.Robots;

/// <summary>Keeps what is known of robots.txt files where all processes see it, so that a site is asked once a day by all of them together.</summary>
public interface IRobotsMemory
{
    /// <summary>What any process learnt last; null for nothing.</summary>
    /// <param name="host">The origin's host.</param>
    Task<RobotsRecord?> FindAsync(string host, string origin, CancellationToken cancellationToken);

    /// <summary>Keeps what this process has just learnt. A memory that fails is no reason not to check: nothing is thrown for that.</summary>
    Task KeepAsync(string host, RobotsRecord record, CancellationToken cancellationToken);
}
