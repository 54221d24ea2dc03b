using System.Text;
using Azure.Core;

namespace LinkMonitor.Storage.Tables;

/// <summary>A transaction as multipart: one batch with one change set.</summary>
internal sealed class BatchBody
{
    private readonly string _batch;
    private readonly string _changeset;

    public BatchBody(Guid id)
    {
        _batch = $"batch_{id:D}";
        _changeset = $"changeset_{id:D}";
    }

    public string ContentType => $"multipart/mixed; boundary={_batch}";

    /// <exception cref="ArgumentException">An action cannot be written, or the body exceeds 4 MiB: the index is named.</exception>
    public byte[] Write(Uri endpoint, string table, IReadOnlyList<TableTransactionAction> actions)
    {
        using var body = new MemoryStream();
        Text(body, $"--{_batch}\r\nContent-Type: multipart/mixed; boundary={_changeset}\r\n\r\n");
        for (var i = 0; i < actions.Count; i++)
        {
            WritePart(body, endpoint, Request(table, actions[i], i));
            if (body.Length > TransactionLimits.MaxBytes)
                throw TransactionLimits.TooLarge(i);
        }

        Text(body, $"--{_changeset}--\r\n--{_batch}--\r\n");
        return body.Length > TransactionLimits.MaxBytes ? throw TransactionLimits.TooLarge(actions.Count - 1) : body.ToArray();
    }

    private static EntityRequest Request(string table, TableTransactionAction action, int index)
    {
        try
        {
            return EntityRequest.For(table, action);
        }
        catch (ArgumentException reason)
        {
            throw TransactionLimits.Invalid(index, reason);
        }
    }

    private void WritePart(MemoryStream body, Uri endpoint, EntityRequest request)
    {
        Text(body, $"--{_changeset}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
        Text(body, $"{request.Method} {endpoint.AbsoluteUri}{request.Path} HTTP/1.1\r\n");
        Text(body, $"Accept: {TableConnection.Accept}\r\nDataServiceVersion: {TableConnection.DataServiceVersion}\r\n");
        if (request.Method == RequestMethod.Post)
            Text(body, $"Prefer: {TableConnection.Prefer}\r\n");
        if (request.IfMatch is not null)
            Text(body, $"If-Match: {request.IfMatch}\r\n");
        if (request.Body is null)
        {
            Text(body, "\r\n\r\n");
            return;
        }

        Text(body, $"Content-Type: {TableConnection.ContentType}\r\nContent-Length: {request.Body.Length}\r\n\r\n");
        body.Write(request.Body);
        Text(body, "\r\n");
    }

    private static void Text(MemoryStream body, string text) => body.Write(Encoding.UTF8.GetBytes(text));
}
