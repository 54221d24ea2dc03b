using System.Diagnostics.Metrics;
using Azure.Core;
using Azure.Core.Pipeline;
using LinkMonitor.Storage.Telemetry;

namespace LinkMonitor.Storage.Border;

/// <summary>
/// Counts the requests that the storage gets, each page of a query and each further try of its own, as they are billed. Add it per retry.
/// </summary>
/// <param name="service"><c>table</c> or <c>queue</c>.</param>
internal sealed class CountedRequests(Counter<long> operations, string service) : HttpPipelineSynchronousPolicy
{
    /// <summary>The name of the counter.</summary>
    public const string Operations = "linkmonitor.storage.operations";

    private const string NoTable = "none";

    /// <summary>The property of a message that says which table it is about.</summary>
    public const string TableName = "linkmonitor.table";

    /// <returns>The counter of both services.</returns>
    public static Counter<long> CounterOf(IMeterFactory meters) => ProductTelemetry.MeterOf(meters).CreateCounter<long>(
        Operations, "{operation}", "Requests to the storage account, retries included, by service, operation, function and table.");

    public override void OnSendingRequest(HttpMessage message) => operations.Add(
        1,
        new("service", service),
        new("operation", service == "queue" ? OfQueue(message.Request) : OfTable(message.Request)),
        new("function", WorkName.Current),
        new("table", message.TryGetProperty(TableName, out var table) ? table : NoTable));

    // https://learn.microsoft.com/rest/api/storageservices/table-service-rest-api
    private static string OfTable(Request request) => request.Method.Method switch
    {
        "GET" => IsOneRow(request) ? "get" : "query",
        "POST" => request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal) ? "transaction"
            : request.Uri.Path.EndsWith("Tables", StringComparison.Ordinal) ? "create" : "add",
        "PUT" => "put",
        "PATCH" or "MERGE" => "merge",
        "DELETE" => "delete",
        _ => "other",
    };

    private static bool IsOfMessages(Request request) => request.Uri.Path.Contains("/messages", StringComparison.Ordinal);

    private static bool IsOneRow(Request request) => request.Uri.Path.Contains("RowKey=", StringComparison.Ordinal);

    // https://learn.microsoft.com/rest/api/storageservices/queue-service-rest-api
    private static string OfQueue(Request request) => (request.Method.Method, IsOfMessages(request)) switch
    {
        ("GET", true) => request.Uri.Query.Contains("peekonly", StringComparison.OrdinalIgnoreCase) ? "peek" : "receive",
        ("POST", true) => "send",
        ("PUT", true) => "update",
        ("DELETE", true) => "delete",
        ("GET" or "HEAD", false) => "look",
        ("PUT", false) => "create",
        _ => "other",
    };
}
