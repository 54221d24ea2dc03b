using System.Security.Cryptography;

namespace LinkMonitor.Channels;

/// <summary>
/// The secrets that webhooks are signed with: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md.
/// </summary>
internal static class WebhookSecret
{
    public const string Prefix = "whsec_";

    /// <summary>How long messages are signed with the former secret too after a rotation.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    private const int Bytes = 32;

    /// <summary>Draws a new one: <c>whsec_</c> and base 64 of 32 random bytes.</summary>
    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
}
