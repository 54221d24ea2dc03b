using Azure.Data.Tables;
using LinkMonitor.Storage.Border;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Testing.Storage;

/// <summary>What the service itself refuses in a row, as Azurite does.</summary>
internal static class MemoryRowLimits
{
    private const int MaxText = 32 * 1024;
    private const int MaxBytes = 64 * 1024;
    private const int MaxRow = 1024 * 1024;
    private const int MaxColumns = 255;

    public static void Check(TableEntity row)
    {
        foreach (var (column, value) in row)
            if (value is string { Length: > MaxText } or byte[] { Length: > MaxBytes })
                throw Refused($"PropertyValueTooLarge: {column}");
        if (row.Count > MaxColumns)
            throw Refused("TooManyProperties");
        if (RowSize.Of(row) > MaxRow)
            throw Refused("EntityTooLarge");
    }

    private static StorageFailureException Refused(string message) => new(StorageFailureKind.Failed, 400, message, null);
}
