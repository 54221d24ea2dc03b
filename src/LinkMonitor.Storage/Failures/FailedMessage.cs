using System.Text;
using Azure.Data.Tables;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Failures;

/// <summary>A queue message that failed too often, kept so that it can be sent again.</summary>
public sealed record FailedMessage
{
    /// <summary>Inverted time and a hash of the text; unique in its queue.</summary>
    public required string Id { get; init; }

    /// <summary>The queue it came from, without <c>-poison</c>.</summary>
    public required string Queue { get; init; }

    public required string Text { get; init; }

    /// <summary>What the last attempt said; null when the process died without a word.</summary>
    public string? Error { get; init; }

    public required DateTimeOffset FailedAt { get; init; }
}

/// <summary>What is noted of the attempts at a message.</summary>
/// <param name="RecordedId">Under which identity the message is kept; null when it is not.</param>
/// <param name="Version">The version that was read.</param>
internal sealed record AttemptNote(string? Error, string? RecordedId, string Version);

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

/// <summary>A failed message as a row, and the note beside it.</summary>
internal static class FailureRow
{
    private const string Id = "failureId";
    private const string Text = "text";
    private const string Error = "error";
    private const string FailedAt = "failedAt";
    private const string NotedAt = "notedAt";
    private const string RecordedAs = "recordedAs";

    /// <summary>What the last attempt said. Merged, so that it leaves the identity as it is.</summary>
    public static TableEntity WriteNote(string queue, string text, string? error, DateTimeOffset now)
    {
        var row = RowSchema.New(queue, FailureKeys.Note(text));
        row[Error] = StoredText.Cut(error, StoredText.MaxLength);
        row[NotedAt] = now;
        return row;
    }

    /// <summary>The note of a message that is kept.</summary>
    public static TableEntity WriteNote(FailedMessage message)
    {
        var row = WriteNote(message.Queue, message.Text, message.Error, message.FailedAt);
        row[RecordedAs] = message.Id;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static AttemptNote ReadNote(TableEntity row) => new(row.GetString(Error), row.GetString(RecordedAs), row.Version());

    public static TableEntity Write(FailedMessage message)
    {
        var row = RowSchema.New(message.Queue, FailureKeys.Failed(message.Id));
        row[Id] = message.Id;

        // Bytes, because a message may be 64 KiB of text, and a column of text holds half as many characters.
        row[Text] = Encoding.UTF8.GetBytes(message.Text);
        row[Error] = message.Error;
        row[FailedAt] = message.FailedAt;
        return row;
    }

    /// <exception cref="FormatException">The row is damaged.</exception>
    public static FailedMessage Read(TableEntity row) => new()
    {
        Id = row.Text(Id),
        Queue = row.PartitionKey,
        Text = Encoding.UTF8.GetString(row.GetBinary(Text) ?? throw new FormatException($"Row '{row.RowKey}' has no text.")),
        Error = row.GetString(Error),
        FailedAt = row.Time(FailedAt),
    };
}

/// <summary>The <c>Failures</c> table: queue messages given up on.</summary>
public interface IFailureStore
{
    /// <summary>Remembers why an attempt failed: the host moves a message to the poison queue without a reason.</summary>
    Task NoteAttemptAsync(string queue, string text, string message, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Keeps a message of the poison queue, with the last noted error. Doing it again keeps one.</summary>
    Task<FailedMessage> RecordAsync(string queue, string text, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The kept messages of one queue, the newest first.</summary>
    Task<Slice<FailedMessage>> ListAsync(string queue, int maxItems, string? cursor, CancellationToken cancellationToken);

    Task<FailedMessage?> GetAsync(string queue, string id, CancellationToken cancellationToken);

    /// <summary>Forgets a message. False when it was not there.</summary>
    Task<bool> RemoveAsync(string queue, string id, CancellationToken cancellationToken);
}
