using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Api;

namespace LinkMonitor.Alerts.Listing;

/// <summary>The JSON of the API for alerts.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SliceView<AlertView>))]
[JsonSerializable(typeof(AlertDetailView))]
[JsonSerializable(typeof(SliceView<NoticeView>))]
internal sealed partial class AlertJson : JsonSerializerContext;
