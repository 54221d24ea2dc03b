using Azure;

namespace LinkMonitor.Storage.Tables;

/// <summary>The service refused one action of a transaction and therefore wrote nothing of it.</summary>
public sealed class TableTransactionFailedException : RequestFailedException
{
    internal TableTransactionFailedException(int status, string message, string? errorCode, int? failedTransactionActionIndex)
        : base(status, message, errorCode, innerException: null) =>
        FailedTransactionActionIndex = failedTransactionActionIndex;

    /// <summary>Position of the refused action in the submitted list, from 0; null when the service did not say.</summary>
    public int? FailedTransactionActionIndex { get; }
}
