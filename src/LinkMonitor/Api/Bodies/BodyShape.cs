using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace LinkMonitor.Api.Bodies;

/// <summary>
/// Holds a JSON body to the type it is read as, and says of every field what is wrong with it, in words that know no type of ours. Fields that do not fit
/// are taken out, so that the rest can be read and judged too.
/// </summary>
internal static class BodyShape
{
    // Bodies of the API are four levels deep at most; what is deeper fits no type and is not looked into.
    private const int MaxDepth = 16;

    /// <summary>Says what is wrong with an object, and takes it out.</summary>
    /// <param name="path">Of the object, with a dot at its end; empty for the body itself.</param>
    public static void Keep(JsonObject value, JsonTypeInfo type, string path, FieldErrors errors)
    {
        foreach (var (name, inner) in value.ToList())
        {
            var known = type.Properties.FirstOrDefault(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            var field = path + (known?.Name ?? Cut(name));
            if (known is null)
                errors.Add(field, $"There is no such field. Known are {string.Join(", ", type.Properties.Select(property => property.Name))}.");
            if (known is null || !Fits(inner, type.Options.GetTypeInfo(known.PropertyType), field, errors))
                value.Remove(name);
        }
    }

    private static bool Fits(JsonNode? value, JsonTypeInfo type, string field, FieldErrors errors)
    {
        if (value is null && Nullable.GetUnderlyingType(type.Type) is null && type.Type.IsValueType)
        {
            errors.AddUnreadable(field, $"It takes {ValueWords.Wanted(type)}; this is null.");
            return false;
        }

        if (value is null)
            return true;
        var depth = field.Count(character => character is '.' or '[');
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when value is JsonObject inner && depth < MaxDepth:
                Keep(inner, type, $"{field}.", errors);
                Complete(inner, type, field, errors);
                return true;
            case JsonTypeInfoKind.Enumerable when value is JsonArray items && depth < MaxDepth:
                return items.Index().ToList()
                    .TrueForAll(item => Fits(item.Item, type.Options.GetTypeInfo(type.ElementType!), $"{field}[{item.Index}]", errors));
            case JsonTypeInfoKind.Dictionary when value is JsonObject entries && depth < MaxDepth:
                return entries.ToList()
                    .TrueForAll(entry => Fits(entry.Value, type.Options.GetTypeInfo(type.ElementType!), $"{field}.{Cut(entry.Key)}", errors));
            case JsonTypeInfoKind.None when ValueWords.Problem(value, type) is { } problem:
                errors.AddUnreadable(field, problem);
                return false;
            case JsonTypeInfoKind.None:
                return true;
            default:
                errors.AddUnreadable(field, $"It takes {ValueWords.Wanted(type)}; this is {ValueWords.Of(value)}.");
                return false;
        }
    }

    // So that the rest of the object can be read and judged, what is needed stands there with nothing in it.
    private static void Complete(JsonObject value, JsonTypeInfo type, string field, FieldErrors errors)
    {
        foreach (var property in type.Properties.Where(property => property.IsRequired))
        {
            if (value.Any(given => given.Key.Equals(property.Name, StringComparison.OrdinalIgnoreCase)))
                continue;
            errors.AddUnreadable($"{field}.{property.Name}", "It is needed.");
            value[property.Name] = property.PropertyType.IsValueType ? JsonValue.Create(0) : JsonValue.Create("");
        }
    }

    private static string Cut(string name) => name.Length <= 100 ? name : name[..100] + "…";
}
