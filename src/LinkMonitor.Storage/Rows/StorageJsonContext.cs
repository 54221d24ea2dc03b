using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Storage.Rows;

/// <summary>The JSON in columns and queue messages, of what several rooms store. A room's own types are in a context of its own.</summary>
[JsonSerializable(typeof(Expectation))]
[JsonSerializable(typeof(Baseline))]
[JsonSerializable(typeof(IReadOnlyList<Reason>))]
[JsonSerializable(typeof(IReadOnlyList<Suspicion>))]
[JsonSerializable(typeof(Evidence))]
[JsonSerializable(typeof(OutboundLinks))]
[JsonSerializable(typeof(KnownPage))]
[JsonSerializable(typeof(HeldState))]
[JsonSerializable(typeof(ConfirmationPolicy))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, DateTimeOffset>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(RelQualifiers))]
[JsonSerializable(typeof(Placement))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(Expected<RelQualifiers>), TypeInfoPropertyName = "ExpectedRelQualifiers")]
[JsonSerializable(typeof(Expected<string>), TypeInfoPropertyName = "ExpectedString")]
[JsonSerializable(typeof(Expected<Placement>), TypeInfoPropertyName = "ExpectedPlacement")]
[JsonSerializable(typeof(Expected<bool>), TypeInfoPropertyName = "ExpectedBoolean")]
[JsonSerializable(typeof(LastFetch))]
[JsonSerializable(typeof(string))]
internal sealed partial class StorageJsonContext : JsonSerializerContext
{
    public static StorageJsonContext Stored { get; } = new(NewOptions());

    /// <summary>
    /// New options for a context: camel-case names, nulls left out, and only what JSON demands is escaped, as the text never reaches HTML
    /// unencoded.
    /// </summary>
    public static JsonSerializerOptions NewOptions() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new RelQualifiersJsonConverter(),
            new ExpectedJsonConverter<RelQualifiers>(),
            new ExpectedJsonConverter<string>(),
            new ExpectedJsonConverter<Placement>(),
            new ExpectedJsonConverter<bool>(),
        },
    };
}

/// <summary>Qualifiers as <see cref="RelText.Write(RelQualifiers)"/> spells them: <c>follow</c>, <c>nofollow sponsored</c>.</summary>
internal sealed class RelQualifiersJsonConverter : JsonConverter<RelQualifiers>
{
    public override RelQualifiers Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        RelText.Qualifiers(RelText.Tokens(reader.GetString()));

    public override void Write(Utf8JsonWriter writer, RelQualifiers value, JsonSerializerOptions options) =>
        writer.WriteStringValue(RelText.Write(value));
}

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
