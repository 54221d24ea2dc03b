using System.Text;
using Azure;
using Azure.Data.Tables;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

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

/// <inheritdoc cref="IFailureStore"/>
internal sealed class TableFailureStore(StoreTables tables) : IFailureStore
{
    private readonly RowTable _table = tables.Open(TableNames.Failures);

    public Task NoteAttemptAsync(string queue, string text, string message, DateTimeOffset now, CancellationToken cancellationToken) =>
        _table.MergeAsync(FailureRow.WriteNote(queue, text, message, now), cancellationToken);

    public async Task<FailedMessage> RecordAsync(string queue, string text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return await Contention.GetAsync(
                $"A failed message of '{queue}'", () => TryRecordAsync(queue, text, now, cancellationToken), cancellationToken);
        }
        catch (UnreadableRowException)
        {
            return await RecordAloneAsync(queue, text, now, cancellationToken);
        }
    }

    public Task<Slice<FailedMessage>> ListAsync(string queue, int maxItems, string? cursor, CancellationToken cancellationToken)
    {
        var failures = new SliceReader<FailedMessage>
        {
            Table = _table,
            List = $"{ListNames.Failures} {queue}",
            Range = FailureKeys.AllFailed(queue),
            Map = FailureRow.Read,
        };
        return failures.ReadAsync(maxItems, cursor, cancellationToken);
    }

    public async Task<FailedMessage?> GetAsync(string queue, string id, CancellationToken cancellationToken) =>
        await _table.FindAsync(queue, FailureKeys.Failed(id), FailureRow.Read, cancellationToken);

    public async Task<bool> RemoveAsync(string queue, string id, CancellationToken cancellationToken)
    {
        if (!FailureKeys.IsId(id) || !RowKeyText.IsPossible(queue))
            return false;

        // The row goes first: a note that points at nothing is only a note, and the next failure of the same text is kept anew.
        var isRemoved = await _table.DeleteAsync(queue, FailureKeys.Failed(id), ETag.All, cancellationToken);
        await _table.DeleteAsync(queue, FailureKeys.NoteOfId(id), ETag.All, cancellationToken);
        return isRemoved;
    }

    /// <summary>Null when somebody else wrote in between.</summary>
    private async Task<FailedMessage?> TryRecordAsync(string queue, string text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var note = await _table.FindAsync(queue, FailureKeys.Note(text), FailureRow.ReadNote, cancellationToken);
        if (note?.RecordedId is { } id && await GetAsync(queue, id, cancellationToken) is { } kept)
            return await RefreshAsync(kept, note, cancellationToken);

        var message = new FailedMessage
        {
            Id = FailureKeys.Id(now, text),
            Queue = queue,
            Text = text,
            Error = note?.Error,
            FailedAt = now,
        };
        var noteRow = FailureRow.WriteNote(message);
        var writeNote = note is null ? Transactions.Add(noteRow) : Transactions.Replace(noteRow, RowColumns.ToETag(note.Version));
        return await _table.SubmitAsync([writeNote, Transactions.Put(FailureRow.Write(message))], cancellationToken) ? message : null;
    }

    // A note that cannot be read keeps its place, and must not cost the message: at worst it is kept twice.
    private async Task<FailedMessage> RecordAloneAsync(string queue, string text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var message = new FailedMessage { Id = FailureKeys.Id(now, text), Queue = queue, Text = text, FailedAt = now };
        await _table.PutAsync(FailureRow.Write(message), cancellationToken);
        return message;
    }

    // The same text failed again: it stays in its place, with the latest reason.
    private async Task<FailedMessage?> RefreshAsync(FailedMessage kept, AttemptNote note, CancellationToken cancellationToken)
    {
        if (note.Error is not { } error || error == kept.Error)
            return kept;

        var refreshed = kept with { Error = error };
        return await _table.ReplaceAsync(FailureRow.Write(refreshed), ETag.All, cancellationToken) is null ? null : refreshed;
    }
}
