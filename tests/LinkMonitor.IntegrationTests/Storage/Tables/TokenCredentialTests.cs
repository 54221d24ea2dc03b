using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.IntegrationTests.Storage.Tables;

public sealed class TokenCredentialTests(AzuriteFixture azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_for_storage_is_sent_over_https()
    {
        using var certificate = SelfSigned();
        await using var proxy = await StorageProxy.StartAsync(azurite.TableEndpoint, certificate, Stop);

        // Azurite takes tokens only with a certificate of its own; behind the proxy it gets the key's signature instead.
        proxy.Rewrite = SharedKeyLite.Sign;
        using var handler = Trusting(certificate);
        using var client = new HttpClient(handler);
        var credential = new FixedToken("the-token");
        var options = new StorageOptions
        {
            TableServiceUri = proxy.Endpoint,
            QueueServiceUri = new Uri("https://queues.example/"),
            Credential = credential,
            NamePrefix = azurite.UniqueName("t"),
            ConfigureTables = tables => tables.Transport = new HttpClientTransport(client),
        };
        var table = StorageConnection.Open(options).Tables.Open(TableNames.Links);

        await table.CreateAsync(Stop);
        await table.AddAsync(new TableEntity("p", "r") { ["N"] = 1 }, Stop);

        Assert.Equal(1, (await table.GetAsync("p", "r", Stop))!.GetInt32("N"));
        Assert.All(proxy.Requests, request => Assert.Equal("Bearer the-token", request.Authorization));
        Assert.Equal(["https://storage.azure.com/.default"], credential.Scopes);
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
