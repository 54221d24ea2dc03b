using LinkMonitor.Hosting.Account;
using LinkMonitor.Storage.Connecting;
using Microsoft.Extensions.Configuration;

namespace LinkMonitor.Tests.Hosting.Account;

public sealed class StorageAccountTests
{
    [Fact]
    public void Without_a_setting_there_is_no_account()
    {
        Assert.Null(StorageAccount.From(Configuration()));
    }

    [Fact]
    public void Our_own_setting_comes_before_the_hosts()
    {
        var account = StorageAccount.From(Configuration(("AzureWebJobsStorage", "host"), ("LinkMonitor:Storage", "ours")));

        Assert.Equal("ours", account!.ConnectionString);
    }

    [Fact]
    public void The_connection_string_of_the_host_is_taken()
    {
        var account = StorageAccount.From(Configuration(("AzureWebJobsStorage", "UseDevelopmentStorage=true")));

        Assert.Equal("UseDevelopmentStorage=true", account!.ConnectionString);
    }

    [Fact]
    public void The_identity_settings_that_the_deployment_writes_are_taken()
    {
        var account = StorageAccount.From(Configuration(
            ("AzureWebJobsStorage:credential", "managedidentity"),
            ("AzureWebJobsStorage:blobServiceUri", "https://stlm.blob.core.windows.net/"),
            ("AzureWebJobsStorage:queueServiceUri", "https://stlm.queue.core.windows.net/"),
            ("AzureWebJobsStorage:tableServiceUri", "https://stlm.table.core.windows.net/")));

        Assert.Null(account!.ConnectionString);
        Assert.Equal(new Uri("https://stlm.queue.core.windows.net/"), account.QueueEndpoint);
        Assert.Equal(new Uri("https://stlm.table.core.windows.net/"), account.TableEndpoint);
        Assert.Equal(new StorageIdentity { IsManagedOnly = true }, account.Identity);
    }

    [Fact]
    public void An_account_name_alone_is_enough()
    {
        var account = StorageAccount.From(Configuration(("LinkMonitor:Storage:accountName", "stlm")));

        Assert.Equal(new Uri("https://stlm.queue.core.windows.net"), account!.QueueEndpoint);
        Assert.Equal(new Uri("https://stlm.table.core.windows.net"), account.TableEndpoint);
        Assert.Equal(new StorageIdentity(), account.Identity);
    }

    [Theory]
    [InlineData("queueServiceUri", "https://stlm.queue.core.windows.net/")]
    [InlineData("tableServiceUri", "https://stlm.table.core.windows.net/")]
    public void One_endpoint_of_two_is_refused(string key, string value)
    {
        Assert.Throws<InvalidStorageOptionsException>(() => StorageAccount.From(Configuration(($"AzureWebJobsStorage:{key}", value))));
    }

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
}
