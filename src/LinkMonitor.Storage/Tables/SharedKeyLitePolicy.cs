using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace LinkMonitor.Storage.Tables;

/// <summary>
/// Signs each try of a request with Shared Key Lite for tables:
/// https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key#shared-key-lite-authorization.
/// </summary>
internal sealed class SharedKeyLitePolicy(TableSharedKeyCredential credential, TimeProvider clock) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var date = clock.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        message.Request.Headers.SetValue("x-ms-date", date);
        var signature = credential.Sign(StringToSign(date, credential.AccountName, message.Request.Uri.ToUri()));
        message.Request.Headers.SetValue("Authorization", $"SharedKeyLite {credential.AccountName}:{signature}");
    }

    /// <summary>
    /// The date, and the account with the path as it is sent. An emulator's path starts with the account, which then stands there twice.
    /// Of the query only <c>comp</c> would count, and no request of this client has it.
    /// </summary>
    internal static string StringToSign(string date, string accountName, Uri uri) => $"{date}\n/{accountName}{uri.AbsolutePath}";
}
