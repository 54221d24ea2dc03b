using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkMonitor.CommandLine.Service;

/// <summary>
/// What the command line reads of the service's answers. What it does not know is passed over; what it needs and is missing is an error.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Slice<ProjectAnswer>))]
[JsonSerializable(typeof(Slice<LinkAnswer>))]
[JsonSerializable(typeof(Slice<KeyAnswer>))]
[JsonSerializable(typeof(ProjectAnswer))]
[JsonSerializable(typeof(LinkAnswer))]
[JsonSerializable(typeof(KeyAnswer))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(BulkAnswer))]
[JsonSerializable(typeof(SummaryAnswer))]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class ServiceJson : JsonSerializerContext;
