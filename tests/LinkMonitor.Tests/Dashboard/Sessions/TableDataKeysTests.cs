using System.Xml.Linq;
using LinkMonitor.Dashboard.Sessions;
using LinkMonitor.Hosting.Serving;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.Hosting;
using Moq;

namespace LinkMonitor.Tests.Dashboard.Sessions;

public sealed class TableDataKeysTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("key-0f8fad5b-d9cb-469f-a165-70867728950e", "key-0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("revocation-2026-11-21T12:00:00/Z", "revocation-2026-11-21T120000Z")]
    public async Task What_data_protection_stores_it_finds_again(string name, string stored)
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);
        var keys = new TableDataKeys(storage.DataKeys, TimeProvider.System);

        keys.StoreElement(new XElement("key", new XAttribute("id", "1")), name);

        Assert.Equal("<key id=\"1\" />", Assert.Single(keys.GetAllElements()).ToString());
        Assert.Equal(stored, Assert.Single((await storage.DataKeys.ListAsync(Token)).Items).Name);
    }

    [Fact]
    public async Task A_name_without_a_letter_gets_another()
    {
        var storage = await MemoryStorage.Source.CreateAsync(Token);

        new TableDataKeys(storage.DataKeys, TimeProvider.System).StoreElement(new XElement("key"), "日本");

        Assert.StartsWith("key-", Assert.Single((await storage.DataKeys.ListAsync(Token)).Items).Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_storage_that_hangs_is_waited_for_only_so_long()
    {
        var asked = new TaskCompletionSource();
        var clock = new ManualTimeProvider();
        var store = new Mock<IDataKeyStore>();
        store.Setup(keys => keys.ListAsync(It.IsAny<CancellationToken>())).Returns(async (CancellationToken stop) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, stop);
            return default(RowsRead<DataKey>)!;
        });
        var reading = Task.Run(() => new TableDataKeys(store.Object, clock).GetAllElements(), Token);

        await asked.Task;
        clock.Advance(TimeSpan.FromSeconds(20));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public void Nothing_reads_the_keys_before_somebody_comes()
    {
        var builder = Server.CreateBuilder(new ServerSettings { Port = 0 });

        Server.AddRooms(builder, new StorageOptions { ConnectionString = "UseDevelopmentStorage=true" });

        Assert.DoesNotContain(
            builder.Services,
            service => service.ServiceType == typeof(IHostedService)
                && service.ImplementationType?.FullName?.Contains("DataProtection", StringComparison.Ordinal) == true);
    }
}
