using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Api.Limits;

/// <summary>
/// How often some things may be asked for, per process. Answers carry <c>RateLimit-Policy</c> and <c>RateLimit</c>
/// (https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/), and a 429 says with <c>Retry-After</c> when to come again.
/// </summary>
internal sealed class RequestLimits(TimeProvider time, IOptions<RequestLimitOptions> options)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>All requests of the API, by key.</summary>
    public WindowLimit Requests { get; } = new(options.Value.RequestsPerMinute, Minute, time);

    /// <summary>Checks at once, by key: each fetches somebody's page.</summary>
    public WindowLimit Checks { get; } = new(1_200, Minute, time);

    /// <summary>Public addresses, by token.</summary>
    public WindowLimit Shared { get; } = new(30, Minute, time);

    /// <summary>Addresses that are none of ours. Whoever guesses shares one quota, and takes nobody's who has a real one.</summary>
    public WindowLimit WrongAddresses { get; } = new(600, Minute, time);

    /// <summary>
    /// Keys that are not known. Whoever guesses shares one quota, for behind a Functions host all callers have one address.
    /// </summary>
    public WindowLimit WrongKeys { get; } = new(60, Minute, time);

    /// <summary>
    /// Counts a request against a limit and says in its answer how much is left, beside what other limits of the request say.
    /// </summary>
    /// <returns>Whether it may go on; otherwise it is to be answered with 429.</returns>
    public static bool TryTake(HttpContext context, WindowLimit limit, string policy, string key)
    {
        var ruling = limit.Take(key);
        if (context.Features.Get<LimitHeaders>() is not { } told)
        {
            context.Features.Set(told = new LimitHeaders());

            // Also on answers to what goes wrong later: they begin with no headers.
            context.Response.OnStarting(() =>
            {
                told.Write(context.Response.Headers);
                return Task.CompletedTask;
            });
        }

        told.Add(policy, limit, ruling);
        told.Write(context.Response.Headers);
        return ruling.IsAllowed;
    }

    /// <summary>The bare status: whoever writes what a status means says when to come again, as a page or as a problem document.</summary>
    public static IResult TooMany { get; } = TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
}

/// <summary>What the limits of one request say: lists, the closest limit first.</summary>
internal sealed class LimitHeaders
{
    private readonly List<string> _policies = [];
    private readonly List<string> _rulings = [];
    private int _retryAfter;

    public void Add(string policy, WindowLimit limit, WindowLimit.Ruling ruling)
    {
        var reset = (int)Math.Ceiling(ruling.ResetsIn.TotalSeconds);
        _policies.Insert(
            0, string.Create(CultureInfo.InvariantCulture, $"\"{policy}\";q={limit.Quota};w={(int)limit.Window.TotalSeconds}"));
        _rulings.Insert(0, string.Create(CultureInfo.InvariantCulture, $"\"{policy}\";r={ruling.Remaining};t={reset}"));
        if (!ruling.IsAllowed)
            _retryAfter = Math.Max(_retryAfter, reset);
    }

    public void Write(IHeaderDictionary headers)
    {
        headers["RateLimit-Policy"] = string.Join(", ", _policies);
        headers["RateLimit"] = string.Join(", ", _rulings);
        if (_retryAfter > 0)
            headers.RetryAfter = _retryAfter.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>How often the API may be called.</summary>
public sealed class RequestLimitOptions
{
    public const string Section = "LinkMonitor:Limits";

    /// <summary>Requests of the API within a minute with one key, in each process. 10 to 1,000,000; 1,200 by default.</summary>
    [Range(10, 1_000_000)]
    public int RequestsPerMinute { get; set; } = 1_200;
}

/// <summary>
/// So many in a window of time for each key, in this process. Bounded: when it knows too many keys, a new one waits as if used up.
/// </summary>
internal sealed class WindowLimit(int quota, TimeSpan window, TimeProvider time)
{
    private const int MaxKeys = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Spent> _spent = new(StringComparer.Ordinal);
    private DateTimeOffset _sweptAt = time.GetUtcNow();

    public int Quota => quota;

    public TimeSpan Window => window;

    /// <summary>Counts one.</summary>
    public Ruling Take(string key)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            ForgetOld(now);
            if (!_spent.TryGetValue(key, out var spent) || now >= spent.EndsAt)
            {
                if (_spent.Count >= MaxKeys)
                    return new Ruling(false, 0, window);
                spent = new Spent(0, now + window);
            }

            var isAllowed = spent.Count < quota;
            if (isAllowed)
                _spent[key] = spent = spent with { Count = spent.Count + 1 };
            return new Ruling(isAllowed, quota - spent.Count, spent.EndsAt - now);
        }
    }

