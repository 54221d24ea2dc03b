using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Failures;

/// <summary>The row keys of the <c>Failures</c> table, whose partition key is the queue's name; see docs/tables/failures.md.</summary>
internal static class FailureKeys
{
    private const string NotePrefix = "note:";
    private const string FailedPrefix = "failed:";
    private const int IdLength = KeyTime.Length + 1 + ShortHash.Length;

    /// <summary>Inverted time and the text's hash.</summary>
    public static string Id(DateTimeOffset failedAt, string text) => $"{KeyTime.Descending(failedAt)}-{ShortHash.Of(text)}";

    public static string Note(string text) => NotePrefix + ShortHash.Of(text);

    /// <summary>The note of the message with an identity that <see cref="Id"/> made.</summary>
    public static string NoteOfId(string id) => NotePrefix + id[^ShortHash.Length..];

    public static string Failed(string id) => FailedPrefix + id;

    public static bool IsId(string id) => id.Length == IdLength && RowKeyText.IsPossible(id);

    public static KeyRange AllFailed(string queue) => KeyRange.StartingWith(queue, FailedPrefix);
}
