using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Doctor;

namespace LinkMonitor.CommandLine.Output;

/// <summary>The JSON of the command line. Indented for one object; the <see cref="Compact"/> form is for <c>.jsonl</c>.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CheckView))]
[JsonSerializable(typeof(InspectView))]
[JsonSerializable(typeof(BaselineLine))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(IReadOnlyList<Finding>))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>
    /// Nothing here goes into HTML, so letters of all scripts and the signs of URLs stay readable; quotes and control characters are
    /// escaped as JSON demands.
    /// </summary>
    public static CliJson Compact { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static CliJson Indented { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    });
}
