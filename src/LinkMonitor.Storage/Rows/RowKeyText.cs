using System.Buffers;

namespace LinkMonitor.Storage.Rows;

/// <summary>What a partition or row key may hold.</summary>
/// <remarks>
/// Source:
/// https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model#characters-disallowed-in-key-fields
/// </remarks>
internal static class RowKeyText
{
    // Azure takes 1,024 characters, Azurite 512.
    private const int MaxLength = 512;

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:.");

    /// <summary>
    /// Whether some row could have this key: identities come in from URLs, and one that cannot be a key is simply not there. Narrower than
    /// the service's rule; wide enough for every key that we build.
    /// </summary>
    public static bool IsPossible(string key) => key.Length is > 0 and <= MaxLength && !key.AsSpan().ContainsAnyExcept(Plain);
}
