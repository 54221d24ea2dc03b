using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;

namespace LinkMonitor.Storage.Archives;

/// <summary>
/// A row's columns as JSON, each value under the name of its type: <c>{"note":{"string":"x"},"since":{"time":"2026-03-01T12:00:00Z"}}</c>.
/// </summary>
internal static class ArchiveColumns
{
    private static readonly HashSet<string> System =
        new(StringComparer.Ordinal)
            {
                nameof(TableEntity.PartitionKey),
                nameof(TableEntity.RowKey),
                nameof(TableEntity.Timestamp),
                "odata.etag",
                "odata.metadata",
                "odata.type",
            };

    public static void Write(Utf8JsonWriter json, TableEntity row)
    {
        json.WriteStartObject();
        foreach (var (name, value) in row)
        {
            if (value is null || System.Contains(name))
                continue;
            json.WriteStartObject(name);
            WriteValue(json, name, value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <exception cref="FormatException">A value has no type, or one that there is not.</exception>
    public static void Read(JsonElement columns, TableEntity row)
    {
        foreach (var column in columns.EnumerateObject())
        {
            if (System.Contains(column.Name)
                || column.Value.ValueKind != JsonValueKind.Object
                || column.Value.EnumerateObject().ToList() is not [var typed])
                throw new FormatException($"The column {column.Name} is not one value under the name of its type.");
            row[column.Name] = ReadValue(column.Name, typed.Name, typed.Value);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteString("string", text);
                break;
            case int number:
                json.WriteNumber("int", number);
                break;
            case long number:
                json.WriteString("long", number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                json.WriteString("double", number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case bool flag:
                json.WriteBoolean("bool", flag);
                break;
            case DateTimeOffset time:
                json.WriteString("time", time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                break;
            case Guid guid:
                json.WriteString("guid", guid);
                break;
            case byte[] bytes:
                json.WriteBase64String("binary", bytes);
                break;
            default:
                throw new InvalidOperationException($"The column {name} is a {value.GetType().Name}, which the service cannot store.");
        }
    }

    private static object ReadValue(string name, string type, JsonElement value)
    {
        try
        {
            object? read = type switch
            {
                "string" => value.GetString() ?? throw new FormatException(),
                "int" => value.GetInt32(),
                "long" => long.Parse(Text(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
                "double" => double.Parse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture),
                "bool" => value.GetBoolean(),
                "time" => DateTimeOffset.ParseExact(Text(value), "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                "guid" => value.GetGuid(),
                "binary" => value.GetBytesFromBase64(),
                _ => null,
            };
            if (read is not null)
                return read;
        }
        catch (Exception wrong) when (wrong is FormatException or InvalidOperationException or OverflowException)
        {
            throw new FormatException($"The column {name} does not hold what its type says ({type}).", wrong);
        }

        throw new FormatException($"The column {name} is of the unknown type {type}.");
    }

    private static string Text(JsonElement value) => value.GetString() ?? throw new FormatException();
}
