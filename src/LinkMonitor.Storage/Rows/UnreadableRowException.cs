namespace LinkMonitor.Storage.Rows;

/// <summary>
/// A row that is needed is damaged, or was written by a later version of the program. Nothing was changed; the same call works again once the row is
/// mended or the program is updated.
/// </summary>
public sealed class UnreadableRowException : Exception
{
    public UnreadableRowException() : base("A stored row cannot be read.")
    {
    }

    public UnreadableRowException(string message) : base(message)
    {
    }

    public UnreadableRowException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public UnreadableRowException(SetAsideNote note, Exception? innerException)
        : base($"A stored row cannot be read ({note?.Name}). {note?.Problem} {note?.Advice}", innerException) => Note = note;

    /// <summary>Which row, and what is wrong with it.</summary>
    public SetAsideNote? Note { get; }
}
