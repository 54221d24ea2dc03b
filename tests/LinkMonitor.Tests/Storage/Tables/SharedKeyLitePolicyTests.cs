using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Tests.Storage.Tables;

public sealed class SharedKeyLitePolicyTests
{
    private const string Date = "Sat, 21 Nov 2026 09:00:00 GMT";

    [Theory]
    [InlineData("https://acct.table.core.windows.net/links", "/acct/links")]
    [InlineData("https://acct.table.core.windows.net/links()?$filter=a%20eq%201&$top=5", "/acct/links()")]
    [InlineData("http://127.0.0.1:10002/devstoreaccount1/links", "/devstoreaccount1/devstoreaccount1/links")]
    [InlineData("https://acct.table.core.windows.net/$batch", "/acct/$batch")]
    [InlineData(
        "https://acct.table.core.windows.net/links(PartitionKey='it%27%27s%20100%25',RowKey='%E6%9D%B1')",
        "/acct/links(PartitionKey='it%27%27s%20100%25',RowKey='%E6%9D%B1')")]
    public void The_path_is_signed_as_it_is_sent_and_the_query_is_not(string uri, string resource)
    {
        var account = resource.Split('/')[1];

        var text = SharedKeyLitePolicy.StringToSign(Date, account, new Uri(uri));

        Assert.Equal($"{Date}\n{resource}", text);
    }

    [Fact]
    public void The_signature_is_the_hmac_sha256_of_the_text_with_the_decoded_key()
    {
        // RFC 4231, test case 2.
        var credential = new TableSharedKeyCredential("acct", Convert.ToBase64String("Jefe"u8));

        var signature = credential.Sign("what do ya want for nothing?");

        Assert.Equal("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", Convert.ToHexStringLower(Convert.FromBase64String(signature)));
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("QUJD QQ")]
    [InlineData("QQ=")]
    public void A_key_that_is_not_base64_is_refused_without_showing_it(string key)
    {
        var failure = Assert.Throws<ArgumentException>(() => new TableSharedKeyCredential("acct", key));

        Assert.Contains("base64", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, failure.Message, StringComparison.Ordinal);
    }
}
