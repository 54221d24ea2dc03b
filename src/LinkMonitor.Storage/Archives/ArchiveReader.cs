using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Archives;

/// <summary>
/// Reads an archive a row at a time; memory holds some forty bytes a row, to find what stands twice. All that it said is true only when
/// it came to its end without <see cref="InvalidArchiveException"/>.
/// </summary>
internal static class ArchiveReader
{
    /// <summary>The rows, each with its table.</summary>
    /// <exception cref="InvalidArchiveException">It is damaged, was cut off, or is of a later version.</exception>
    public static async IAsyncEnumerable<(string Table, TableEntity Row)> ReadAsync(
        Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var rows = new HashSet<UInt128>();
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
                if (!rows.Add(Key(table, row)))
                    throw Damaged(number, $"the row {row.RowKey} of {row.PartitionKey} in {table} is in the archive a second time");
                counts[table] = counts.GetValueOrDefault(table) + 1;
                yield return (table, row);
            }

            hash.AppendData(line.Span);
            hash.AppendData("\n"u8);
        }

        if (!ended)
            throw new InvalidArchiveException("Its end is missing: it was cut off, or the export did not finish.");
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> line, int number)
    {
        try
        {
            var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json : throw Damaged(number, "it is not an object");
        }
        catch (JsonException damage)
        {
            throw Damaged(number, "it is not JSON", damage);
        }
    }

    private static void CheckHead(JsonElement head)
    {
        if (!head.TryGetProperty(ArchiveFormat.VersionName, out var version) || !version.TryGetInt32(out var format)
            || !head.TryGetProperty(ArchiveFormat.LayoutName, out var rows) || !rows.TryGetInt32(out var layout))
            throw new InvalidArchiveException("It is not a LinkMonitor archive: its first line does not say so.");
        if (format > ArchiveFormat.Version || layout > ArchiveFormat.Layout)
            throw new InvalidArchiveException(
                $"A later version wrote it (format {format}, rows {layout}; this one reads {ArchiveFormat.Version} and "
                    + $"{ArchiveFormat.Layout}). Update LinkMonitor first.");
    }

    private static void CheckEnd(JsonElement end, JsonElement written, string hash, Dictionary<string, long> counts)
    {
        if (written.ValueKind != JsonValueKind.String || written.GetString() != hash)
            throw new InvalidArchiveException("It was changed since it was written (SHA-256).");
        if (!end.TryGetProperty(ArchiveFormat.RowsName, out var rows) || rows.ValueKind != JsonValueKind.Object
            || rows.EnumerateObject().Sum(_ => 1) != counts.Count
            || rows.EnumerateObject().Any(
                table => !table.Value.TryGetInt64(out var count) || counts.GetValueOrDefault(table.Name) != count))
            throw new InvalidArchiveException("It does not have the number of rows that it says.");
    }

    private static (string Table, TableEntity Row) ReadRow(JsonElement line, int number)
    {
        try
        {
            var table = Text(line, ArchiveFormat.TableName);
            if (!TableNames.All.Contains(table, StringComparer.Ordinal))
                throw Damaged(number, $"there is no table {table}");
            var row = new TableEntity(Text(line, ArchiveFormat.PartitionName), Text(line, ArchiveFormat.RowName));
            if (!line.TryGetProperty(ArchiveFormat.ColumnsName, out var columns) || columns.ValueKind != JsonValueKind.Object)
                throw new FormatException($"It has no '{ArchiveFormat.ColumnsName}'.");
            ArchiveColumns.Read(columns, row);
            RowLimits.Check(row);
            return (table, row);
        }
        catch (Exception damage) when (damage is FormatException or RowTooLargeException)
        {
            throw Damaged(number, damage.Message, damage);
        }
        catch (ArgumentException damage)
        {
            // .NET puts the name of our parameter behind the sentence.
            throw Damaged(number, damage.Message.Split(" (Parameter", 2)[0], damage);
        }
    }

    private static string Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw new FormatException($"It has no '{name}' that is text.");

    private static UInt128 Key(string table, TableEntity row) =>
        BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{table}\n{row.PartitionKey}\n{row.RowKey}")));

    private static InvalidArchiveException Damaged(int number, string why, Exception? inner = null) => inner is null
        ? new($"Line {number}: {why}.")
        : new($"Line {number}: {why}", inner);
}

/// <summary>The lines of an archive, none of them longer than one can be: a damaged file fills no memory.</summary>
internal static class ArchiveLines
{
    /// <summary>Every line without its end. The file must be able to go back. The memory is good until the next one is asked for.</summary>
    /// <exception cref="InvalidArchiveException">It is no gzip, is cut off, has a line that is too long or without its end, or something
    /// follows it.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var gzip = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        long bytes = 0;
        var pipe = PipeReader.Create(gzip, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            while (true)
            {
                var read = await NextAsync(pipe, cancellationToken);
                var rest = read.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    var line = rest.Slice(0, end);
                    bytes += line.Length + 1;
                    yield return line.IsSingleSegment ? line.First : line.ToArray();
                    rest = rest.Slice(rest.GetPosition(1, end));
                }

                if (rest.Length > ArchiveFormat.MaxLineBytes)
                    throw new InvalidArchiveException("A line of it is longer than a row can be.");
                if (read.IsCompleted && rest.Length > 0)
                    throw new InvalidArchiveException("It ends within a line: it was cut off.");
                pipe.AdvanceTo(rest.Start, rest.End);
                if (!read.IsCompleted)
                    continue;
                await CheckEndAsync(file, bytes, cancellationToken);
                yield break;
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    /// <summary>
    /// The decompressor passes over what follows its end. The last four bytes of a gzip file are how many bytes were compressed, modulo
    /// 2^32 (RFC 1952), so other ones at the end of the file are none of it.
    /// </summary>
    private static async Task CheckEndAsync(Stream file, long bytes, CancellationToken cancellationToken)
    {
        if (file.Length == 0)
            throw new InvalidArchiveException("The file is empty.");
        var last = new byte[sizeof(uint)];
        file.Seek(-Math.Min(last.Length, file.Length), SeekOrigin.End);
        if (await file.ReadAtLeastAsync(last, last.Length, throwOnEndOfStream: false, cancellationToken) < last.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(last) != unchecked((uint)bytes))
            throw new InvalidArchiveException("Something follows the end of the archive in the file. Use the file as it was exported.");
    }

    private static async Task<ReadResult> NextAsync(PipeReader pipe, CancellationToken cancellationToken)
    {
        try
        {
            return await pipe.ReadAsync(cancellationToken);
        }
        catch (InvalidDataException damaged)
        {
            throw new InvalidArchiveException("It is not an archive, was cut off, or was changed in transit (gzip).", damaged);
        }
    }
}

/// <summary>A file is no whole archive that this version reads. The message says where and what to do.</summary>
public sealed class InvalidArchiveException : Exception
{
    public InvalidArchiveException() : base("The archive cannot be read.")
    {
    }

    public InvalidArchiveException(string message) : base(message)
    {
    }

    public InvalidArchiveException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
