namespace LinkMonitor.Api.Limits;

/// <summary>Puts limits on routes.</summary>
internal static class RequestLimitExtensions
{
    /// <summary>Each request of the route counts for the caller's key.</summary>
    public static RouteHandlerBuilder WithCheckLimit(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (call, next) =>
    {
        var (context, limits) = (call.HttpContext, call.HttpContext.RequestServices.GetRequiredService<RequestLimits>());
        return RequestLimits.TryTake(context, limits.Checks, "check", context.User.Identity?.Name ?? string.Empty)
            ? await next(call)
            : RequestLimits.TooMany(context);
    });

    /// <summary>Each request of the group counts for the token in its address.</summary>
    public static RouteGroupBuilder WithTokenLimit(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(async (call, next) =>
        {
            var (context, limits) = (call.HttpContext, call.HttpContext.RequestServices.GetRequiredService<RequestLimits>());
            return RequestLimits.TryTake(context, limits.Shared, "shared", context.GetRouteValue("token") as string ?? string.Empty)
                ? await next(call)
                : RequestLimits.TooMany(context);
        });
        return group;
    }
}
