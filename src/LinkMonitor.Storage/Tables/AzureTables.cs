using Azure.Data.Tables;

namespace LinkMonitor.Storage.Tables;

/// <inheritdoc cref="ITables"/>
/// <param name="prefix">Stands before every name.</param>
internal sealed class AzureTables(TableServiceClient service, string prefix) : ITables
{
    public ITable Open(string name) => new AzureTable(service.GetTableClient(prefix + name));
}
