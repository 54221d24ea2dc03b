using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Api;

namespace LinkMonitor.Failures;

/// <summary>The JSON of the API for set-aside work.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SliceView<FailureView>))]
[JsonSerializable(typeof(SliceView<SetAsideView>))]
internal sealed partial class FailureJson : JsonSerializerContext;
