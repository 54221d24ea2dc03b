using System.Text.Json;

namespace LinkMonitor.Auditing;

/// <summary>Words for the audit log.</summary>
internal static class AuditWords
{
    private const int MaxNamed = 8;

    /// <summary>The fields of a request, for example <c>name, scope and projectIds</c>.</summary>
    public static string Fields(JsonElement body)
    {
        var names = body.ValueKind == JsonValueKind.Object ? body.EnumerateObject().Select(field => field.Name).ToArray() : [];
        return names.Length switch
        {
            0 => "nothing",
            > MaxNamed => $"{string.Join(", ", names[..MaxNamed])} and {names.Length - MaxNamed} more fields",
            1 => names[0],
            _ => $"{string.Join(", ", names[..^1])} and {names[^1]}",
        };
    }
}
