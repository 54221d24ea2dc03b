using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Api;

namespace LinkMonitor.Links;

/// <summary>The JSON of the API for links.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(LinkRequest))]
[JsonSerializable(typeof(LinkView))]
[JsonSerializable(typeof(SliceView<LinkView>))]
[JsonSerializable(typeof(LinkBatchResult))]
[JsonSerializable(typeof(LinkCounts))]
[JsonSerializable(typeof(BulkRequest))]
[JsonSerializable(typeof(BulkResult))]
internal sealed partial class LinkJson : JsonSerializerContext;
