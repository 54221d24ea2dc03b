using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Placements.Vendors;

namespace LinkMonitor.Placements.Publishing;

/// <summary>The JSON of the API for reports and their addresses.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(VendorReport))]
[JsonSerializable(typeof(ReportAddressRequest))]
[JsonSerializable(typeof(ReportAddressView))]
internal sealed partial class ReportJson : JsonSerializerContext;
