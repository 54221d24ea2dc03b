using System.Text;

namespace LinkMonitor.Storage.Queues;

/// <summary>Messages are UTF-8 text in base64 on every queue, as the Functions host expects by default.</summary>
internal static class QueueText
{
    // https://learn.microsoft.com/rest/api/storageservices/put-message
    private const int MaxLength = 64 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a message; null when it is not base64 of UTF-8.</summary>
    public static string? Decode(string raw)
    {
        var bytes = new byte[raw.Length];
        if (!Convert.TryFromBase64String(raw, bytes, out var length))
            return null;
        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>What to put on a queue so that a reader gets the text; the text itself when encoding makes it too long for a queue.</summary>
    public static string Encode(string text)
    {
        var encoded = Convert.ToBase64String(Strict.GetBytes(text));
        return encoded.Length <= MaxLength ? encoded : text;
    }
}
