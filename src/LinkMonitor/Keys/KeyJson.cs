using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Api;

namespace LinkMonitor.Keys;

/// <summary>The JSON of the API for keys.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(SliceView<KeyView>))]
internal sealed partial class KeyJson : JsonSerializerContext;
