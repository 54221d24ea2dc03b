namespace LinkMonitor.Testing.Storage;

/// <summary>Where a contract's storage comes from: Azurite, or memory.</summary>
internal interface IStorageSource
{
    /// <summary>Tables and queues of the caller's own, the tables created and empty.</summary>
    Task<TestStorage> CreateAsync(CancellationToken cancellationToken);
}
