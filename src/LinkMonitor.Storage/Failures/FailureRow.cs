using System.Text;
using Azure.Data.Tables;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Failures;

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
