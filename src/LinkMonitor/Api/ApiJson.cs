using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace LinkMonitor.Api;

/// <summary>The JSON of requests before anything is known of their shape. What a room takes and answers is in a context of its own.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ApiJson : JsonSerializerContext;
