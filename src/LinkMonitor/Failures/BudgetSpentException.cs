namespace LinkMonitor.Failures;

/// <summary>A run of a function did not end within its budget and was cancelled.</summary>
public sealed class BudgetSpentException : Exception
{
    public BudgetSpentException() : base("A function did not end within its budget.")
    {
    }

    public BudgetSpentException(string message) : base(message)
    {
    }

    public BudgetSpentException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
