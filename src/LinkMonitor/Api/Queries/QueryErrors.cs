using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace LinkMonitor.Api.Queries;

/// <summary>
/// What is wrong with a query so far, for an endpoint that checks further and reports all of it; such a parameter makes the endpoint one.
/// </summary>
internal sealed record QueryErrors(FieldErrors Errors) : IEndpointParameterMetadataProvider
{
    /// <summary>
    /// What was found to be wrong with a request before its endpoint ran, if the endpoint is one that <see cref="TellsErrors"/>.
    /// </summary>
    public static FieldErrors Of(HttpContext context) => context.Features.Get<FieldErrors>() ?? new FieldErrors();

    /// <summary>Called by the framework.</summary>
    public static ValueTask<QueryErrors?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<QueryErrors?>(new QueryErrors(Of(context)));

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new TellsErrors());
}

/// <summary>
/// Of an endpoint: it finds out more that may be wrong, and tells it together with the errors of <see cref="QueryErrors.Of"/>.
/// </summary>
internal sealed record TellsErrors;
