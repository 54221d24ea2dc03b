using System.Security.Claims;

namespace LinkMonitor.Api.Limits;

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
            await RequestLimits.TooMany(context).ExecuteAsync(context);
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
            return RequestLimits.TryTake(context, limit, policy, key) ? await next(call) : RequestLimits.TooMany(context);
        });

    private sealed record Count(WindowLimit Limit, string Policy, string Key);
}

/// <summary>Of an endpoint whose requests count for the caller's key.</summary>
internal sealed record KeyLimited;
