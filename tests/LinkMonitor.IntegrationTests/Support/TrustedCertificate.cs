using System.Net;
using System.Net.Security;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>
/// Lets <c>SmtpClient</c> trust one certificate until disposed. The switch is one for the whole process, which is why the product has no
/// such setting; every other certificate is still judged as always. Tests that use it must not run at the same time.
/// </summary>
public sealed class TrustedCertificate : IDisposable
{
    public TrustedCertificate(string thumbprint)
    {
        Callback = (_, certificate, _, errors) =>
            errors == SslPolicyErrors.None
            || certificate?.GetCertHashString() == thumbprint;
    }

    public void Dispose() => Callback = null;

#pragma warning disable SYSLIB0014 // Obsolete for HTTP, and the only hook SmtpClient has.
    private static RemoteCertificateValidationCallback? Callback
    {
        set => ServicePointManager.ServerCertificateValidationCallback = value;
    }
#pragma warning restore SYSLIB0014
}
