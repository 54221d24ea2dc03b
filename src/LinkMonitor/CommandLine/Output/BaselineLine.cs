using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinkMonitor.Doctor;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.CommandLine.Output;

/// <summary>One line of an earlier result, as far as a later run needs it.</summary>
internal sealed record BaselineLine
{
    public string? Page { get; init; }

    public string? Target { get; init; }

    public VerdictState? State { get; init; }

    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>Where the link's row begins in the file of links.</summary>
    public int? Line { get; init; }

    public KnownView? Known { get; init; }

    /// <summary>The user's own columns by name.</summary>
    public Dictionary<string, string>? Columns { get; init; }
}

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
