using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Storage.Rows;

/// <summary><c>{"kind":"as-first-seen"}</c>, <c>{"kind":"any"}</c> or <c>{"kind":"exactly","value":...}</c>.</summary>
internal sealed class ExpectedJsonConverter<T> : JsonConverter<Expected<T>> where T : notnull
{
    private const string Kind = "kind";
    private const string Value = "value";

    public override Expected<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(Kind, out var kind))
            throw new JsonException("An expectation is an object with a kind.");

        return WireName.Parse<ExpectedKind>(kind.GetString() ?? "") switch
        {
            ExpectedKind.AsFirstSeen => Expected<T>.AsFirstSeen,
            ExpectedKind.Any => Expected<T>.Any,
            _ => Expected<T>.Exactly(ReadValue(root, options)),
        };
    }

    public override void Write(Utf8JsonWriter writer, Expected<T> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(Kind, WireName.Of(value.Kind));
        if (value.Kind == ExpectedKind.Exactly)
        {
            writer.WritePropertyName(Value);
            JsonSerializer.Serialize(writer, value.Value!, TypeOf(options));
        }

        writer.WriteEndObject();
    }

    private static T ReadValue(JsonElement root, JsonSerializerOptions options) =>
        root.TryGetProperty(Value, out var value) && value.Deserialize(TypeOf(options)) is { } read
            ? read
            : throw new JsonException("An exact expectation needs a value.");

    private static JsonTypeInfo<T> TypeOf(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
