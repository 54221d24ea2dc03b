using System.Reflection;

namespace LinkMonitor.Api.Queries;

/// <summary>Holds every request of the API to the query that its endpoint declares, before the endpoint reads it: the one place for all routes.</summary>
internal static class QueryCheck
{
    /// <summary>Puts the declared parameters into the metadata of every route of a group, those that are mapped later included.</summary>
    public static RouteGroupBuilder WithQueryCheck(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Finally(builder =>
        {
            if (builder is RouteEndpointBuilder route && route.Metadata.OfType<MethodInfo>().FirstOrDefault() is { } method)
                route.Metadata.Add(QueryFields.Of(method, route.RoutePattern));
        });
        return group;
    }

    /// <summary>After authorization, so that nobody without a key learns anything.</summary>
    public static void UseQueryCheck(this IApplicationBuilder app) => app.Use(next => async context =>
    {
        var errors = new FieldErrors();
        var metadata = context.GetEndpoint()?.Metadata;
        metadata?.GetMetadata<QueryFields>()?.Check(context.Request.Query, errors);

        // Whoever reads a body tells what is wrong with it and with the query at once.
        if (errors.Any && metadata?.GetMetadata<TakesBody>() is not null)
            context.Features.Set(errors);
        else if (errors.Any)
        {
            await Problems.Invalid(errors.ToDictionary()).ExecuteAsync(context);
            return;
        }

        await next(context);
    });

    /// <summary>What was found to be wrong with the query of a request whose body is still to be read.</summary>
    public static FieldErrors Errors(HttpContext context) => context.Features.Get<FieldErrors>() ?? new FieldErrors();
}
