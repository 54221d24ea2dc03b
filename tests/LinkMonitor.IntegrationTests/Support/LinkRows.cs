using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>Writes many links of one project quickly.</summary>
internal static class LinkRows
{
    public static async Task AddAsync(TestStorage storage, IEnumerable<WatchedLink> links, CancellationToken cancellationToken)
    {
        foreach (var chunk in links.Chunk(100))
            await storage.Connection.Table(TableNames.Links)
                .SubmitTransactionAsync(chunk.Select(link => Transactions.Add(LinkRow.Write(link))), cancellationToken);
    }
}
