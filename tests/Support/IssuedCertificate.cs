using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LinkMonitor.Testing;

/// <summary>
/// Certificates of "localhost" and 127.0.0.1 that an intermediate authority has signed, which servers here never send along.
/// </summary>
public static class IssuedCertificate
{
    private static readonly DateTimeOffset Begin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2120, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// A server that shows its certificate and nothing else. Unlike Kestrel it does not look for the rest of the chain itself, so that
    /// whoever does is the client.
    /// </summary>
    public static RawServer Serve(X509Certificate2 certificate) => RawServer.Start(async (connection, cancellationToken) =>
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
        };
        await using var stream = new SslStream(connection.Stream);
        try
        {
            await stream.AuthenticateAsServerAsync(options, cancellationToken);
            await connection.ClientLeftAsync(cancellationToken);
        }
        catch (AuthenticationException)
        {
            // The client refused the certificate, which is what it is here for.
        }
    });

    /// <param name="issuerPlace">Where the certificate says that its issuer's can be fetched; null for nowhere.</param>
    /// <param name="end">When its time runs out; null for never in a test's life.</param>
    public static X509Certificate2 Create(string? issuerPlace, DateTimeOffset? end = null)
    {
        using var authorityKey = RSA.Create(2048);
        var authority = new CertificateRequest("CN=Test intermediate", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var issuer = authority.CreateSelfSigned(Begin, End);

        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        if (issuerPlace is not null)
            request.CertificateExtensions.Add(
                new X509AuthorityInformationAccessExtension(ocspUris: [issuerPlace + "/ocsp"], caIssuersUris: [issuerPlace + "/ca.der"]));
        using var leaf = request.Create(issuer, Begin, end ?? End, [1, 2, 3, 4]);
        using var withKey = leaf.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
    }
}
