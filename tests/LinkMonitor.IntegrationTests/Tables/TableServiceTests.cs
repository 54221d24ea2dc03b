using Azure;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.IntegrationTests.Tables;

public sealed class TableServiceTests(AzuriteFixture azurite) : TableTest(azurite)
{
    [Fact]
    public async Task A_table_is_created_once_found_and_deleted()
    {
        var name = Azurite.UniqueName("created");
        var table = Service.GetTableClient(name);

        await table.CreateIfNotExistsAsync(Stop);
        await Service.CreateTableIfNotExistsAsync(name, Stop);
        var again = await Assert.ThrowsAsync<RequestFailedException>(() => table.CreateAsync(Stop));
        var found = await ListAsync(Service.QueryAsync($"TableName eq '{name}'", null, Stop));
        var deleted = await Service.DeleteTableAsync(name, Stop);
        var deletedAgain = await table.DeleteAsync(Stop);

        Assert.Equal((409, TableErrorCode.TableAlreadyExists), (again.Status, again.ErrorCode));
        Assert.Equal([new TableItem(name)], found);
        Assert.Equal((204, 404), (deleted.Status, deletedAgain.Status));
    }

    [Fact]
    public async Task Tables_are_listed_page_by_page()
    {
        var names = Enumerable.Range(0, 3).Select(_ => Azurite.UniqueName("listed")).ToList();
        foreach (var name in names)
            await Service.CreateTableIfNotExistsAsync(name, Stop);

        var pages = await ListAsync(Service.QueryAsync($"TableName ge '{names[0]}' and TableName le '{names[2]}'", 2, Stop).AsPages());

        Assert.Equal(names, pages.SelectMany(page => page.Values).Select(table => table.Name));
        Assert.True(pages.Count >= 2);
    }

    [Fact]
    public async Task A_wrong_key_is_403_and_the_message_says_what_to_check()
    {
        var wrong = new TableServiceClient(
            Azurite.TableEndpoint, new TableSharedKeyCredential(AzuriteFixture.AccountName, Convert.ToBase64String(new byte[64])));

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => wrong.GetTableClient(Table.Name).GetEntityAsync("p", "r", null, Stop));

        Assert.Equal(403, failure.Status);
        Assert.Contains("account name and key", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("1table")]
    [InlineData("with-dash")]
    [InlineData("Tables")]
    [InlineData("table\n")]
    public void A_name_the_service_would_refuse_is_refused_here(string name) =>
        Assert.Throws<ArgumentException>(() => Service.GetTableClient(name));
}
