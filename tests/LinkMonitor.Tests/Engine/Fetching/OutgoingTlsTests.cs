using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Fetching;

/// <summary>A certificate names URLs of its issuer's choosing. None of them is ever asked for.</summary>
public sealed partial class OutgoingTlsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Past = new(2024, 5, 6, 7, 8, 9, TimeSpan.Zero);
    private LocalWeb _issuer = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _issuer = await LocalWeb.StartAsync(Token);

    public ValueTask DisposeAsync() => _issuer.DisposeAsync();

    [Fact]
    public async Task No_certificate_is_fetched_for_a_page_and_an_incomplete_chain_is_told()
    {
        using var certificate = IssuedCertificate.Create(_issuer.Origin);
        await using var server = IssuedCertificate.Serve(certificate);

        var failed = await Web.FailureAsync(Url(server, "127.0.0.1"));

        Assert.Equal((FetchFailure.TlsFailed, CertificateFault.IncompleteChain), (failed.Failure, failed.Certificate));
        Assert.Equal(
            "No secure connection to 127.0.0.1: the server leaves out an intermediate certificate. Browsers fetch it from elsewhere; "
                + "we and " +
            "many other programs do not: the site's owner should have the server send the whole chain.",
            failed.Message);
        Assert.Equal(0, _issuer.Connections);
    }

    /// <summary>What proves that the test above would notice.</summary>
    [Fact]
    public void A_chain_that_is_built_without_our_policy_is_fetched_for()
    {
        using var certificate = IssuedCertificate.Create(_issuer.Origin);
        using var chain = new X509Chain { ChainPolicy = { RevocationMode = X509RevocationMode.NoCheck } };

        chain.Build(certificate);

        Assert.Equal("/ca.der", Assert.Single(_issuer.Requests).Path);
    }

    [Fact]
    public void The_policy_alone_keeps_a_chain_from_being_fetched_for()
    {
        using var certificate = IssuedCertificate.Create(_issuer.Origin);
        using var chain = new X509Chain { ChainPolicy = OutgoingTls.ChainPolicy() };

        Assert.False(chain.Build(certificate));
        Assert.Equal(0, _issuer.Connections);
    }

    [Fact]
    public async Task A_certificate_whose_issuer_is_nowhere_to_be_had_is_not_trusted()
    {
        await using var web = await LocalWeb.StartTlsAsync(IssuedCertificate.Create(null), Token);

        var failed = await Web.FailureAsync(web.Url("/"));

        Assert.Equal(CertificateFault.Untrusted, failed.Certificate);
        Assert.Contains("certificate is not trusted (PartialChain", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_has_run_out_is_told_with_its_day()
    {
        using var certificate = IssuedCertificate.Create(_issuer.Origin, Past);
        await using var server = IssuedCertificate.Serve(certificate);

        var failed = await Web.FailureAsync(Url(server, "127.0.0.1"));

        Assert.Equal(CertificateFault.Expired, failed.Certificate);
        Assert.Contains("its certificate expired on 2024-05-06", failed.Message, StringComparison.Ordinal);
        Assert.Equal(0, _issuer.Connections);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_told()
    {
        using var certificate = IssuedCertificate.Create(_issuer.Origin);
        await using var server = IssuedCertificate.Serve(certificate);

        var failed = await Web.FailureAsync(Url(server, "other.example"), resolver: new MapResolver().Add("other.example", "127.0.0.1"));

        Assert.Equal(CertificateFault.WrongName, failed.Certificate);
    }

    [Fact]
    public async Task Connections_leave_nothing_behind_in_the_settings()
    {
        var options = OutgoingTls.Options();
        await using var web = await LocalWeb.StartUntrustedTlsAsync(Token);
        using var handler = new SocketsHttpHandler { SslOptions = options, UseProxy = false };
        using var invoker = new HttpMessageInvoker(handler);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(
            () => invoker.SendAsync(new HttpRequestMessage(HttpMethod.Get, web.Url("/")), Token));

        Assert.Equal(CertificateFault.Untrusted, Assert.IsType<CertificateException>(failure.InnerException).Fault);
        Assert.Empty(options.CertificateChainPolicy!.ExtraStore);
    }

    [Fact]
    public void Every_http_handler_is_made_in_the_one_place()
    {
        var handler = Assert.Single(
            Directory.EnumerateFiles(Sources(), "*.cs", SearchOption.AllDirectories), file => NewHandler().IsMatch(File.ReadAllText(file)));

        Assert.EndsWith("FetchHandler.cs", handler, StringComparison.Ordinal);
        Assert.Contains("SslOptions = OutgoingTls.Options(trust)", File.ReadAllText(handler), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new SocketsHttpHandler { UseProxy = false }")]
    [InlineData("new System.Net.Http.HttpClientHandler()")]
    [InlineData("SocketsHttpHandler Create(Options options) => new() { }")]
    [InlineData("HttpClientHandler handler = new();")]
    public void Every_way_to_write_a_new_handler_is_found(string code) => Assert.Matches(NewHandler(), code);

    [GeneratedRegex(@"new ([\w.]+\.)?(SocketsHttp|HttpClient)Handler\b|(SocketsHttp|HttpClient)Handler \w+(\([^)]*\) =>| =) new\(")]
    private static partial Regex NewHandler();

    private static string Sources([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "src"));

    private static string Url(RawServer server, string host) => $"https://{host}:{server.Port}/";
}
