using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Testing.Storage;

/// <summary>Writes many links of one project quickly.</summary>
internal static class LinkRows
{
    public static async Task AddAsync(TestStorage storage, IEnumerable<WatchedLink> links, CancellationToken cancellationToken)
    {
        foreach (var chunk in links.Chunk(100))
            Assert.True(await storage.Tables.Open(TableNames.Links)
                .SubmitAsync([.. chunk.Select(link => Transactions.Add(LinkRow.Write(link)))], cancellationToken));
    }
}
