using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkMonitor.Engine.Urls;

/// <summary>
/// A URL as a JSON string, its <see cref="WebUrl.Href"/>. A string that is no absolute URL is a <see cref="JsonException"/>.
/// </summary>
public sealed class WebUrlJsonConverter : JsonConverter<WebUrl>
{
    public override WebUrl Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException("A URL must be a string.");
        return WebUrl.TryParse(reader.GetString(), out var url) ? url : throw new JsonException("The string is not an absolute URL.");
    }

    public override void Write(Utf8JsonWriter writer, WebUrl value, JsonSerializerOptions options) => writer.WriteStringValue(value.Href);
}
