using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace LinkMonitor.Api.Bodies;

/// <summary>
/// Holds a JSON body to the type it is read as, and says of every field what is wrong with it, in words that know no type of ours. Fields
/// that do not fit are taken out, so that the rest can be read and judged too.
/// </summary>
internal static class BodyShape
{
    // Bodies of the API are four levels deep at most; what is deeper fits no type and is not read.
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
                errors.Add(
                    field, $"There is no such field. Known fields: "
                        + $"{string.Join(", ", type.Properties.Select(property => property.Name))}.");
            if (known is null || !Fits(inner, type.Options.GetTypeInfo(known.PropertyType), field, errors))
                value.Remove(name);
        }
    }

    private static bool Fits(JsonNode? value, JsonTypeInfo type, string field, FieldErrors errors)
    {
        if (value is null)
            return Nullable.GetUnderlyingType(type.Type) is not null || !type.Type.IsValueType || IsNoValue(type, field, errors);
        var depth = field.Count(character => character is '.' or '[');
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when value is JsonObject inner && depth < MaxDepth:
                Keep(inner, type, $"{field}.", errors);
                Complete(inner, type, field, errors);
                return true;
            case JsonTypeInfoKind.Enumerable when value is JsonArray items && depth < MaxDepth:
                foreach (var (index, item) in items.Index().ToList())
                    if (!FitsIn(item, type, $"{field}[{index}]", errors))
                        items.Remove(item);
                return true;
            case JsonTypeInfoKind.Dictionary when value is JsonObject entries && depth < MaxDepth:
                foreach (var (name, entry) in entries.ToList())
                    if (!FitsIn(entry, type, $"{field}.{Cut(name)}", errors))
                        entries.Remove(name);
                return true;
            case JsonTypeInfoKind.None when ValueWords.Problem(value, type) is { } problem:
                errors.AddUnreadable(field, problem);
                return false;
            case JsonTypeInfoKind.None:
                return true;
            default:
                errors.AddUnreadable(field, $"It must be {ValueWords.Wanted(type)}; this is {ValueWords.Of(value)}.");
                return false;
        }
    }

    // A field that is null is set back; an item that is null means nothing.
    private static bool FitsIn(JsonNode? item, JsonTypeInfo list, string field, FieldErrors errors)
    {
        var type = list.Options.GetTypeInfo(list.ElementType!);
        return item is null ? IsNoValue(type, field, errors) : Fits(item, type, field, errors);
    }

    private static bool IsNoValue(JsonTypeInfo type, string field, FieldErrors errors)
    {
        errors.AddUnreadable(field, $"It must be {ValueWords.Wanted(type)}; this is null.");
        return false;
    }

    // So that the rest of the object can be read and judged, what is needed stands there with nothing in it.
    private static void Complete(JsonObject value, JsonTypeInfo type, string field, FieldErrors errors)
    {
        foreach (var property in type.Properties.Where(property => property.IsRequired))
        {
            if (value.Any(given => given.Key.Equals(property.Name, StringComparison.OrdinalIgnoreCase)))
                continue;
            errors.AddUnreadable($"{field}.{property.Name}", "It is required.");
            value[property.Name] = property.PropertyType.IsValueType ? JsonValue.Create(0) : JsonValue.Create("");
        }
    }

    private static string Cut(string name) => FieldErrors.Cut(name);
}
