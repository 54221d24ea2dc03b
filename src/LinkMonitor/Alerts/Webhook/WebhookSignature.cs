using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Channels;

namespace LinkMonitor.Alerts.Webhook;

/// <summary>The symmetric signature of Standard Webhooks: HMAC-SHA256 over id, time and body.</summary>
internal static class WebhookSignature
{
    private const string Version = "v1,";

    /// <summary>For example <c>v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=</c>.</summary>
    /// <param name="secret"><c>whsec_</c> and base 64.</param>
    /// <param name="timestamp">Unix seconds.</param>
    public static string Sign(string secret, string id, string timestamp, byte[] body)
    {
        var key = Convert.FromBase64String(secret[WebhookSecret.Prefix.Length..]);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{id}.{timestamp}."), .. body];
        return Version + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }
}
