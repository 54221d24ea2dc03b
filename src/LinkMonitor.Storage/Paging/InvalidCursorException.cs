namespace LinkMonitor.Storage.Paging;

/// <summary>A cursor that no list of this kind has handed out: cut, altered, or of another list.</summary>
public sealed class InvalidCursorException : Exception
{
    public InvalidCursorException() : base("The cursor is not one that this list gave out.")
    {
    }

    public InvalidCursorException(string message) : base(message)
    {
    }

    public InvalidCursorException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
