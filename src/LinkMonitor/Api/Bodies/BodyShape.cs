using System.Text.Json;
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

/// <summary>What the values of a JSON body are and should be, in the words of their senders.</summary>
internal static class ValueWords
{
    /// <summary>What is wrong with a single value; null when it can be read.</summary>
    public static string? Problem(JsonNode value, JsonTypeInfo type)
    {
        // The reader would take a number in quotes, and in it what nobody writes for a price: 1e3, or 1.200 for a thousand and more.
        if (IsNumber(type) && value.GetValueKind() == JsonValueKind.String)
            return $"It must be {Wanted(type)}; this is {Of(value)}.";
        try
        {
            value.Deserialize(type);
            return (Nullable.GetUnderlyingType(type.Type) ?? type.Type) == typeof(DateTimeOffset) && Text(value) is { } time
                && !TimeText.HasOffset(time)
                    ? $"It must be {Wanted(type)}; this is {Of(value)}."
                    : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // Only half a surrogate pair makes the reader fail at a text where a text is wanted.
            if (type.Type == typeof(string) && value.GetValueKind() == JsonValueKind.String)
                return "It contains half a surrogate pair (U+D800 to U+DFFF), which is not a character. Remove it.";
            var plain = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
            return plain.IsEnum && Text(value) is { } text
                ? FieldErrors.NotOneOf(text, Names(type, plain))
                : $"It must be {Wanted(type)}; this is {Of(value)}.";
        }
    }

    public static string Wanted(JsonTypeInfo type)
    {
        var plain = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return type.Kind switch
        {
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
            JsonTypeInfoKind.Enumerable => "an array",
            _ when plain == typeof(string) => "text",
            _ when plain == typeof(bool) => "true or false",
            _ when plain == typeof(int) => "a whole number of at most ten digits, for example 30",
            _ when plain == typeof(decimal) => "a number with a point before its decimals, for example 1200.50",
            _ when plain == typeof(DateTimeOffset) => TimeText.Wanted,
            _ when plain.IsEnum => $"one of {string.Join(", ", Names(type, plain))}",
            _ => "another value",
        };
    }

    public static string Of(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Number => $"the number {FieldErrors.Cut(value.ToJsonString())}",
        JsonValueKind.String when Text(value) is { Length: 0 } => "empty",
        JsonValueKind.String when Text(value) is { } text => $"the text '{FieldErrors.Cut(text)}'",
        var kind => Of(kind),
    };

    public static string Of(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    private static bool IsNumber(JsonTypeInfo type) =>
        (Nullable.GetUnderlyingType(type.Type) ?? type.Type) is var plain && (plain == typeof(int) || plain == typeof(decimal));

    // Written by the same converter that reads them, so that the names are those it takes.
    private static IEnumerable<string> Names(JsonTypeInfo type, Type plain) =>
        Enum.GetValues(plain).Cast<object>().Select(name => JsonSerializer.Serialize(name, type).Trim('"'));

    // Null when it is no text, or holds half a surrogate pair.
    private static string? Text(JsonNode value)
    {
        try
        {
            return value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
