using System.Buffers;
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
