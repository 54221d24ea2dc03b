namespace LinkMonitor.Storage.Tables;

/// <summary>
/// Values of <see cref="Azure.RequestFailedException.ErrorCode"/>:
/// https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes.
/// </summary>
public static class TableErrorCode
{
    public const string AuthenticationFailed = "AuthenticationFailed";
    public const string AuthorizationFailure = "AuthorizationFailure";
    public const string AuthorizationPermissionMismatch = "AuthorizationPermissionMismatch";
    public const string ContentLengthExceeded = "ContentLengthExceeded";
    public const string CommandsInBatchActOnDifferentPartitions = "CommandsInBatchActOnDifferentPartitions";
    public const string DuplicatePropertiesSpecified = "DuplicatePropertiesSpecified";
    public const string EntityAlreadyExists = "EntityAlreadyExists";
    public const string EntityNotFound = "EntityNotFound";
    public const string EntityTooLarge = "EntityTooLarge";
    public const string InvalidDuplicateRow = "InvalidDuplicateRow";
    public const string InvalidInput = "InvalidInput";
    public const string KeyValueTooLarge = "KeyValueTooLarge";
    public const string OperationTimedOut = "OperationTimedOut";
    public const string OutOfRangeInput = "OutOfRangeInput";
    public const string PropertyNameInvalid = "PropertyNameInvalid";
    public const string PropertyNameTooLong = "PropertyNameTooLong";
    public const string PropertyValueTooLarge = "PropertyValueTooLarge";
    public const string ResourceNotFound = "ResourceNotFound";
    public const string ServerBusy = "ServerBusy";
    public const string TableAlreadyExists = "TableAlreadyExists";
    public const string TableBeingDeleted = "TableBeingDeleted";
    public const string TableNotFound = "TableNotFound";
    public const string TooManyProperties = "TooManyProperties";
    public const string UpdateConditionNotSatisfied = "UpdateConditionNotSatisfied";
}
