using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Security.Authentication;
using System.Text;
using LinkMonitor.About;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Posting;

/// <summary>Posts JSON to a URL that a user gave. Its answers are read as little as possible, and never repeated.</summary>
internal sealed class MessagePoster(IHttpClientFactory clients, OutgoingPolicy policy, IOptions<ChannelOptions> options, TimeProvider time)
{
    public const string HttpClientName = "channels";

    private const int MaxBodyBytes = 1_024;

    private static readonly ProductInfoHeaderValue UserAgent = new(FetchOptions.ProductToken, Product.Version);

    /// <param name="headers">Besides the usual ones.</param>
    /// <param name="readsBody">Whether <paramref name="interpret"/> looks at the answer's body.</param>
    /// <param name="interpret">Makes a result of the answer.</param>
    public async Task<DeliveryResult> PostAsync(
        string address,
        byte[] json,
        IReadOnlyDictionary<string, string> headers,
        bool readsBody,
        Func<PostAnswer, DeliveryResult> interpret,
        CancellationToken cancellationToken)
    {
        // The rules may have become stricter since the channel was added.
        if (!WebUrl.TryParse(address, out var url) || url.ToRequestUri() is not { } uri)
            return new DeliveryResult.Refused("The channel's address is not a URL that messages can be posted to.");
        if (policy.Check(url) is { } refusal)
            return new DeliveryResult.Refused(refusal.Message);

        using var deadline = new CancellationTokenSource(options.Value.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var answer = await SendAsync(uri, json, headers, readsBody, stop.Token);
            return interpret(answer);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new DeliveryResult.Retry($"{uri.Host} did not answer within {options.Value.Timeout}.") { IsOfRoute = true };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Failed(uri, e);
        }
    }

    private async Task<PostAnswer> SendAsync(
        Uri uri, byte[] json, IReadOnlyDictionary<string, string> headers, bool readsBody, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(HttpClientName);
        // The caller's deadline also covers the body, and follows the injected clock.
        client.Timeout = Timeout.InfiniteTimeSpan;
        using var request = new HttpRequestMessage(HttpMethod.Post, uri)
        {
            Headers = { UserAgent = { UserAgent } },
            Content = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json) } },
        };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var body = readsBody ? await ReadAsync(response, cancellationToken) : string.Empty;
        return new PostAnswer(uri.Host, (int)response.StatusCode, RetryPause.Of(response.Headers, time.GetUtcNow()), body);
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxBodyBytes];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static DeliveryResult Failed(Uri uri, Exception e) => e.InnerException switch
    {
        GateException { Failure: FetchFailure.Refused } gate => new DeliveryResult.Refused(gate.Message),
        GateException gate => new DeliveryResult.Retry(gate.Message) { IsOfRoute = true },
        AuthenticationException => new DeliveryResult.Retry($"{uri.Host} has no certificate that this machine trusts."),
        _ => new DeliveryResult.Retry($"The connection to {uri.Host} broke before it answered.") { IsOfRoute = true },
    };
}

/// <summary>What the other side answered to a message.</summary>
/// <param name="Host">Whom we asked, for the reasons; the rest of the URL may be a secret.</param>
/// <param name="RetryAfter">How long it wants to be left alone; null when it did not say.</param>
/// <param name="Body">
/// The beginning of the body, only to be compared with known words; never shown, stored or logged. Empty when it was not asked for.
/// </param>
internal sealed record PostAnswer(string Host, int Status, TimeSpan? RetryAfter, string Body)
{
    private string Answered => string.Create(CultureInfo.InvariantCulture, $"{Host} answered {Status}");

    public DeliveryResult Accepted() => new DeliveryResult.Accepted(null) { Status = Status };

    public DeliveryResult Retry(string because) => new DeliveryResult.Retry($"{Answered}{because}.", RetryAfter) { Status = Status };

    public DeliveryResult Refused(string because) => new DeliveryResult.Refused($"{Answered}{because}.") { Status = Status };

