using System.Globalization;
using System.Text.Json;

namespace LinkMonitor.Storage.Tables;

/// <summary>Entities out of the JSON the service answers with <c>odata=minimalmetadata</c>.</summary>
internal static class EntityReader
{
    public const string TypeSuffix = "@odata.type";

    public static TableEntity Read(JsonElement json)
    {
        var types = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
            if (property.Name.EndsWith(TypeSuffix, StringComparison.Ordinal))
                types[property.Name[..^TypeSuffix.Length]] = property.Value.GetString();

        var entity = new TableEntity();
        foreach (var property in json.EnumerateObject())
            if (IsProperty(property.Name))
                entity[property.Name] = Value(property.Value, types.GetValueOrDefault(property.Name) ?? Implied(property.Name));
        return entity;
    }

    private static bool IsProperty(string name) =>
        name == TableEntity.ETagName
        || (!name.StartsWith("odata.", StringComparison.Ordinal) && !name.EndsWith(TypeSuffix, StringComparison.Ordinal));

    // With minimal metadata the system property carries no annotation.
    private static string? Implied(string name) => name == nameof(TableEntity.Timestamp) ? "Edm.DateTime" : null;

    private static object? Value(JsonElement json, string? type) => (json.ValueKind, type) switch
    {
        (JsonValueKind.Null, _) => null,
        (JsonValueKind.True, _) => true,
        (JsonValueKind.False, _) => false,
        (JsonValueKind.Number, "Edm.Double") => json.GetDouble(),
        (JsonValueKind.Number, _) => Number(json),
        (JsonValueKind.String, "Edm.Int64") => long.Parse(json.GetString()!, CultureInfo.InvariantCulture),
        (JsonValueKind.String, "Edm.Double") => Double(json.GetString()!),
        (JsonValueKind.String, "Edm.Guid") => Guid.Parse(json.GetString()!),
        (JsonValueKind.String, "Edm.Binary") => json.GetBytesFromBase64(),
        (JsonValueKind.String, "Edm.DateTime") => DateTimeOffset.Parse(
            json.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
        (JsonValueKind.String, _) => json.GetString(),
        _ => throw new JsonException($"A property holds a JSON {json.ValueKind}, which no property type has."),
    };

    // A double is written with a point or an exponent even when it is whole, an Int32 never.
    private static object Number(JsonElement json) =>
        json.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0 && json.TryGetInt32(out var whole) ? (object)whole : json.GetDouble();

    private static double Double(string literal) => literal switch
    {
        "NaN" => double.NaN,
        "Infinity" or "INF" => double.PositiveInfinity,
        "-Infinity" or "-INF" => double.NegativeInfinity,
        _ => double.Parse(literal, CultureInfo.InvariantCulture),
    };
}
