namespace LinkMonitor.Storage.Tables;

/// <summary>Makes the tables ready.</summary>
public interface ITableSetup
{
    /// <summary>Creates the tables that are not there yet. May be called by several processes at once.</summary>
    Task CreateAsync(CancellationToken cancellationToken);
}
