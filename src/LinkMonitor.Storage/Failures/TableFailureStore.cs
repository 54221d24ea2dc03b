using Azure;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Storage.Writing;

namespace LinkMonitor.Storage.Failures;

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
