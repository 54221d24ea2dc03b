using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Azure;
using Azure.Core;

namespace LinkMonitor.Storage.Tables;

/// <summary>Reads <c>{"odata.error":{"code","message":{"value"}}}</c>, and says for 403 what to check.</summary>
internal sealed class TableErrorParser : RequestFailedDetailsParser
{
    public static TableErrorParser Instance { get; } = new();

    public override bool TryParse(
        Response response, [NotNullWhen(true)] out ResponseError? error, out IDictionary<string, string>? data)
    {
        data = null;
        var (code, message) = Read(response.ContentStream is null ? default : response.Content.ToMemory());
        if (code is null && response.Headers.TryGetValue("x-ms-error-code", out var header))
            code = header;
        message ??= response.ReasonPhrase;
        if (response.Status == 403)
            message = "The table service refused the credential. Check the account name and key (or, with a managed identity, the role "
                + $"\"Storage Table Data Contributor\"), the account's firewall, and this machine's clock. The service said: {message}";
        error = new ResponseError(code, message);
        return true;
    }

    /// <summary>Code and message of an error document; nulls for anything else, as a proxy may answer with a page of its own.</summary>
    internal static (string? Code, string? Message) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var error = document.RootElement.GetProperty("odata.error");
            return (error.GetProperty("code").GetString(), error.GetProperty("message").GetProperty("value").GetString());
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return (null, null);
        }
    }
}
