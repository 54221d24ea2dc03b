using System.IO.Compression;
using Azure.Data.Tables;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Hosts;

/// <summary>What is known of an origin's robots.txt as a row of its host.</summary>
internal static class RobotsRow
{
    // https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model#property-types
    private const int MostBytes = 64 * 1024;

    private const string Origin = "origin";
    private const string FreshUntil = "freshUntil";
    private const string Content = "content";
    private const string ReadAt = "readAt";
    private const string FailingSince = "failingSince";
    private const string Failure = "failure";
    private const string Message = "message";

    /// <summary>Null for a file that is too large for a column even when compressed: every process asks for such a one itself.</summary>
    public static TableEntity? Write(HostKey host, RobotsRecord record)
    {
        var content = record.Content is { } bytes ? Compress(bytes) : null;
        if (content?.Length > MostBytes)
            return null;
        var row = RowSchema.New(host.Shard, HostRowKeys.Robots(host, record.Origin));
        row[Origin] = record.Origin;
        row[FreshUntil] = record.FreshUntil;
        row[Content] = content;
        row[ReadAt] = record.ReadAt;
        row[FailingSince] = record.FailingSince;
        row[Failure] = record.Failure is { } failure ? WireName.Of(failure) : null;
        row[Message] = record.Message;
        return row;
    }

    /// <summary>Null for a row that cannot be read: the origin is asked again, and the row is written over.</summary>
    public static RobotsRecord? Read(TableEntity row) => RowMapping.Try(TableNames.Pages, row, ReadSound, out _);

    private static RobotsRecord ReadSound(TableEntity row) => new()
    {
        Origin = row.Text(Origin),
        FreshUntil = row.Time(FreshUntil),
        Content = row.GetBinary(Content) is { } content ? Expand(content) : null,
        ReadAt = row.GetDateTimeOffset(ReadAt),
        FailingSince = row.GetDateTimeOffset(FailingSince),
        Failure = row.GetString(Failure) is { } failure ? WireName.Parse<FetchFailure>(failure) : null,
        Message = row.GetString(Message),
    };

    private static byte[] Compress(ReadOnlyMemory<byte> content)
    {
        using var compressed = new MemoryStream();
        using (var stream = new BrotliStream(compressed, CompressionLevel.Fastest))
            stream.Write(content.Span);
        return compressed.ToArray();
    }

    private static ReadOnlyMemory<byte> Expand(byte[] compressed)
    {
        var content = new byte[RobotsTxt.MaxBytes + 1];
        using var stream = new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress);
        var length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return content.AsMemory(0, length).ToArray();
    }
}
