namespace LinkMonitor.Storage.Tables;

/// <inheritdoc cref="ITableSetup"/>
internal sealed class TableSetup(ITables tables) : ITableSetup
{
    public Task CreateAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(TableNames.All.Select(name => tables.Open(name).CreateAsync(cancellationToken)));
}
