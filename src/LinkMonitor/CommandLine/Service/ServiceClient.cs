using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.About;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.Engine.Fetching;

namespace LinkMonitor.CommandLine.Service;

/// <summary>
/// Talks to a running service over its API. Whatever goes wrong comes as a <see cref="ServiceFailureException"/> with what to do.
/// </summary>
internal sealed class ServiceClient : IDisposable
{
    /// <summary>A batch of links is written one by one.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    /// <summary>An answer of 1,000 links with their evidence is a few megabytes.</summary>
    private const int LongestAnswer = 64 * 1024 * 1024;

    private const int MostRetries = 20;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http;
    private readonly ServiceProfile _profile;
    private readonly TimeProvider _time;

    public ServiceClient(ServiceProfile profile, TimeProvider time)
    {
        (_profile, _time) = (profile, time);
        var handler = OutgoingHttp.Handler();

        // The service may be elsewhere, behind a proxy that the environment names.
        handler.UseProxy = true;
        _http = new HttpClient(handler)
        {
            BaseAddress = new Uri(profile.Url.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = Deadline,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        if (profile.Key is not { } key)
            return;
        if (key.Any(character => character is < ' ' or > '~'))
            throw new ServiceFailureException("The key contains a character that keys never have.", ExitCodes.Unavailable);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>An address that the service named, which may do so relative to itself.</summary>
    public string AddressOf(string address) => new Uri(_http.BaseAddress!, address.TrimStart('/')).AbsoluteUri;

    public Task<string> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public Task<string> PostAsync(string path, JsonNode body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, body, cancellationToken);

    /// <summary>Sends a request under <c>/api/v1/</c>. What is asked for too often is asked again when the service says.</summary>
    /// <param name="path">Relative, for example <c>projects</c>.</param>
    /// <returns>The body of an answer that says yes.</returns>
    /// <exception cref="ServiceFailureException">Any other answer, or none.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public async Task<string> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var answer = await AskAsync(method, "api/v1/" + path, body, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (answer.IsSuccessStatusCode)
                return text;
            if (answer.StatusCode != HttpStatusCode.TooManyRequests || attempt >= MostRetries)
                throw await FailureAsync(answer.StatusCode, text, cancellationToken);
            var pause = answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
            await Task.Delay(pause < LongestPause ? pause : LongestPause, _time, cancellationToken);
        }
    }

    /// <summary>Reads an answer.</summary>
    /// <exception cref="ServiceFailureException">It is none that we know.</exception>
    public async Task<T> ReadAsync<T>(string text, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException)
        {
            throw new ServiceFailureException($"{_profile.Url} gave an answer that this program does not understand. "
                + $"{await VersionsAsync(cancellationToken)}", ExitCodes.Unavailable);
        }
    }

    /// <summary>All items of a list, part by part.</summary>
    /// <param name="path">With a query, or with <c>?</c> at its end.</param>
    public async IAsyncEnumerable<(T Item, string Json)> ListAsync<T>(
        string path, JsonTypeInfo<AnswerSlice<T>> type,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var text = await GetAsync(cursor is null ? path : $"{path}&cursor={Uri.EscapeDataString(cursor)}", cancellationToken);
            var slice = await ReadAsync(text, type, cancellationToken);
            using var document = JsonDocument.Parse(text);
            var items = document.RootElement.GetProperty("items");
            foreach (var (at, item) in slice.Items.Index())
                yield return (item, items[at].GetRawText());
            cursor = slice.Cursor;
        }
        while (cursor is not null);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw NoService(e.InnerException?.Message ?? e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw NoService($"no answer within {Deadline.TotalMinutes:N0} minutes");
        }
    }

    private ServiceFailureException NoService(string why) => new(
        $"There is no service at {_profile.Url}: {why}. Start it with 'linkmonitor serve', or give its address in "
            + $"{ServiceProfile.UrlVariable} "
        + $"or a profile.",
        ExitCodes.Unavailable);

    private async Task<ServiceFailureException> FailureAsync(HttpStatusCode status, string text, CancellationToken cancellationToken)
    {
        var problem = Problem(text);
        return status switch
        {
            HttpStatusCode.Unauthorized when _profile.Key is null => new(
                $"No key is set. Set {ServiceProfile.KeyVariable}, or 'key' in a profile in "
                + $"{ServiceProfile.UsualFile}.", ExitCodes.NoPermission),
            HttpStatusCode.Unauthorized => new($"{_profile.Url} does not know this key. Is it a key of another service, or was it "
                + $"revoked?", ExitCodes.NoPermission),
            HttpStatusCode.Forbidden => new(problem?.Line ?? "The key may not do this.", ExitCodes.NoPermission),
            >= HttpStatusCode.InternalServerError => new(
                $"{_profile.Url} failed ({status:D}). {problem?.Line}".TrimEnd(), ExitCodes.Unavailable),
            _ when problem is null => new(
                $"{_profile.Url} answered {status:D}, but not as "
                + $"LinkMonitor does. " + await VersionsAsync(cancellationToken), ExitCodes.Unavailable),
            _ => new($"{problem.Line} {await OtherVersionAsync(cancellationToken)}".TrimEnd(), ExitCodes.WrongUsage),
        };
    }

    private static ProblemAnswer? Problem(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ServiceJson.Default.ProblemAnswer) is { Title: not null } problem ? problem : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<string> VersionsAsync(CancellationToken cancellationToken) =>
        await OtherVersionAsync(cancellationToken) is { Length: > 0 } other ? other : $"Check the address in {ServiceProfile.UrlVariable} "
            + $"or the profile.";

    /// <summary>One sentence when the service is of another version than we are; else empty.</summary>
    private async Task<string> OtherVersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await AskAsync(HttpMethod.Get, "health", null, cancellationToken);
            var health = JsonSerializer.Deserialize(
                await answer.Content.ReadAsStringAsync(cancellationToken), ServiceJson.Default.HealthAnswer);
            return health is { Version: { } version } && version != Product.Version
                ? $"The service is LinkMonitor {version}, this program {Product.Version}: use the same for both."
                : string.Empty;
        }
        catch (Exception e) when (e is JsonException or ServiceFailureException)
        {
            return string.Empty;
        }
    }
}
