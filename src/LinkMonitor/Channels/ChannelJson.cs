using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Api;

namespace LinkMonitor.Channels;

/// <summary>The JSON of the API for channels.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ChannelRequest))]
[JsonSerializable(typeof(ChannelView))]
[JsonSerializable(typeof(ChannelTestView))]
[JsonSerializable(typeof(SliceView<ChannelView>))]
internal sealed partial class ChannelJson : JsonSerializerContext;
