using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Api;

namespace LinkMonitor.Projects;

/// <summary>The JSON of the API for projects.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ProjectRequest))]
[JsonSerializable(typeof(ProjectView))]
[JsonSerializable(typeof(SliceView<ProjectView>))]
internal sealed partial class ProjectJson : JsonSerializerContext;
