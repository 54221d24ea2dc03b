using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing.Patterns;

namespace LinkMonitor.Api.Queries;

/// <summary>The query parameters that an endpoint declares. Whatever else a query has is refused, as an unknown field of a body is.</summary>
internal sealed class QueryFields
{
    private static readonly Type[] Types = [typeof(string), typeof(int), typeof(DateTimeOffset), typeof(bool)];

    private readonly Dictionary<string, QueryField> _fields;

    private QueryFields(IEnumerable<QueryField> fields) =>
        _fields = fields.ToDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>What the method behind a route reads from the query: its parameters of plain types that are not in the route.</summary>
    public static QueryFields Of(MethodInfo method, RoutePattern route) => new(method.GetParameters()
        .Where(parameter => route.GetParameter(parameter.Name!) is null)
        .SelectMany(parameter => parameter.GetCustomAttribute<AsParametersAttribute>() is not null
            ? parameter.ParameterType.GetProperties().Select(property => Field(property, property.PropertyType))
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

    private string Known() => _fields.Count == 0 ? "This takes none." : $"Known are {string.Join(", ", _fields.Keys)}.";

    private static QueryField? Field(ICustomAttributeProvider source, Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        var name = Single<FromQueryAttribute>(source)?.Name ?? (source as ParameterInfo)?.Name ?? ((MemberInfo)source).Name;
        return Types.Contains(type) ? new QueryField(name, type, Single<QueryRuleAttribute>(source)) : null;
    }

    private static T? Single<T>(ICustomAttributeProvider source) where T : Attribute =>
        (T?)source.GetCustomAttributes(typeof(T), inherit: true).SingleOrDefault();
}
