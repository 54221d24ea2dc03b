using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkMonitor.Engine.Naming;

/// <summary>Reads and writes an enum by its <see cref="WireName"/>; an unknown name is a <see cref="JsonException"/> that lists the known ones.</summary>
/// <typeparam name="TEnum">An enum without combined values.</typeparam>
public sealed class WireNameJsonConverter<TEnum> : JsonConverter<TEnum> where TEnum : struct, Enum
{
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var name = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return WireName.TryParse<TEnum>(name, out var value)
            ? value
            : throw new JsonException($"Expected one of {string.Join(", ", WireName.All<TEnum>())}.");
    }

    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) =>
        writer.WriteStringValue(WireName.Of(value));
}
