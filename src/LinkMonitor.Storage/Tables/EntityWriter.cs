using System.Globalization;
using System.Text.Json;

namespace LinkMonitor.Storage.Tables;

/// <summary>
/// An entity as the JSON of a request: https://learn.microsoft.com/rest/api/storageservices/payload-format-for-table-service-operations.
/// Nothing but ASCII comes out, so that no proxy or emulator can misread it.
/// </summary>
internal static class EntityWriter
{
    // https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model#property-types
    private static readonly DateTimeOffset Earliest = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="ArgumentException">A key is not allowed, or a property has a type or value that cannot be stored.</exception>
    public static byte[] Write(TableEntity entity)
    {
        EntityKeys.Validate(entity);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in entity)
                if (value is not null && IsStored(name))
                    WriteProperty(json, name, value);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>The system properties are the service's to write.</summary>
    public static bool IsStored(string name) =>
        name != nameof(TableEntity.Timestamp) && !name.StartsWith("odata.", StringComparison.Ordinal);

    private static void WriteProperty(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteString(name, text);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case double real:
                WriteDouble(json, name, real);
                break;
            default:
                var (type, literal) = Annotated(name, value);
                json.WriteString(name + EntityReader.TypeSuffix, type);
                json.WriteString(name, literal);
                break;
        }
    }

    private static void WriteDouble(Utf8JsonWriter json, string name, double real)
    {
        json.WriteString(name + EntityReader.TypeSuffix, "Edm.Double");
        if (double.IsFinite(real))
            json.WriteNumber(name, real);
        else
            json.WriteString(name, double.IsNaN(real) ? "NaN" : real > 0 ? "Infinity" : "-Infinity");
    }

    private static (string Type, string Literal) Annotated(string name, object value) => value switch
    {
        long number => ("Edm.Int64", number.ToString(CultureInfo.InvariantCulture)),
        Guid id => ("Edm.Guid", id.ToString("D")),
        byte[] bytes => ("Edm.Binary", Convert.ToBase64String(bytes)),
        DateTimeOffset moment when moment >= Earliest => ("Edm.DateTime", Literal(moment)),
        DateTimeOffset => throw new ArgumentException(
            $"The property {name} lies before the year 1601, the earliest the service stores.", name),
        _ => throw new ArgumentException(
            $"The property {name} is a {value.GetType().Name}, which the table service cannot store.", name),
    };

    public static string Literal(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
