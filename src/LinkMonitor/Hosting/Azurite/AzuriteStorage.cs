namespace LinkMonitor.Hosting.Azurite;

/// <summary>Storage on this machine: an Azurite of ours, or one that already ran. Dispose it after everything that uses it.</summary>
internal sealed class AzuriteStorage(string connectionString, AzuriteProcess? process, IDisposable? folderLock) : IAsyncDisposable
{
    public string ConnectionString => connectionString;

    /// <summary>False when somebody else's Azurite is shared.</summary>
    public bool IsOurs => process is not null;

    /// <summary>Completes when our Azurite ends; never for one that is shared.</summary>
    public Task Ended => process?.Ended ?? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        folderLock?.Dispose();
    }
}
