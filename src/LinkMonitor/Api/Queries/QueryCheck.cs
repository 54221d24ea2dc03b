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
        context.GetEndpoint()?.Metadata.GetMetadata<QueryFields>()?.Check(context.Request.Query, errors);
        if (errors.Any)
            await Problems.Invalid(errors.ToDictionary()).ExecuteAsync(context);
        else
            await next(context);
    });
}
