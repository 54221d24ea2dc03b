using Azure.Core;
using LinkMonitor.Storage.Connecting;

namespace LinkMonitor.Tests.Storage.Connecting;

public sealed class StorageConnectionTests
{
    private const string Secret = "c2VjcmV0";

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("AccountName=a")]
    [InlineData("AccountKey=" + Secret)]
    [InlineData("AccountName=a;AccountKey=%%%" + Secret)]
    [InlineData("AccountName=a;AccountKey=" + Secret + ";TableEndpoint=nonsense")]
    [InlineData("AccountName=a;AccountKey=" + Secret + ";TableEndpoint=http://a.example/;QueueEndpoint=nonsense")]
    [InlineData("UseDevelopmentStorage=maybe")]
    public void A_connection_string_that_cannot_work_is_refused_without_telling_secrets(string connectionString)
    {
        var refused = Assert.Throws<InvalidStorageOptionsException>(
            () => StorageConnection.Open(new StorageOptions { ConnectionString = connectionString }));

        Assert.NotEmpty(refused.Message);
        Assert.DoesNotContain(Secret, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_development_storage_is_known()
    {
        var connection = StorageConnection.Open(new StorageOptions { ConnectionString = "UseDevelopmentStorage=true" });

        Assert.Equal(10002, connection.TableService.Uri.Port);
        Assert.Equal(10001, connection.QueueService.Uri.Port);
    }

    [Fact]
    public void An_account_name_with_a_credential_gives_the_addresses()
    {
        var connection = StorageConnection.Open(new StorageOptions { AccountName = "linkmonitor1", Credential = new NoToken() });

        Assert.Equal("https://linkmonitor1.table.core.windows.net/", connection.TableService.Uri.AbsoluteUri);
        Assert.Equal("https://linkmonitor1.queue.core.windows.net/", connection.QueueService.Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("")]
    [InlineData("UPPER")]
    [InlineData("a.evil.example/x")]
    [InlineData("abc\n")]
    public void An_account_name_that_cannot_be_is_refused(string name) =>
        Assert.Throws<InvalidStorageOptionsException>(
            () => StorageConnection.Open(new StorageOptions { AccountName = name, Credential = new NoToken() }));

    [Fact]
    public void A_credential_is_only_sent_over_https() =>
        Assert.Throws<InvalidStorageOptionsException>(() => StorageConnection.Open(new StorageOptions
        {
            TableServiceUri = new Uri("http://linkmonitor1.table.core.windows.net"),
            QueueServiceUri = new Uri("https://linkmonitor1.queue.core.windows.net"),
            Credential = new NoToken(),
        }));

    [Fact]
    public void Nothing_and_both_are_refused()
    {
        Assert.Throws<InvalidStorageOptionsException>(() => StorageConnection.Open(new StorageOptions()));
        Assert.Throws<InvalidStorageOptionsException>(() => StorageConnection.Open(
            new StorageOptions { ConnectionString = "UseDevelopmentStorage=true", Credential = new NoToken() }));
    }

    [Theory]
    [InlineData("1a")]
    [InlineData("A")]
    [InlineData("a-b")]
    [InlineData("abcdefghijklmnopqrstu")]
    public void A_prefix_that_no_table_or_queue_can_have_is_refused(string prefix) =>
        Assert.Throws<InvalidStorageOptionsException>(
            () => StorageConnection.Open(new StorageOptions { ConnectionString = "UseDevelopmentStorage=true", NamePrefix = prefix }));

    private sealed class NoToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Nothing is sent.");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Nothing is sent.");
    }
}
