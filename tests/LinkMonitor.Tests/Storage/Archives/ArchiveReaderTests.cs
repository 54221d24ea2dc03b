using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Storage.Archives;

namespace LinkMonitor.Tests.Storage.Archives;

/// <summary>What an archive is refused for, in words that are the user's.</summary>
public sealed class ArchiveReaderTests
{
    private const string Head = """{"linkmonitorArchive":1,"layout":1,"product":"0.1.0","createdAt":"2026-03-01T12:00:00Z"}""";
    private const string Row = """{"table":"Projects","partition":"projects","row":"prj_a","columns":{"v":{"int":1}}}""";

    [Fact]
    public async Task A_whole_archive_is_read() => Assert.Equal(1, await CountAsync(Archive([Head, Row], 1)));

    [Theory]
    [InlineData("garbage")]
    [InlineData("\0")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0")]
    [InlineData("a longer text, as a download that went wrong leaves it behind the end of a file\n")]
    public async Task What_follows_its_end_is_refused(string garbage)
    {
        var refused = await RefusedAsync([.. Archive([Head, Row], 1), .. Encoding.UTF8.GetBytes(garbage)]);

        Assert.Contains("Something follows the end", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_archive_behind_it_is_refused()
    {
        byte[] one = Archive([Head, Row], 1);

        Assert.Contains("follows its end", await RefusedAsync([.. one, .. one]), StringComparison.Ordinal);
        Assert.Contains(
            "Something follows the end",
            await RefusedAsync([.. one, .. Convert.FromHexString("1f8b08000000000000030300000000000000000000"[..40])]),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_stands_twice_is_refused_by_its_name()
    {
        var refused = await RefusedAsync(Archive([Head, Row, Row.Replace("prj_a", "prj_b", StringComparison.Ordinal), Row], 3));

        Assert.Equal("Line 4: the row prj_a of projects in Projects is in the archive a second time.", refused);
    }

    [Theory]
    [InlineData("""{"table":"Projects","row":"prj_a","columns":{}}""", "Line 2: It has no 'partition' that is text.")]
    [InlineData("""{"table":"Projects","partition":null,"row":"prj_a","columns":{}}""", "Line 2: It has no 'partition' that is text.")]
    [InlineData("""{"table":"Projects","partition":"a","row":5,"columns":{}}""", "Line 2: It has no 'row' that is text.")]
    [InlineData("""{"partition":"a","row":"b","columns":{}}""", "Line 2: It has no 'table' that is text.")]
    [InlineData("""{"table":"Projects","partition":"a","row":"b"}""", "Line 2: It has no 'columns'.")]
    [InlineData(
        """{"table":"Projects","partition":"a","row":"b","columns":{"v":{"int":"x"}}}""",
        "Line 2: The column v does not hold what its type says (int).")]
    [InlineData(
        """{"table":"Projects","partition":"a","row":"b","columns":{"v":{"time":"noon"}}}""",
        "Line 2: The column v does not hold what its type says (time).")]
    [InlineData(
        """{"table":"Projects","partition":"a","row":"b","columns":{"v":{"long":null}}}""",
        "Line 2: The column v does not hold what its type says (long).")]
    [InlineData(
        """{"table":"Projects","partition":"a","row":"b","columns":{"v":{"colour":"red"}}}""",
        "Line 2: The column v is of the unknown type colour.")]
    [InlineData(
        """{"table":"Projects","partition":"a/b","row":"b","columns":{}}""",
        "Line 2: The PartitionKey holds U+002F at position 1; / \\ # ? and control characters are not allowed.")]
    [InlineData("""{"table":"Nowhere","partition":"a","row":"b","columns":{}}""", "Line 2: there is no table Nowhere.")]
    [InlineData("""{"table":""", "Line 2: it is not JSON")]
    public async Task A_row_that_is_none_is_told_in_plain_words(string row, string told) =>
        Assert.Equal(told, await RefusedAsync(Archive([Head, row], 1)));

    private static byte[] Archive(string[] lines, int rows)
    {
        var text = string.Concat(lines.Select(line => line + "\n"));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return Gzip($"{text}{{\"rows\":{{\"Projects\":{rows}}},\"sha256\":\"{hash}\"}}\n");
    }

    private static byte[] Gzip(string text)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return file.ToArray();
    }

    private static async Task<string> RefusedAsync(byte[] archive) =>
        (await Assert.ThrowsAsync<InvalidArchiveException>(() => CountAsync(archive))).Message;

    private static async Task<int> CountAsync(byte[] archive)
    {
        using var file = new MemoryStream(archive);
        var rows = 0;
        await foreach (var _ in ArchiveReader.ReadAsync(file, TestContext.Current.CancellationToken))
            rows++;
        return rows;
    }
}
