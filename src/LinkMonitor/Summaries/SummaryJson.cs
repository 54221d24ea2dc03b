using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkMonitor.Summaries;

/// <summary>The JSON of the API for summaries.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ProjectSummary))]
internal sealed partial class SummaryJson : JsonSerializerContext;
