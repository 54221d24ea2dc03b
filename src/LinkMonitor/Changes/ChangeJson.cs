using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Api;

namespace LinkMonitor.Changes;

/// <summary>The JSON of the API for changes.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SliceView<ChangeView>))]
internal sealed partial class ChangeJson : JsonSerializerContext;
