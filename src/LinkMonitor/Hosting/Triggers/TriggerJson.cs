using System.Text.Json.Serialization;

namespace LinkMonitor.Hosting.Triggers;

[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(TriggerReply))]
[JsonSerializable(typeof(TriggerProblem))]
internal sealed partial class TriggerJson : JsonSerializerContext;
