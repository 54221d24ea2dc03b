using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Azure.Data.Tables;

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