    private void ForgetOld(DateTimeOffset now)
    {
        if (now - _sweptAt < window)
            return;
        _sweptAt = now;
        foreach (var (key, _) in _spent.Where(one => now >= one.Value.EndsAt).ToList())
            _spent.Remove(key);
    }

    /// <param name="Remaining">In this window.</param>
    /// <param name="ResetsIn">To the end of the window.</param>
    internal readonly record struct Ruling(bool IsAllowed, int Remaining, TimeSpan ResetsIn);

    private readonly record struct Spent(int Count, DateTimeOffset EndsAt);
}

/// <summary>Puts limits on routes.</summary>
internal static class RequestLimitExtensions
{
    /// <summary>Every request of the group counts for the caller's key, whatever comes of it.</summary>
    public static RouteGroupBuilder WithKeyLimit(this RouteGroupBuilder group) => group.WithMetadata(new KeyLimited());

    /// <summary>Keeps the limits of <see cref="WithKeyLimit"/>. Between authentication and authorization: a refusal counts, too.</summary>
    public static void UseKeyLimit(this IApplicationBuilder app) => app.Use(next => async context =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<KeyLimited>() is not null
            && CallerOf(context) is { Length: > 0 } key
            && !RequestLimits.TryTake(context, context.RequestServices.GetRequiredService<RequestLimits>().Requests, "requests", key))
            await RequestLimits.TooMany.ExecuteAsync(context);
        else
            await next(context);
    });

    /// <summary>Each request of the route counts for the caller's key.</summary>
    public static RouteHandlerBuilder WithCheckLimit(this RouteHandlerBuilder route) => route.WithLimit((context, limits) =>
        ValueTask.FromResult(new Count(limits.Checks, "check", CallerOf(context))));

    /// <summary>Whose quota a request takes from: the id of the caller's key, as names need not differ.</summary>
    public static string CallerOf(HttpContext context) => context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? string.Empty;

    /// <summary>
    /// Each request of the group counts for the token in its address, or, when nobody of ours made it, for all who guess.
    /// </summary>
    /// <param name="isOurs">Whether we made a token, good still or not.</param>
    public static RouteGroupBuilder WithTokenLimit(
        this RouteGroupBuilder group, Func<HttpContext, string, ValueTask<bool>> isOurs) => group.WithLimit(async (context, limits) =>
            context.GetRouteValue("token") is string token && await isOurs(context, token)
                ? new Count(limits.Shared, "shared", token)
                : new Count(limits.WrongAddresses, "wrong-addresses", string.Empty));

    private static TBuilder WithLimit<TBuilder>(this TBuilder routes, Func<HttpContext, RequestLimits, ValueTask<Count>> countOf)
        where TBuilder : IEndpointConventionBuilder => routes.AddEndpointFilter(async (call, next) =>
        {
            var context = call.HttpContext;
            var (limit, policy, key) = await countOf(context, context.RequestServices.GetRequiredService<RequestLimits>());
            return RequestLimits.TryTake(context, limit, policy, key) ? await next(call) : RequestLimits.TooMany;
        });

    private sealed record Count(WindowLimit Limit, string Policy, string Key);
}

/// <summary>Of an endpoint whose requests count for the caller's key.</summary>
internal sealed record KeyLimited;
