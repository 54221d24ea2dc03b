using System.Globalization;
using System.Reflection;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Paging;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Primitives;

namespace LinkMonitor.Api.Queries;

/// <summary>
/// The query parameters that an endpoint declares. Whatever else a query has is refused, as an unknown field of a body is.
/// </summary>
internal sealed class DeclaredQuery
{
    private static readonly Type[] Types = [typeof(string), typeof(int), typeof(DateTimeOffset), typeof(DateOnly), typeof(bool)];

    private readonly Dictionary<string, QueryField> _fields;

    private DeclaredQuery(IEnumerable<QueryField> fields) =>
        _fields = fields.ToDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>What the method behind a route reads from the query: its parameters of plain types that are not in the route.</summary>
    public static DeclaredQuery Of(MethodInfo method, RoutePattern route) => new(method.GetParameters()
        .Where(parameter => route.GetParameter(parameter.Name!) is null)
        .SelectMany(parameter => parameter.GetCustomAttribute<AsParametersAttribute>() is not null
            ? parameter.ParameterType.GetProperties().Where(property => property.CanWrite)
                .Select(property => Field(property, property.PropertyType))
            : [Field(parameter, parameter.ParameterType)])
        .OfType<QueryField>());

    /// <summary>Says of every parameter of a request's query what is wrong with it.</summary>
    public void Check(HttpRequest request, FieldErrors errors)
    {
        foreach (var (name, values) in request.Query)
        {
            if (!_fields.TryGetValue(name, out var field))
                errors.Add(FieldErrors.Cut(name), $"There is no such query parameter. {Known()}");
            else if (field.Problem(values, request.RouteValues) is { } problem)
                errors.Add(field.Name, problem);
        }
    }

    /// <summary>The only values that a parameter takes; empty where others are possible, or where there is no such parameter.</summary>
    public IReadOnlyList<string> NamesOf(string name) => _fields.GetValueOrDefault(name)?.Rule?.Names ?? [];

    private string Known() => _fields.Count == 0 ? "None is allowed here." : $"Known parameters: {string.Join(", ", _fields.Keys)}.";

    private static QueryField? Field(ICustomAttributeProvider source, Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        var name = Single<FromQueryAttribute>(source)?.Name ?? (source as ParameterInfo)?.Name ?? ((MemberInfo)source).Name;
        return Types.Contains(type) ? new QueryField(name, type, Single<QueryRuleAttribute>(source)) : null;
    }

    private static T? Single<T>(ICustomAttributeProvider source) where T : Attribute =>
        (T?)source.GetCustomAttributes(typeof(T), inherit: true).SingleOrDefault();
}

/// <summary>The <c>?cursor=</c> of a list: one that this list gave out.</summary>
/// <param name="list">One of <see cref="ListNames"/>.</param>
/// <param name="owners">The route values that the list belongs to, in the order of its name.</param>
internal class CursorOfAttribute(string list, params string[] owners) : QueryRuleAttribute
{
    /// <summary>What is said of a cursor that is none.</summary>
    public const string NoCursor = "It is not a cursor of this list. Send the one from the last answer, or none to start at the beginning.";

    public override string? Problem(string text, RouteValueDictionary route) =>
        ListNames.Gave(string.Join(' ', [list, .. owners.Select(owner => route[owner]?.ToString() ?? string.Empty)]), text)
            ? null
            : NoCursor;
}

/// <summary>A query parameter that is one of the names of an enumeration.</summary>
internal sealed class NameOfAttribute<TEnum> : QueryRuleAttribute where TEnum : struct, Enum
{
    public override IReadOnlyList<string> Names => WireName.All<TEnum>();

    public override string? Problem(string text, RouteValueDictionary route) =>
        WireName.TryParse<TEnum>(text, out _) ? null : FieldErrors.NotOneOf(text, Names);
}

/// <summary>The <c>?limit=</c> of every list: 1 to 1,000.</summary>
internal sealed class PageLimitAttribute : QueryRuleAttribute
{
    public const int Default = 100;
    public const int Max = 1000;

    // A text that is no number at all is for the type to refuse.
    public override string? Problem(string text, RouteValueDictionary route) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value is < 1 or > Max
            ? $"1 to {Max}; it is {value}."
            : null;
}

/// <summary>One parameter that the query of an endpoint may have.</summary>
/// <param name="Name">As declared; compared without case.</param>
/// <param name="Type">What the endpoint reads it as, never nullable.</param>
/// <param name="Rule">What else it must be; null for anything of the type.</param>
internal sealed record QueryField(string Name, Type Type, QueryRuleAttribute? Rule)
{
    /// <summary>What is wrong with a value; null for nothing. An empty value counts as none.</summary>
    public string? Problem(StringValues values, RouteValueDictionary route)
    {
        if (values.Count > 1)
            return $"It is given {values.Count} times. Give it once.";
        var text = values.ToString();
        if (text.Length == 0)
            return null;
        return Rule?.Problem(text, route) ?? (Reads(text) ? null : $"'{FieldErrors.Cut(text)}' is not {Wanted}.");
    }

    private string Wanted => Type == typeof(int) ? "a whole number, for example 100"
        : Type == typeof(DateTimeOffset) ? TimeText.Wanted
        : Type == typeof(DateOnly) ? "a day, for example 2026-11-21"
        : "true or false";

    private bool Reads(string text) => Type == typeof(string)
        || (Type == typeof(int) && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
        || (Type == typeof(DateTimeOffset)
            && TimeText.HasOffset(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out _))
        || (Type == typeof(DateOnly)
            && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        || (Type == typeof(bool) && bool.TryParse(text, out _));
}

/// <summary>What a query parameter must be, beyond its type; kept by <see cref="DeclaredQuery"/>, before the endpoint runs.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
internal abstract class QueryRuleAttribute : Attribute
{
    /// <summary>The only values there are; empty where others are possible.</summary>
    public virtual IReadOnlyList<string> Names => [];

    /// <summary>What is wrong with a value that is not empty, in words for its sender; null for nothing.</summary>
    /// <param name="route">What the path of the request names, for example the project.</param>
    public abstract string? Problem(string text, RouteValueDictionary route);
}

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
