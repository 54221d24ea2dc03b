using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Azure.Data.Tables;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Archives;

/// <summary>Writes an archive, a line at a time. Without <see cref="EndAsync"/> it is not whole, and no reader takes it.</summary>
internal sealed class ArchiveWriter(Stream file) : IAsyncDisposable
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly GZipStream _gzip = new(file, CompressionLevel.Optimal, leaveOpen: true);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly SortedDictionary<string, long> _rows = new(StringComparer.Ordinal);

    /// <summary>How many rows of each table were written.</summary>
    public IReadOnlyDictionary<string, long> Rows => _rows;

    public Task BeginAsync(string product, DateTimeOffset createdAt, CancellationToken cancellationToken) => WriteAsync(
        json =>
        {
            json.WriteNumber(ArchiveFormat.VersionName, ArchiveFormat.Version);
            json.WriteNumber(ArchiveFormat.LayoutName, ArchiveFormat.Layout);
            json.WriteString(ArchiveFormat.ProductName, product);
            json.WriteString(ArchiveFormat.CreatedName, createdAt.UtcDateTime);
        },
        cancellationToken);

    public async Task AddAsync(string table, TableEntity row, CancellationToken cancellationToken)
    {
        await WriteAsync(
            json =>
            {
                json.WriteString(ArchiveFormat.TableName, table);
                json.WriteString(ArchiveFormat.PartitionName, row.PartitionKey);
                json.WriteString(ArchiveFormat.RowName, row.RowKey);
                json.WritePropertyName(ArchiveFormat.ColumnsName);
                ArchiveColumns.Write(json, row);
            },
            cancellationToken);
        _rows[table] = _rows.GetValueOrDefault(table) + 1;
    }

    public async Task EndAsync(CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(_hash.GetCurrentHash());
        await WriteAsync(
            json =>
            {
                json.WriteStartObject(ArchiveFormat.RowsName);
                foreach (var (table, count) in _rows)
                    json.WriteNumber(table, count);
                json.WriteEndObject();
                json.WriteString(ArchiveFormat.HashName, hash);
            },
            cancellationToken);
        await _gzip.FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _gzip.DisposeAsync();
        _hash.Dispose();
    }

    private async Task WriteAsync(Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        _line.ResetWrittenCount();
        await using (var json = new Utf8JsonWriter(_line, Json))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        _line.Write("\n"u8);
        _hash.AppendData(_line.WrittenSpan);
        await _gzip.WriteAsync(_line.WrittenMemory, cancellationToken);
    }
}

/// <summary>
/// The file: gzip, in it JSON lines (UTF-8). The first line says what it is, each further line is a row, the last has the counts and the
/// SHA-256 of all bytes before it. See docs/archive.md.
/// </summary>
internal static class ArchiveFormat
{
    /// <summary>Of the file. A change that an earlier reader would misread makes it one higher.</summary>
    public const int Version = 1;

    /// <summary>Of the rows in it.</summary>
    public const int Layout = RowSchema.Current;

    /// <summary>The longest line: a row has a MiB at most, and a character six bytes in JSON.</summary>
    public const int MaxLineBytes = 8 * 1024 * 1024;

    public const string VersionName = "linkmonitorArchive";
    public const string LayoutName = "layout";
    public const string ProductName = "product";
    public const string CreatedName = "createdAt";
    public const string TableName = "table";
    public const string PartitionName = "partition";
    public const string RowName = "row";
    public const string ColumnsName = "columns";
    public const string RowsName = "rows";
    public const string HashName = "sha256";
}

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
