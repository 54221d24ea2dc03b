using System.Security.Cryptography;
using System.Text;

namespace LinkMonitor.Storage.Tables;

/// <summary>An account name and its key. Never printed.</summary>
public sealed class TableSharedKeyCredential
{
    private readonly byte[] _key;

    /// <exception cref="ArgumentException">The name is empty, or the key is not base64. The message never holds the key.</exception>
    public TableSharedKeyCredential(string accountName, string accountKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(accountName);
        ArgumentException.ThrowIfNullOrWhiteSpace(accountKey);
        AccountName = accountName;
        _key = Decode(accountKey);
    }

    public string AccountName { get; }

    internal string Sign(string text) => Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));

    private static byte[] Decode(string accountKey)
    {
        var buffer = new byte[accountKey.Length];
        if (!Convert.TryFromBase64String(accountKey, buffer, out var length) || length == 0)
            throw new ArgumentException(
                "The account key is not valid base64. Copy the whole key again, with its final '=' signs.", nameof(accountKey));
        return buffer[..length];
    }
}
