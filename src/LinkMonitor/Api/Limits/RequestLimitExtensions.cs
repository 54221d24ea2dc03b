namespace LinkMonitor.Api.Limits;

/// <summary>Puts limits on routes.</summary>
internal static class RequestLimitExtensions
{
    /// <summary>Each request of the route counts for the caller's key.</summary>
    public static RouteHandlerBuilder WithCheckLimit(this RouteHandlerBuilder route) =>
        route.WithLimit("check", limits => limits.Checks, context => context.User.Identity?.Name);

    /// <summary>Each request of the group counts for the token in its address.</summary>
    public static RouteGroupBuilder WithTokenLimit(this RouteGroupBuilder group) =>
        group.WithLimit("shared", limits => limits.Shared, context => context.GetRouteValue("token") as string);

    private static TBuilder WithLimit<TBuilder>(
        this TBuilder routes, string policy, Func<RequestLimits, WindowLimit> limitOf, Func<HttpContext, string?> keyOf)
        where TBuilder : IEndpointConventionBuilder => routes.AddEndpointFilter(async (call, next) =>
        {
            var context = call.HttpContext;
            var limit = limitOf(context.RequestServices.GetRequiredService<RequestLimits>());
            return RequestLimits.TryTake(context, limit, policy, keyOf(context) ?? string.Empty) ? await next(call) : RequestLimits.TooMany(context);
        });
}
