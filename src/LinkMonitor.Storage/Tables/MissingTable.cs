using System.Text.Json;
using Azure;
using Azure.Data.Tables.Models;
using LinkMonitor.Storage.Border;

namespace LinkMonitor.Storage.Tables;

/// <summary>Tells a missing table from a missing row: the client answers both with the same "not there".</summary>
internal static class MissingTable
{
    /// <exception cref="StorageFailureException">The 404 is for the table.</exception>
    public static void ThrowIfSaidBy(Response notFound, string table)
    {
        if (ErrorCode(notFound) == TableErrorCode.TableNotFound)
            throw new StorageFailureException(StorageFailureKind.NotCreated, notFound.Status, $"The table '{table}' does not exist.", null);
    }

    private static string? ErrorCode(Response response)
    {
        try
        {
            using var body = JsonDocument.Parse(response.Content.ToMemory());
            return body.RootElement.TryGetProperty("odata.error", out var error) && error.TryGetProperty("code", out var code)
                ? code.GetString()
                : null;
        }
        catch (JsonException)
        {
            // A gateway's page in place of the service's answer: no more than a 404.
            return null;
        }
    }
}
