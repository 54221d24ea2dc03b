using System.Security.Claims;
using LinkMonitor.Storage.Auditing;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Projects;
using Microsoft.AspNetCore.Http.Metadata;

namespace LinkMonitor.Auditing;

/// <summary>
/// Keeps who did what: every request of an unsafe method that succeeded and changed something, in the log of its project, or of the
/// installation when it is of none. It is kept before the answer begins, so whoever is told "done" finds it in the log.
/// </summary>
internal sealed class AuditFilter(IAuditStore audit, TimeProvider time) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var result = await next(context);
        if (!IsUnsafe(http.Request.Method)
            || !Succeeded(result, http)
            || http.GetEndpoint()?.Metadata.GetMetadata<NotAudited>() is not null
            || http.Features.Get<AuditSaid>() is { Note: null }
            || (http.GetEndpoint()?.Metadata.GetMetadata<AuditedWhenSaid>() is not null && http.Features.Get<AuditSaid>() is null))
            return result;

        // Not the token of the request: what is done is done, whether or not the caller waits.
        await audit.AddAsync(EntryOf(http), CancellationToken.None);
        return result;
    }

    /// <summary>Whether a method may change something (RFC 9110, section 9.2.1).</summary>
    public static bool IsUnsafe(string method) => !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
        || HttpMethods.IsTrace(method));

    private AuditEntry EntryOf(HttpContext http)
    {
        var note = http.Features.Get<AuditSaid>()?.Note;
        var isOfInstallation = note?.IsOfInstallation == true;
        return new AuditEntry
        {
            Id = AuditIds.New(),
            ProjectId = isOfInstallation ? null : http.Features.Get<Project>()?.Id,
            At = time.GetUtcNow(),
            By = note?.By ?? new Author(
                http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? string.Empty,
                http.User.FindFirstValue(ClaimTypes.Name) ?? string.Empty),
            What = note?.What ?? http.GetEndpoint()?.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary ?? http.Request.Method,
            About = note is null ? LastRouteValue(http) : note.About,
        };
    }

    // A result that names no status is one that redirects or writes a page.
    private static bool Succeeded(object? result, HttpContext http) => result switch
    {
        INestedHttpResult { Result: var inner } => Succeeded(inner, http),
        IStatusCodeHttpResult { StatusCode: { } status } => status < StatusCodes.Status400BadRequest,
        _ => http.Response.StatusCode < StatusCodes.Status400BadRequest,
    };

    // What a path ends with is what it is about: its last parameter.
    private static string? LastRouteValue(HttpContext http) =>
        http.GetEndpoint() is RouteEndpoint { RoutePattern.Parameters: [.., var last] }
            ? http.Request.RouteValues[last.Name]?.ToString()
            : null;
}

/// <summary>What an endpoint says of what it did.</summary>
/// <param name="What">A short English sentence without a full stop, for example <c>Deleted 14 links</c>. No secret is in it.</param>
/// <param name="About">The identity of what was done something to; null for several things.</param>
/// <param name="IsOfInstallation">It is kept in the installation's log, also when the route is inside a project.</param>
internal sealed record AuditNote(string What, string? About, bool IsOfInstallation = false)
{
    /// <summary>Who did it, where no key did; null for the holder of the request's key.</summary>
    public Author? By { get; init; }
}

/// <summary>What a request said of itself.</summary>
/// <param name="Note">Null when it changed nothing: then it is not kept.</param>
internal sealed record AuditSaid(AuditNote? Note);

/// <summary>Of an endpoint whose unsafe requests are no deeds.</summary>
/// <param name="Why">For whoever reads the code.</param>
internal sealed record NotAudited(string Why);

/// <summary>Of endpoints whose unsafe requests often change nothing: only those that say what they did are kept.</summary>
internal sealed record AuditedWhenSaid;

/// <summary>Puts requests into the audit log.</summary>
internal static class AuditExtensions
{
    /// <summary>Every unsafe request of these routes that succeeds is kept, those that are mapped later included.</summary>
    public static TBuilder WithAudit<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.AddEndpointFilterFactory((_, next) => context =>
            new AuditFilter(
                context.HttpContext.RequestServices.GetRequiredService<IAuditStore>(),
                context.HttpContext.RequestServices.GetRequiredService<TimeProvider>()).InvokeAsync(context, next));

    /// <summary>As <see cref="WithAudit"/>, for routes whose requests are kept only when they say what they did.</summary>
    public static TBuilder WithAuditWhenSaid<TBuilder>(this TBuilder routes) where TBuilder : IEndpointConventionBuilder =>
        routes.WithAudit().WithMetadata(new AuditedWhenSaid());

    /// <summary>An unsafe request of the route changes nothing, for example the second page of a form.</summary>
    public static TBuilder WithoutAudit<TBuilder>(this TBuilder route, string why) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new NotAudited(why));

    /// <summary>Says what a request did, better than the summary of its endpoint does. The last that is said counts.</summary>
    /// <param name="what">A short English sentence without a full stop, for example <c>Deleted 14 links</c>.</param>
    /// <param name="about">The identity of what was done something to; null for several things.</param>
    public static void Audit(this HttpContext context, string what, string? about) => context.Audit(new AuditNote(what, about));

    /// <summary>The same.</summary>
    /// <param name="note">Null when the request changed nothing, though it succeeded.</param>
    public static void Audit(this HttpContext context, AuditNote? note) => context.Features.Set(new AuditSaid(note));

    /// <summary>As <c>Audit</c>, for the installation's log though the route is inside a project, whose log goes with it.</summary>
    public static void AuditInstallation(this HttpContext context, string what, string? about) =>
        context.Audit(new AuditNote(what, about, IsOfInstallation: true));
}
