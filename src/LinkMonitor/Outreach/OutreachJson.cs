using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Api;

namespace LinkMonitor.Outreach;

/// <summary>The JSON of the API for drafts and templates.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OutreachDraft))]
[JsonSerializable(typeof(OutreachTemplateRequest))]
[JsonSerializable(typeof(OutreachTemplateView))]
[JsonSerializable(typeof(SliceView<OutreachTemplateView>))]
internal sealed partial class OutreachJson : JsonSerializerContext;
