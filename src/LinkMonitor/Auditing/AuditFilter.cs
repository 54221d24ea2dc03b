using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using LinkMonitor.Storage.Auditing;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Wording;
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

/// <summary>Words for the audit log.</summary>
internal static partial class AuditWords
{
    private const int MaxNamed = 8;

    /// <summary>What an entry says, with the words of the forms in place of the names of the API's fields.</summary>
    public static string Readable(string what)
    {
        ArgumentNullException.ThrowIfNull(what);
        return Change().Match(what) is { Success: true } change
            ? $"Changed {string.Join("", Names().Split(change.Groups["names"].Value).Select(Label))}{what[change.Length..]}"
            : what;
    }

    /// <summary>What people read of a field, within a sentence; null for one that nobody sets.</summary>
    public static string? LabelOf(string field) =>
        FieldLabels.Find(field) is { } label ? char.ToLowerInvariant(label[0]) + label[1..] : null;

    private static string Label(string part) => LabelOf(part) is { } label ? label : part;

    // Field names have no spaces: what follows them begins with "of".
    [GeneratedRegex("^Changed (?<names>[A-Za-z]+(?:(?:, | and )[A-Za-z]+)*(?: and [0-9]+ more fields)?)(?= of (?:the|a) )")]
    private static partial Regex Change();

    [GeneratedRegex("(, | and )")]
    private static partial Regex Names();

    /// <summary>Some names, at least one, for example <c>name, scope and projectIds</c>.</summary>
    public static string Named(IReadOnlyList<string> names) => names.Count switch
    {
        > MaxNamed => $"{string.Join(", ", names.Take(MaxNamed))} and {names.Count - MaxNamed} more fields",
        1 => names[0],
        _ => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
    };
}

/// <summary>
/// What of a thing's settings is another one than before, found by comparing what was stored with what is: what a request named and left as
/// it was is not among it.
/// </summary>
/// <param name="Names">Fields as the API names them, in its order, and no values.</param>
internal sealed record FieldChanges(IReadOnlyList<string> Names)
{
    private static readonly JsonElement Nothing = JsonElement.Parse("null");

    /// <summary>Whether anything is.</summary>
    public bool Any => Names.Count > 0;

    /// <param name="shape">How both are shown.</param>
    /// <param name="settings">Only fields that this shape has are compared: those that people set.</param>
    public static FieldChanges Between<T>(T before, T after, JsonTypeInfo<T> shape, JsonTypeInfo settings)
    {
        var (was, now) = (JsonSerializer.SerializeToElement(before, shape), JsonSerializer.SerializeToElement(after, shape));
        return new FieldChanges(
            [.. settings.Properties.Select(field => field.Name).Where(name => !JsonElement.DeepEquals(Of(was, name), Of(now, name)))]);

        // What a shape leaves out is null.
        static JsonElement Of(JsonElement whole, string name) => whole.TryGetProperty(name, out var field) ? field : Nothing;
    }

    /// <summary>What the audit log says of it; null when nothing changed.</summary>
    /// <param name="of">For example <c>of the project</c>.</param>
    /// <param name="about">The identity of what was changed.</param>
    public AuditNote? Note(string of, string about) => Any ? new AuditNote($"Changed {AuditWords.Named(Names)} {of}", about) : null;
}
