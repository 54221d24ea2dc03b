using System.Text.Json.Nodes;

namespace LinkMonitor.Tests.Corpus;

/// <summary>Compares JSON with what is expected of it: objects may hold more, arrays and values may not differ.</summary>
internal static class JsonDifference
{
    /// <summary>Where the two first differ; null when all that is expected is there.</summary>
    public static string? Find(JsonNode? expected, JsonNode? actual, string path) => (expected, actual) switch
    {
        (JsonObject some, JsonObject others) => some.Select(one => others.ContainsKey(one.Key)
            ? Find(one.Value, others[one.Key], $"{path}.{one.Key}")
            : $"{path}.{one.Key} is missing.").FirstOrDefault(difference => difference is not null),
        (JsonArray some, JsonArray others) when some.Count == others.Count =>
            some.Select((one, index) => Find(one, others[index], $"{path}[{index}]")).FirstOrDefault(difference => difference is not null),
        _ =>
            JsonNode.DeepEquals(expected, actual)
                ? null
                : $"{path}: expected {expected?.ToJsonString() ?? "null"}, found {actual?.ToJsonString() ?? "null"}.",
    };
}
