using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkMonitor.Sharing.Feeds;

/// <summary>The JSON of the API for addresses of feeds.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(FeedAddressRequest))]
[JsonSerializable(typeof(FeedAddressView))]
internal sealed partial class FeedJson : JsonSerializerContext;
