using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Paging;

/// <summary>
/// Where a list goes on: the last row key that was looked at, with a check value over it and the list's name. Not a secret, and a forged
/// one leads nowhere but into the same list; the check tells people that they mixed up cursors.
/// </summary>
internal static class Cursor
{
    private const int CheckLength = 8;

    // A row key is at most 512 ASCII characters.
    private const int MaxLength = 800;

    /// <summary>Text of letters, digits, <c>-</c> and <c>_</c>.</summary>
    public static string Write(string list, string rowKey) =>
        Base64Url.EncodeToString([.. Check(list, rowKey), .. Encoding.UTF8.GetBytes(rowKey)]);

    /// <summary>The row key after which the list goes on; null for a list's beginning.</summary>
    /// <param name="list">The list's name, its project included.</param>
    /// <param name="range">The rows of the list.</param>
    /// <exception cref="InvalidCursorException">Cut, altered, or of another list.</exception>
    public static string? Read(string list, KeyRange range, string? cursor)
    {
        if (cursor is null)
            return null;
        return RowKeyOf(list, cursor) is { } rowKey && range.Contains(rowKey) ? rowKey : throw new InvalidCursorException();
    }

    /// <summary>The row key in a cursor; null when it is cut, altered, or of another list.</summary>
    public static string? RowKeyOf(string list, string cursor)
    {
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor))
            return null;
        var bytes = Base64Url.DecodeFromChars(cursor);
        if (bytes.Length <= CheckLength)
            return null;
        var rowKey = Encoding.UTF8.GetString(bytes.AsSpan(CheckLength));
        var isOurs = bytes.AsSpan(0, CheckLength).SequenceEqual(Check(list, rowKey));
        return isOurs && RowKeyText.IsPossible(rowKey) ? rowKey : null;
    }

    private static byte[] Check(string list, string rowKey) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(list + "\n" + rowKey))[..CheckLength];
}
