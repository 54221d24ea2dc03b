using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Fetching.Cookies;
using LinkMonitor.Engine.Fetching.Decoding;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Fetching;

/// <summary>
/// Fetches pages as a browser would, redirects and cookies included, within the limits of <see cref="FetchOptions"/>. Whatever the web does
/// comes back as a <see cref="FetchResult"/>. Safe to share between threads; keep one, because connections are pooled in it.
/// </summary>
public sealed class PageFetcher : IDisposable
{
    private readonly FetchOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly AddressPolicy _policy;
    private readonly HttpMessageInvoker _invoker;
    private readonly PageMemory _memory;

    /// <param name="resolver">Null for the operating system's DNS.</param>
    public PageFetcher(FetchOptions options, INameResolver? resolver, TimeProvider timeProvider)
        : this(
            options,
            timeProvider,
            policy => new AddressGate(policy, resolver ?? new DnsNameResolver(), timeProvider, options.ConnectTimeout))
    {
    }

    internal PageFetcher(
        FetchOptions options,
        TimeProvider timeProvider,
        Func<AddressPolicy, AddressGate> openGate,
        RemoteCertificateValidationCallback? trust = null)
    {
        _options = options;
        _timeProvider = timeProvider;
        _policy = new AddressPolicy(options.AllowPrivateNetworks);
        _memory = new PageMemory(options.PageMemoryBytes, options.MaxBodyBytes);
        _invoker = new HttpMessageInvoker(FetchHandler.Create(options, openGate(_policy), trust));
    }

    /// <summary>Fetches one page with GET. The body comes with error statuses too, because challenge pages are recognised by it.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled; passing the deadline is a value.</exception>
    public Task<FetchResult> FetchAsync(WebUrl url, CancellationToken cancellationToken) =>
        FetchAsync(url, VisitRules.Ordinary, cancellationToken);

    /// <summary>
    /// Fetches one file unless it is as it was: then the answer has the status 304 and no body. What was noted is sent only to the URL that
    /// gave it, reached by the same redirects.
    /// </summary>
    /// <param name="seen">What <see cref="FileSeen.Of"/> noted; null to fetch in any case.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled; passing the deadline is a value.</exception>
    public Task<FetchResult> FetchAsync(WebUrl url, FileSeen? seen, CancellationToken cancellationToken) => FetchAsync(
        url, seen is null ? VisitRules.Ordinary : new VisitRules { Conditions = new VisitConditions(seen.Validators, seen.Route) },
        cancellationToken);

