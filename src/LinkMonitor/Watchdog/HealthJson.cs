using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkMonitor.Watchdog;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HealthView))]
internal sealed partial class HealthJson : JsonSerializerContext;
