using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace LinkMonitor.Api.Queries;

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
        : Type == typeof(DateTimeOffset) ? "a time of ISO 8601 with an offset, for example 2026-11-21T08:00:00Z"
        : "true or false";

    private bool Reads(string text) => Type == typeof(string)
        || (Type == typeof(int) && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
        || (Type == typeof(DateTimeOffset) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out _))
        || (Type == typeof(bool) && bool.TryParse(text, out _));
}
