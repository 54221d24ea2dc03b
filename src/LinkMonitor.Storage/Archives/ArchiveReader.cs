using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Azure.Data.Tables;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Archives;

/// <summary>Reads an archive a row at a time. All that it said is true only when it came to its end without <see cref="InvalidArchiveException"/>.</summary>
internal static class ArchiveReader
{
    /// <summary>The rows, each with its table.</summary>
    /// <exception cref="InvalidArchiveException">It is damaged, was cut off, or is of a later version.</exception>
    public static async IAsyncEnumerable<(string Table, TableEntity Row)> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var number = 0;
        var ended = false;
        await foreach (var line in ArchiveLines.ReadAsync(file, cancellationToken))
        {
            number++;
            if (ended)
                throw new InvalidArchiveException($"Line {number}: something follows its end.");
            using var json = Parse(line, number);
            if (number == 1)
            {
                CheckHead(json.RootElement);
            }
            else if (json.RootElement.TryGetProperty(ArchiveFormat.HashName, out var written))
            {
                CheckEnd(json.RootElement, written, Convert.ToHexStringLower(hash.GetCurrentHash()), counts);
                ended = true;
            }
            else
            {
                var (table, row) = ReadRow(json.RootElement, number);
                counts[table] = counts.GetValueOrDefault(table) + 1;
                yield return (table, row);
            }

            hash.AppendData(line.Span);
            hash.AppendData("\n"u8);
        }

        if (!ended)
            throw new InvalidArchiveException("Its end is missing: it was cut off, or the export did not come to its end.");
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> line, int number)
    {
        try
        {
            var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json : throw Damaged(number, "it is no object");
        }
        catch (JsonException damage)
        {
            throw Damaged(number, "it is no JSON", damage);
        }
    }

    private static void CheckHead(JsonElement head)
    {
        if (!head.TryGetProperty(ArchiveFormat.VersionName, out var version) || !version.TryGetInt32(out var format)
            || !head.TryGetProperty(ArchiveFormat.LayoutName, out var rows) || !rows.TryGetInt32(out var layout))
            throw new InvalidArchiveException("It is no archive of LinkMonitor: its first line does not say so.");
        if (format > ArchiveFormat.Version || layout > ArchiveFormat.Layout)
            throw new InvalidArchiveException(
                $"A later version wrote it (format {format}, rows {layout}; this one reads {ArchiveFormat.Version} and {ArchiveFormat.Layout}). Update LinkMonitor first.");
    }

    private static void CheckEnd(JsonElement end, JsonElement written, string hash, Dictionary<string, long> counts)
    {
        if (written.ValueKind != JsonValueKind.String || written.GetString() != hash)
            throw new InvalidArchiveException("It was changed since it was written (SHA-256).");
        if (!end.TryGetProperty(ArchiveFormat.RowsName, out var rows) || rows.ValueKind != JsonValueKind.Object
            || rows.EnumerateObject().Sum(_ => 1) != counts.Count
            || rows.EnumerateObject().Any(table => !table.Value.TryGetInt64(out var count) || counts.GetValueOrDefault(table.Name) != count))
            throw new InvalidArchiveException("It does not have the rows that it says it has.");
    }

    private static (string Table, TableEntity Row) ReadRow(JsonElement line, int number)
    {
        try
        {
            var table = line.GetProperty(ArchiveFormat.TableName).GetString();
            if (table is null || !TableNames.All.Contains(table, StringComparer.Ordinal))
                throw Damaged(number, $"there is no table {table}");
            var row = new TableEntity(line.GetProperty(ArchiveFormat.PartitionName).GetString(), line.GetProperty(ArchiveFormat.RowName).GetString());
            ArchiveColumns.Read(line.GetProperty(ArchiveFormat.ColumnsName), row);
            RowLimits.Check(row);
            return (table, row);
        }
        catch (Exception damage) when (damage is KeyNotFoundException or FormatException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw Damaged(number, damage.Message, damage);
        }
    }

    private static InvalidArchiveException Damaged(int number, string why, Exception? inner = null) => inner is null
        ? new($"Line {number}: {why}.")
        : new($"Line {number}: {why}", inner);
}
