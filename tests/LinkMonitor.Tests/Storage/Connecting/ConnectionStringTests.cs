using Azure.Data.Tables;
using LinkMonitor.Storage.Connecting;

namespace LinkMonitor.Tests.Storage.Connecting;

public sealed class ConnectionStringTests
{
    private const string Key = "QUJDRA==";

    [Theory]
    [InlineData(
        $"DefaultEndpointsProtocol=https;AccountName=acct;AccountKey={Key};EndpointSuffix=core.windows.net",
        "https://acct.table.core.windows.net/")]
    [InlineData($"AccountName=acct;AccountKey={Key}", "https://acct.table.core.windows.net/")]
    [InlineData($"AccountName=acct;AccountKey={Key};EndpointSuffix=core.chinacloudapi.cn;", "https://acct.table.core.chinacloudapi.cn/")]
    [InlineData($" accountname = acct ; ACCOUNTKEY={Key}; TableEndpoint=http://127.0.0.1:9/acct", "http://127.0.0.1:9/acct")]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData("usedevelopmentstorage=True;", "http://127.0.0.1:10002/devstoreaccount1")]
    public void The_endpoint_is_written_or_follows_from_the_account(string text, string endpoint) =>
        Assert.Equal(endpoint, new TableServiceClient(ConnectionString.Check(text)).Uri.AbsoluteUri);

    [Theory]
    [InlineData($"AccountKey={Key}", "neither TableEndpoint nor AccountName")]
    [InlineData($"TableEndpoint=http://127.0.0.1:9/acct;AccountKey={Key}", "no AccountName")]
    [InlineData("AccountName=acct", "no AccountKey")]
    [InlineData("AccountName=acct;AccountKey=", "no AccountKey")]
    [InlineData("AccountName=acct;AccountKey=%%%", "base64")]
    [InlineData($"AccountName=acct;AccountKey={Key};TableEndpoint=acct.table.core.windows.net", "TableEndpoint")]
    [InlineData($"AccountName=acct;AccountKey={Key};TableEndpoint=ftp://acct", "TableEndpoint")]
    [InlineData($"AccountName=acct;AccountKey={Key};DefaultEndpointsProtocol=gopher", "DefaultEndpointsProtocol")]
    [InlineData("TableEndpoint=https://acct.table.core.windows.net;AccountName=acct;SharedAccessSignature=sv=1", "SharedAccessSignature")]
    [InlineData("UseDevelopmentStorage=false", "UseDevelopmentStorage")]
    [InlineData("AccountName=acct;AccountName=other", "AccountName twice")]
    [InlineData("just some text", "Name=Value")]
    public void What_is_missing_or_wrong_is_named(string text, string named)
    {
        var failure = Assert.Throws<InvalidStorageOptionsException>(() => ConnectionString.Check(text));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_connection_string_is_told_as_such(string text) =>
        Assert.Contains(
            "empty", Assert.Throws<InvalidStorageOptionsException>(() => ConnectionString.Check(text)).Message, StringComparison.Ordinal);
}
