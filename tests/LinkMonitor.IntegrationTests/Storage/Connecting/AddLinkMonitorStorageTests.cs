using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace LinkMonitor.IntegrationTests.Storage.Connecting;

public sealed class AddLinkMonitorStorageTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_port_is_registered_and_works_once_the_tables_are_created()
    {
        var options = new StorageOptions { ConnectionString = azurite.ConnectionString, NamePrefix = azurite.UniqueName("s") };
        await using var services = new ServiceCollection().AddSingleton<ISetAside>(new RecordedSetAside()).AddLinkMonitorStorage(
            _ => options).BuildServiceProvider(validateScopes: true);
        var tables = services.GetRequiredService<ITableSetup>();

        await tables.CreateAsync(Token);
        await tables.CreateAsync(Token);

        Assert.Null(await services.GetRequiredService<ILinkStore>().GetAsync(new ProjectId("prj_a"), new LinkId("lnk_a"), Token));
        Assert.Null(await services.GetRequiredService<IPageStore>().GetAsync(new PageKey("00", "pg_a"), Token));
        Assert.Null(await services.GetRequiredService<IProjectStore>().GetAsync(new ProjectId("prj_a"), Token));
        Assert.Null(await services.GetRequiredService<IKeyStore>().FindAsync("a", Token));
        Assert.Empty((await services.GetRequiredService<IAlertStore>().ReadOpenAsync(new ProjectId("prj_a"), Token)).Items);
        Assert.Null((await services.GetRequiredService<IAlertPlanStore>().GetAsync(new ProjectId("prj_a"), Token)).ETag);
        Assert.Null(await services.GetRequiredService<IFailureStore>().GetAsync("alerts", "a", Token));
        await services.GetRequiredService<IWorkQueues>().CreateAsync(Token);
    }

    [Fact]
    public async Task A_wrong_setting_is_told_when_the_first_store_is_asked_for()
    {
        await using var services = new ServiceCollection().AddSingleton<ISetAside>(new RecordedSetAside()).AddLinkMonitorStorage(
            _ => new StorageOptions()).BuildServiceProvider();

        Assert.Throws<InvalidStorageOptionsException>(services.GetRequiredService<ILinkStore>);
    }

    [Fact]
    public async Task A_missing_table_is_a_failure_and_not_a_missing_row()
    {
        var options = new StorageOptions { ConnectionString = azurite.ConnectionString, NamePrefix = azurite.UniqueName("s") };
        await using var services = new ServiceCollection().AddSingleton<ISetAside>(new RecordedSetAside()).AddLinkMonitorStorage(
            _ => options).BuildServiceProvider();

        await Assert.ThrowsAsync<StorageFailureException>(
            () => services.GetRequiredService<IProjectStore>().GetAsync(new ProjectId("prj_a"), Token));
        await Assert.ThrowsAsync<StorageFailureException>(
            () => services.GetRequiredService<IKeyStore>().DeleteAsync("a", Token));
    }
}
