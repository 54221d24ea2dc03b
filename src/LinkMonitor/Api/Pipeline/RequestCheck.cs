using System.Reflection;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Api.Queries;
using Microsoft.AspNetCore.Http.Metadata;

namespace LinkMonitor.Api.Pipeline;

/// <summary>
/// Holds every request to the query and the body that its endpoint declares, before the endpoint reads it: the one place for all routes.
/// </summary>
internal static class RequestCheck
{
    /// <summary>Puts the declared parameters into the metadata of every route of a group, those that are mapped later included.</summary>
    public static RouteGroupBuilder WithRequestCheck(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Finally(builder =>
        {
            if (builder is RouteEndpointBuilder route && route.Metadata.OfType<MethodInfo>().FirstOrDefault() is { } method)
                route.Metadata.Add(DeclaredQuery.Of(method, route.RoutePattern));
        });
        return group;
    }

    /// <summary>After authorization, so that nobody without a key learns anything.</summary>
    public static void UseRequestCheck(this IApplicationBuilder app) => app.Use(next => async context =>
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<DeclaredQuery>() is not { } fields)
        {
            await next(context);
            return;
        }

        var errors = new FieldErrors();
        fields.Check(context.Request, errors);
        if (IfMatch.Problem(context.Request) is { } problem)
            errors.Add("If-Match", problem);
        if (metadata.GetMetadata<IAcceptsMetadata>() is null)
            await NoBody.CheckAsync(context.Request, errors, context.RequestAborted);

        if (errors.Any && metadata.GetMetadata<TellsErrors>() is not null)
            context.Features.Set(errors);
        else if (errors.Any)
        {
            await Problems.Invalid(errors.ToDictionary()).ExecuteAsync(context);
            return;
        }

        await next(context);
    });
}

/// <summary>
/// A HEAD request is answered as its GET would be, without the body (RFC 9110, section 9.3.2): the one place for all routes.
/// </summary>
internal static class HeadRequests
{
    /// <summary>Before routing. The server knows from the request line that no body is sent, whatever is written.</summary>
    public static void UseHeadAsGet(this IApplicationBuilder app) => app.Use(next => context =>
        HttpMethods.IsHead(context.Request.Method) ? AsGetAsync(next, context) : next(context));

    private static async Task AsGetAsync(RequestDelegate next, HttpContext context)
    {
        context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
        }
    }
}