    /// <inheritdoc cref="FetchAsync(WebUrl, CancellationToken)"/>
    internal async Task<FetchResult> FetchAsync(WebUrl url, VisitRules rules, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        var visit = new Visit(url, _timeProvider, rules.Cookies);
        using var deadline = new VisitDeadline(_options.Deadline, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var own = rules.Share is null ? new MemoryShare(_memory) : null;
        var hops = new Hops(visit, rules, deadline, rules.Share ?? own!, cancellationToken);
        try
        {
            var result = await FollowAsync(hops, either.Token);
            return own is not null && result is FetchedResponse answer ? answer with { Body = answer.Body.ToArray() } : result;
        }
        catch (Exception e) when (either.IsCancellationRequested && ComesFromCancellation(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return visit.Fail(NetworkFailures.TimedOut(visit.Current, _options, visit.Status));
        }
        catch (Exception e) when (NetworkFailures.Of(e, visit.Current, _options) is { } problem)
        {
            return visit.Fail(problem);
        }
    }

    /// <summary>The clock of every deadline.</summary>
    internal TimeProvider Clock => _timeProvider;

    /// <summary>A jar for the fetches of one check.</summary>
    internal CookieJar NewCookies() => new(_timeProvider);

    /// <summary>Memory for a body, which the caller gives back.</summary>
    internal MemoryShare NewShare() => new(_memory);

    public void Dispose()
    {
        _invoker.Dispose();
        _memory.Dispose();
    }

    private static bool ComesFromCancellation(Exception? exception) =>
        exception is OperationCanceledException || (exception is not null && ComesFromCancellation(exception.InnerException));

    private async Task<FetchResult> FollowAsync(Hops hops, CancellationToken cancellationToken)
    {
        var (visit, rules) = (hops.Visit, hops.Rules);
        while (true)
        {
            if (Obstacle(visit, rules) is { } obstacle)
                return visit.Fail(obstacle);
            if (visit.Current.ToRequestUri() is not { } uri)
                return visit.Fail(NetworkFailures.NotFetchable(visit.Current));

            visit.Status = null;
            var objection = await hops.BeforeAsync();
            if (visit.RedirectCount == 0)
                visit.Begin();
            if (objection is not null)
                return visit.Fail(objection);

            var validators = rules.Conditions?.For(visit);
            visit.IsConditional = validators is not null;
            using var request = PageRequest.Create(uri, _options.UserAgent, visit.Cookies.FieldFor(visit.Current), validators);
            using var response = await _invoker.SendAsync(request, cancellationToken);
            var headers = ReceivedHeaders.Of(response);
            visit.Status = (int)response.StatusCode;
            visit.Cookies.Store(visit.Current, headers.Values("Set-Cookie"));
            if (!RedirectAnswer.Is(visit.Status.Value, headers))
                return await ReadAnswerAsync(hops, response, headers, cancellationToken);
            if (RedirectAnswer.Follow(visit, headers) is { } problem)
                return visit.Fail(problem);
        }
    }

    /// <summary>What keeps the current URL from being requested, or null.</summary>
    private FetchProblem? Obstacle(Visit visit, VisitRules rules)
    {
        if (_policy.Check(visit.Current) is { } refusal)
            return new FetchProblem(FetchFailure.Refused, refusal.Message);
        if (!visit.IsNew())
            return NetworkFailures.Loop(visit.Current);
        var maxRedirects = rules.MaxRedirects ?? _options.MaxRedirects;
        if (visit.RedirectCount > maxRedirects)
            return NetworkFailures.TooManyRedirects(maxRedirects);
        return null;
    }

    private async Task<FetchResult> ReadAnswerAsync(
        Hops hops, HttpResponseMessage response, ResponseHeaders headers, CancellationToken cancellationToken)
    {
        var (visit, rules) = (hops.Visit, hops.Rules);
        // It has no body, whatever its headers say of the page's: https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5
        if (response.StatusCode == HttpStatusCode.NotModified)
            return visit.Answer((int)response.StatusCode, headers, default);

        var codings = ContentDecoder.Codings(headers.Values("Content-Encoding"));
        var isUnknown = ContentDecoder.HasUnknown(headers.Values("Content-Encoding"));
        if (!ContentDecoder.CanDecode(codings))
            return visit.Fail(NetworkFailures.UnknownEncoding(visit.Current, headers));
        if (rules.FirstBytes is null && response.Content.Headers.ContentLength > _options.MaxBodyBytes)
            return visit.Fail(NetworkFailures.TooLarge(visit.Current, _options));

        var wire = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var stream = ContentDecoder.Open(wire, codings, Math.Max(_options.MaxBodyBytes, 4L * (rules.FirstBytes ?? 0)));
        try
        {
            var body = rules.FirstBytes is { } count
                ? await BodyReader.ReadFirstAsync(stream, count, cancellationToken)
                : await BodyReader.ReadAsync(stream, hops.Share, hops.OutsideAsync, cancellationToken);
            return isUnknown && BinaryData.Is(body.Span)
                ? visit.Fail(NetworkFailures.UnknownEncoding(visit.Current, headers))
                : visit.Answer((int)response.StatusCode, headers, body);
        }
        catch (InvalidDataException) when (isUnknown)
        {
            return visit.Fail(NetworkFailures.UnknownEncoding(visit.Current, headers));
        }
    }

    /// <summary>What the hops of one fetch have in common.</summary>
    private sealed record Hops(Visit Visit, VisitRules Rules, VisitDeadline Deadline, MemoryShare Share, CancellationToken Caller)
    {
        /// <summary>
        /// What keeps the current URL from being requested; null when nothing does, and then there is memory for the answer. What was taken
        /// for a hop before is given back first: whoever is asked here may fetch, too.
        /// </summary>
        public ValueTask<FetchProblem?> BeforeAsync()
        {
            Share.Release();
            return Deadline.OutsideAsync(async () =>
            {
                var problem = Rules.Before is { } before ? await before(Visit.Current, Caller) : null;
                if (problem is null)
                    await Share.TakeAsync(Caller);
                return problem;
            });
        }

        public ValueTask<bool> OutsideAsync(Func<ValueTask<bool>> wait) => Deadline.OutsideAsync(wait);
    }
}

/// <summary>The request for a page, the same for every hop: what a browser would ask for, and who we are. Always a GET.</summary>
internal static class PageRequest
{
    public static HttpRequestMessage Create(Uri uri, string userAgent, string? cookies, PageValidators? validators)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        Add("User-Agent", userAgent);
        Add("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
        Add("Accept-Encoding", "gzip, br, deflate");
        Add("Accept-Language", "en, *;q=0.5");
        if (cookies is not null)
            Add("Cookie", cookies);
        if (validators?.EntityTag is { } tag)
            Add("If-None-Match", tag);
        if (validators?.LastModified is { } modified)
            Add("If-Modified-Since", modified);
        return request;

        void Add(string name, string value) => request.Headers.TryAddWithoutValidation(name, value);
    }
}

/// <summary>Takes the header fields out of .NET's two collections as they were received, without its parsing.</summary>
internal static class ReceivedHeaders
{
    public static ResponseHeaders Of(HttpResponseMessage response) =>
        new([.. Fields(response.Headers), .. Fields(response.Content.Headers)]);

    private static IEnumerable<KeyValuePair<string, string>> Fields(HttpHeaders headers) =>
        from field in headers.NonValidated
        from value in field.Value
        select KeyValuePair.Create(field.Key, value);
}
