using System.Net;
using System.Text.RegularExpressions;
using LinkMonitor.IntegrationTests.Support;

namespace LinkMonitor.IntegrationTests.Answers;

/// <summary>Somebody in a browser without script: pages are read, forms are sent with the token of the page.</summary>
internal sealed partial class SignedIn : IDisposable
{
    private readonly HttpClient _client;
    private string _token = "";

    private SignedIn(HttpClient client) => _client = client;

    public static async Task<SignedIn> AsAsync(Product product, string key, CancellationToken cancellationToken)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = product.Api.Client.BaseAddress,
        };
        var visitor = new SignedIn(client);
        await visitor.GetAsync("/sign-in", HttpStatusCode.OK, cancellationToken);
        await visitor.PostAsync("/sign-in", [("key", key)], HttpStatusCode.OK, cancellationToken);
        return visitor;
    }

    /// <summary>A page as people read it: what is encoded is decoded.</summary>
    public async Task<string> GetAsync(string path, HttpStatusCode expected, CancellationToken cancellationToken) =>
        await ReadAsync(await _client.GetAsync(path, cancellationToken), expected, cancellationToken);

    /// <summary>A page as it was sent.</summary>
    public Task<string> RawAsync(string path, CancellationToken cancellationToken) => _client.GetStringAsync(path, cancellationToken);

    /// <summary>Sends a form and follows its redirect.</summary>
    /// <param name="file">What is chosen for the field <c>file</c>; null for nothing.</param>
    public async Task<string> PostAsync(
        string path, IEnumerable<(string Name, string Value)> fields, HttpStatusCode expected, CancellationToken cancellationToken,
        byte[]? file = null)
    {
        using var form = new MultipartFormDataContent { { new StringContent(_token), "__RequestVerificationToken" } };
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        if (file is not null)
            form.Add(new ByteArrayContent(file), "file", "page.html");
        return await ReadAsync(await _client.PostAsync(path, form, cancellationToken), expected, cancellationToken);
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> ReadAsync(HttpResponseMessage response, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        using (response)
        {
            var html = await response.Content.ReadAsStringAsync(cancellationToken);
            Assert.True(response.StatusCode == expected, $"Expected {expected}, got {response.StatusCode}: {html}");
            if (Token().Match(html) is { Success: true } token)
                _token = token.Groups["value"].Value;
            return WebUtility.HtmlDecode(html);
        }
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<value>[^"]+)""", RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
