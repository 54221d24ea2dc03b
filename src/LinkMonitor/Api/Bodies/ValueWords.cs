using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace LinkMonitor.Api.Bodies;

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
