using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.IntegrationTests.Tables;

public sealed class TokenCredentialTests(AzuriteFixture azurite) : TableTest(azurite)
{
    [Fact]
    public async Task A_token_for_storage_is_sent_over_https()
    {
        using var certificate = SelfSigned();
        await using var proxy = await StorageProxy.StartAsync(Azurite.TableEndpoint, certificate, Stop);
        proxy.Rewrite = SignWithKey;
        using var handler = Trusting(certificate);
        using var client = new HttpClient(handler);
        var credential = new FixedToken("the-token");
        var options = Impatient();
        options.Transport = new HttpClientTransport(client);
        var table = new TableServiceClient(proxy.Endpoint, credential, options).GetTableClient(Table.Name);

        await table.AddEntityAsync(new TableEntity("p", "r") { ["N"] = 1 }, Stop);

        Assert.Equal("Bearer the-token", Assert.Single(proxy.Requests).Authorization);
        Assert.Equal(["https://storage.azure.com/.default"], credential.Scopes);
        Assert.Equal(1, (await Table.GetEntityAsync("p", "r", null, Stop)).Value.GetInt32("N"));
    }

    [Fact]
    public void A_token_is_never_sent_in_the_clear() =>
        Assert.Throws<ArgumentException>(() => new TableServiceClient(Azurite.TableEndpoint, new FixedToken("t")));

    // Azurite takes tokens only with a certificate of its own; behind the proxy it gets the key's signature instead.
    private static void SignWithKey(HttpRequestMessage request)
    {
        var key = new TableSharedKeyCredential(AzuriteFixture.AccountName, AzuriteFixture.AccountKey);
        var date = TimeProvider.System.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        request.Headers.Remove("Authorization");
        request.Headers.Add("x-ms-date", date);
        var signature = key.Sign(SharedKeyLitePolicy.StringToSign(date, key.AccountName, request.RequestUri!));
        request.Headers.TryAddWithoutValidation("Authorization", $"SharedKeyLite {key.AccountName}:{signature}");
    }

    private static SocketsHttpHandler Trusting(X509Certificate2 certificate) => new()
    {
        UseProxy = false,
        SslOptions =
        {
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString(),
        },
    };

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        // Windows cannot serve with a key that was never exported.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private sealed class FixedToken(string token) : TokenCredential
    {
        public string[] Scopes { get; private set; } = [];

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return new(new AccessToken(token, TimeProvider.System.GetUtcNow().AddHours(1)));
        }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new NotSupportedException("The client is asynchronous only.");
    }
}
