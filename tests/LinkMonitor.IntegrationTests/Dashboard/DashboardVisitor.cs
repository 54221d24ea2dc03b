using System.Net;
using System.Text.RegularExpressions;
using LinkMonitor.IntegrationTests.Support;

namespace LinkMonitor.IntegrationTests.Dashboard;

/// <summary>Somebody who looks at the dashboard over plain HTTP, with cookies and without following redirects.</summary>
internal sealed partial class DashboardVisitor : IDisposable
{
    private readonly HttpClient _client;

    private DashboardVisitor(Product product) => _client = new HttpClient(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        CookieContainer = new CookieContainer(),
    })
    {
        BaseAddress = product.Api.Client.BaseAddress,
    };

    /// <param name="key">Null for somebody who has none; a wrong one stays outside, too.</param>
    public static async Task<DashboardVisitor> EnterAsync(Product product, string? key, CancellationToken cancellationToken)
    {
        var visitor = new DashboardVisitor(product);
        if (key is not null)
        {
            using var answer = await visitor.PostAsync("/sign-in", Fields(("key", key)), null, cancellationToken);
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Redirect, HttpStatusCode.Unauthorized });
        }

        return visitor;
    }

    public static IReadOnlyCollection<KeyValuePair<string, string>> Fields(params (string Name, string Value)[] fields) =>
        [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))];

    public Task<HttpResponseMessage> GetAsync(
        string path, CancellationToken cancellationToken, params (string Name, string Value)[] headers) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), headers, cancellationToken);

    /// <param name="fields">Without the form's token.</param>
    /// <param name="header">One that a browser sends along.</param>
    public async Task<HttpResponseMessage> PostAsync(
        string path, IEnumerable<KeyValuePair<string, string>> fields, (string Name, string Value)? header,
        CancellationToken cancellationToken, bool withToken = true)
    {
        var all = withToken
            ? fields.Append(KeyValuePair.Create("__RequestVerificationToken", await TokenAsync(cancellationToken))) : fields;
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(all) };
        return await SendAsync(request, header is { } one ? [one] : [], cancellationToken);
    }

    /// <summary>Sends a body as it is, whole or not.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, HttpContent body, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = body }, [], cancellationToken);

    public void Dispose() => _client.Dispose();

    // Every page that somebody signed in sees has a form; others see the one that signs in.
    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        foreach (var path in (string[])["/sign-in", "/app"])
        {
            if (FormToken().Match(await _client.TextOfAsync(path, cancellationToken)) is { Success: true } token)
                return WebUtility.HtmlDecode(token.Groups[1].Value);
        }

        throw new InvalidOperationException("No page has a form.");
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, IEnumerable<(string Name, string Value)> headers, CancellationToken cancellationToken)
    {
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _client.SendAsync(request, cancellationToken);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}

internal static class HttpClientExtensions
{
    /// <summary>The body of any answer, a redirect's included.</summary>
    public static async Task<string> TextOfAsync(this HttpClient client, string path, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(path, cancellationToken);
        return await answer.Content.ReadAsStringAsync(cancellationToken);
    }
}
