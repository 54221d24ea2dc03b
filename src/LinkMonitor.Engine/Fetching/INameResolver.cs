namespace LinkMonitor.Engine.Fetching;

/// <summary>The port to DNS.</summary>
public interface INameResolver
{
    /// <summary>Looks up all addresses of a host name. What DNS says is a value; only cancellation is thrown.</summary>
    /// <param name="host">A host name in ASCII, never an IP address.</param>
    ValueTask<NameAnswer> ResolveAsync(string host, CancellationToken cancellationToken);
}
