using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Engine.Links;

namespace LinkMonitor.Storage.Rows;

/// <summary>Qualifiers as <see cref="RelText.Write(RelQualifiers)"/> spells them: <c>follow</c>, <c>nofollow sponsored</c>.</summary>
internal sealed class RelQualifiersJsonConverter : JsonConverter<RelQualifiers>
{
    public override RelQualifiers Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        RelText.Qualifiers(RelText.Tokens(reader.GetString()));

    public override void Write(Utf8JsonWriter writer, RelQualifiers value, JsonSerializerOptions options) =>
        writer.WriteStringValue(RelText.Write(value));
}
