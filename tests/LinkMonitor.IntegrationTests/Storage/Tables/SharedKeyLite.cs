using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.IntegrationTests.Support;

namespace LinkMonitor.IntegrationTests.Storage.Tables;

/// <summary>
/// Signs requests with the emulator's key, as https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key has it.
/// </summary>
internal static class SharedKeyLite
{
    public static void Sign(HttpRequestMessage request)
    {
        var date = TimeProvider.System.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        request.Headers.Remove("Authorization");
        request.Headers.Remove("x-ms-date");
        request.Headers.Add("x-ms-date", date);
        var text = $"{date}\n/{AzuriteFixture.AccountName}{request.RequestUri!.AbsolutePath}";
        var signature = HMACSHA256.HashData(Convert.FromBase64String(AzuriteFixture.AccountKey), Encoding.UTF8.GetBytes(text));
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"SharedKeyLite {AzuriteFixture.AccountName}:{Convert.ToBase64String(signature)}");
    }
}