    public DeliveryResult Unusable(string because) => new DeliveryResult.Unusable($"{Answered}{because}.") { Status = Status };

    /// <summary>
    /// What a status means where nothing more is known: only 2xx is success and 410 ends it (https://www.standardwebhooks.com/). Where the
    /// message itself is refused, sending it again would end the same way; anything else its owner may still mend.
    /// </summary>
    public DeliveryResult Usual() => Status switch
    {
        >= 200 and <= 299 => Accepted(),
        >= 300 and <= 399 => Refused(", a redirect, which is not followed: use the address it leads to"),
        400 or 413 or 415 or 422 => Refused(": it does not accept this message"),
        410 => Unusable(": the address no longer exists"),
        401 or 403 => Retry(": it does not authorise us"),
        404 or 405 => Retry(": nothing accepts messages at this address"),
        429 => Retry(": too many messages"),
        _ => Retry(""),
    };
}

/// <summary>
/// Which URLs a user may have messages posted to: https on port 443 at a public address, unless private networks are allowed.
/// </summary>
internal sealed class OutgoingPolicy(IOptions<ChannelOptions> options)
{
    private const int HttpsPort = 443;

    private static readonly AddressPolicy Public = new(allowPrivateNetworks: false);

    private readonly bool _allowPrivateNetworks = options.Value.AllowPrivateNetworks;

    /// <summary>What every address that a host name resolves to must pass as well.</summary>
    public AddressPolicy Addresses { get; } = new(options.Value.AllowPrivateNetworks);

    /// <summary>Whether only private networks being allowed lets messages go to the URL.</summary>
    public bool IsPrivateAndAllowed(WebUrl url) => _allowPrivateNetworks && Public.Check(url) is not null;

    /// <summary>Why the URL is refused, or null. What its host resolves to is the gate's to check when something is sent.</summary>
    public Refusal? Check(WebUrl url)
    {
        if (!_allowPrivateNetworks && url is { IsHttp: true } && (url.Scheme != "https" || url.EffectivePort != HttpsPort))
            return new Refusal("Messages are posted only over https on port 443: use an https URL without a port.");
        return Addresses.Check(url);
    }
}

/// <summary>The HTTP handler of everything that is sent: through the address gate, without proxies, redirects or cookies.</summary>
internal static class OutgoingHandler
{
    private const int MaxHeaderKibibytes = 32;

    public static SocketsHttpHandler Create(IServiceProvider provider, AddressPolicy policy)
    {
        var handler = OutgoingHttp.Handler();
        handler.ConnectCallback = new AddressGate(
            policy,
            provider.GetRequiredService<INameResolver>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<ChannelOptions>>().Value.Timeout).ConnectAsync;
        handler.MaxResponseHeadersLength = MaxHeaderKibibytes;
        handler.MaxResponseDrainSize = 0;
        return handler;
    }
}

/// <summary>
/// Cuts an answer's body at a size, for clients that read whole bodies: what a vendor's endpoint says back is small, or not for us.
/// </summary>
/// <param name="maxBytes">Of the body, decompressed.</param>
internal sealed class BoundedAnswerHandler(int maxBytes) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[maxBytes];
            var length = await body.ReadAtLeastAsync(buffer, maxBytes, throwOnEndOfStream: false, cancellationToken);
            response.Content = new ByteArrayContent(buffer, 0, length);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}

/// <summary>How messages are posted to webhooks and chats.</summary>
public sealed class ChannelOptions
{
    public const string Section = "LinkMonitor:Channels";

    /// <summary>For one message, name look-up and answer included. 1 second to 1 minute, 20 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How many test messages may be sent for one project in a minute, per instance. 1 to 60, 5 by default.</summary>
    [Range(1, 60)]
    public int TestsPerMinute { get; set; } = 5;

    /// <summary>
    /// Lets messages go to addresses that are not public, over http and to any port. For tests and intranets; false by default.
    /// </summary>
    public bool AllowPrivateNetworks { get; set; }
}
