using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace LinkMonitor.Api.Bodies;

/// <summary>Sees to it that every field of a body is there once: of two values of one field nobody can say which is meant.</summary>
internal static class SingleFields
{
    /// <summary>The body with the first of each field; what is there again is reported. The case of a name makes no other field.</summary>
    /// <exception cref="JsonException">The name of a field is no text.</exception>
    public static JsonElement Keep(JsonElement body, FieldErrors errors)
    {
        try
        {
            var again = new List<string>();
            Find(body, string.Empty, again);
            if (again.Count == 0)
                return body.Clone();
            foreach (var field in again.Distinct(StringComparer.OrdinalIgnoreCase))
                errors.AddUnreadable(field, "It is given more than once. Give it once.");
            var written = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(written))
                Write(body, writer);
            return JsonElement.Parse(written.WrittenSpan);
        }
        catch (InvalidOperationException)
        {
            // The parser takes names that no text can be made of, and fails only when they are read.
            throw new JsonException(JsonWords.HalfCharacter);
        }
    }

    // The parser goes 64 levels deep at most, so this ends.
    private static void Find(JsonElement element, string path, List<string> again)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var property in element.EnumerateObject())
            {
                var field = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
                if (!seen.Add(property.Name))
                    again.Add(FieldErrors.Cut(field));
                Find(property.Value, field, again);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, item) in element.EnumerateArray().Index())
                Find(item, $"{path}[{index}]", again);
        }
    }

    private static void Write(JsonElement element, Utf8JsonWriter writer)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var property in element.EnumerateObject().DistinctBy(property => property.Name, StringComparer.OrdinalIgnoreCase))
            {
                writer.WritePropertyName(property.Name);
                Write(property.Value, writer);
            }

            writer.WriteEndObject();
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var item in element.EnumerateArray())
                Write(item, writer);
            writer.WriteEndArray();
        }
        else
        {
            element.WriteTo(writer);
        }
    }
}

/// <summary>What is said of a body that is no JSON, in place of the parser's words.</summary>
internal static class JsonWords
{
    public const string HalfCharacter =
        "The name of a field contains half a surrogate pair (U+D800 to U+DFFF), which is not a character. Remove it.";

    public const string NotUtf8 = "It is not valid UTF-8. Send JSON in UTF-8.";

    /// <param name="isEmpty">Whether there was no body at all.</param>
    public static string Detail(JsonException problem, bool isEmpty)
    {
        if (isEmpty)
            return "The body is empty. Send a JSON object, for example {}.";
        if (problem.Message is HalfCharacter or NotUtf8)
            return problem.Message;
        return problem is { LineNumber: { } line, BytePositionInLine: { } column }
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"It cannot be read from line {line + 1}, byte {column + 1} on. Look there for a missing or extra quote, comma "
                    + $"or bracket; nest at most 64 levels.")
            : "It cannot be read. Look for a missing or extra quote, comma or bracket; nest at most 64 levels.";
    }
}
