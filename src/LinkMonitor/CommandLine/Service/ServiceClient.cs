using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.About;
using LinkMonitor.Api;
using LinkMonitor.CommandLine.Conventions;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Exports;

namespace LinkMonitor.CommandLine.Service;

/// <summary>
/// Talks to a running service over its API. Whatever goes wrong comes as a <see cref="ServiceFailureException"/> with what to do.
/// </summary>
internal sealed class ServiceClient : IDisposable
{
    /// <summary>A batch of links is written one by one. Of a file that comes, for each part of it.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    /// <summary>The largest file takes so long at 80 KB a second.</summary>
    private static readonly TimeSpan FileDeadline = TimeSpan.FromMinutes(30);

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
            Timeout = Timeout.InfiniteTimeSpan,
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
    public Task<string> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken) =>
        TextAsync(new Question(method, path) { Body = body is null ? null : () => Json(body) }, cancellationToken);

    /// <summary>Sends a file as the body of a POST under <c>/api/v1/</c>.</summary>
    /// <param name="open">Opens it anew for each attempt.</param>
    /// <param name="key">The name of the request, by which the service knows it again; null for none.</param>
    /// <inheritdoc cref="SendAsync"/>
    public Task<string> UploadAsync(string path, Func<Stream> open, string? key, CancellationToken cancellationToken) => TextAsync(
        new Question(HttpMethod.Post, path)
        {
            Body = () => new StreamContent(open()) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } },
            Key = key,
            Deadline = FileDeadline,
        }, cancellationToken);

    /// <summary>How many rows the service left out of lists and files because it cannot read them.</summary>
    public int Unreadable { get; private set; }

    /// <summary>Gives the body of an answer to a GET under <c>/api/v1/</c> away, part by part as it comes.</summary>
    /// <exception cref="ServiceFailureException">Another answer, none, or one that broke off: what was written is not whole.</exception>
    /// <inheritdoc cref="SendAsync"/>
    public async Task DownloadAsync(
        string path, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> write, CancellationToken cancellationToken)
    {
        using var answer = await GrantedAsync(
            new Question(HttpMethod.Get, path) { Deadline = FileDeadline, IsStreamed = true }, cancellationToken);
        if (answer.Headers.TryGetValues(LinkExport.UnreadableHeader, out var told)
            && int.TryParse(told.FirstOrDefault(), CultureInfo.InvariantCulture, out var unreadable))
            Unreadable += unreadable;
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var buffer = new byte[64 * 1024];
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            while (true)
            {
                quiet.CancelAfter(Deadline);
                var count = await body.ReadAsync(buffer, quiet.Token);
                if (count == 0)
                    return;
                quiet.CancelAfter(Timeout.InfiniteTimeSpan);
                await write(buffer.AsMemory(0, count), cancellationToken);
            }
        }
        catch (HttpIOException e)
        {
            throw BrokenOff(e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw BrokenOff($"nothing came for {Deadline.TotalMinutes:N0} minutes");
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
            Unreadable += slice.Unreadable;
            cursor = slice.Cursor;
        }
        while (cursor is not null);
    }

    public void Dispose() => _http.Dispose();

    private static StringContent Json(JsonNode body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private async Task<string> TextAsync(Question question, CancellationToken cancellationToken)
    {
        using var answer = await GrantedAsync(question, cancellationToken);
        return await answer.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>An answer that says yes.</summary>
    private async Task<HttpResponseMessage> GrantedAsync(Question question, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var answer = await AskAsync(question, cancellationToken);
            if (answer.IsSuccessStatusCode)
                return answer;
            using (answer)
            {
                if (answer.StatusCode != HttpStatusCode.TooManyRequests || attempt >= MostRetries)
                    throw await FailureAsync(
                        answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken), cancellationToken);
                var pause = answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
                await Task.Delay(pause < LongestPause ? pause : LongestPause, _time, cancellationToken);
            }
        }
    }

    private async Task<HttpResponseMessage> AskAsync(Question question, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(question.Method, question.Address) { Content = question.Body?.Invoke() };
        if (question.Key is { } key)
            request.Headers.Add(IdempotencyKey.Header, key);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(question.Deadline);
        try
        {
            return await _http.SendAsync(
                request, question.IsStreamed ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead,
                end.Token);
        }
        catch (HttpRequestException e)
        {
            throw NoService(e.InnerException?.Message ?? e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw NoService($"no answer within {question.Deadline.TotalMinutes:N0} minutes");
        }
    }

    private ServiceFailureException BrokenOff(string why) =>
        new($"{_profile.Url} broke off in the middle of the file: {why}", ExitCodes.Unavailable);

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
            using var answer = await AskAsync(new Question(HttpMethod.Get, "health") { Root = "" }, cancellationToken);
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

    /// <param name="Path">Below <see cref="Root"/>.</param>
    private sealed record Question(HttpMethod Method, string Path)
    {
        public string Root { get; init; } = "api/v1/";

        /// <summary>Makes the body anew for each attempt; null for none.</summary>
        public Func<HttpContent>? Body { get; init; }

        public string? Key { get; init; }

        public TimeSpan Deadline { get; init; } = ServiceClient.Deadline;

        /// <summary>The body of the answer is read as it comes.</summary>
        public bool IsStreamed { get; init; }

        public string Address => Root + Path;
    }
}
