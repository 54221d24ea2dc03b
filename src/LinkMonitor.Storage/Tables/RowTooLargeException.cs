namespace LinkMonitor.Storage.Tables;

/// <summary>A row holds more than the service takes. Nothing was sent.</summary>
public sealed class RowTooLargeException : ArgumentException
{
    public RowTooLargeException() : base("The row is too large.")
    {
    }

    public RowTooLargeException(string message) : base(message)
    {
    }

    public RowTooLargeException(string message, Exception? innerException) : base(message, innerException)
    {
    }

    /// <param name="column">The column that is too large, or the largest of a row that is.</param>
    /// <param name="message">How large it is and may be.</param>
    public RowTooLargeException(string column, string message, Exception? innerException = null) : base(message, innerException) => Column = column;

    /// <summary>The column that is too large, or the largest of a row that is; null when nobody knows.</summary>
    public string? Column { get; }
}
