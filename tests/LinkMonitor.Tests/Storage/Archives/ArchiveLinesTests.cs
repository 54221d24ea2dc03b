using System.IO.Compression;
using System.Text;
using LinkMonitor.Storage.Archives;

namespace LinkMonitor.Tests.Storage.Archives;

public sealed class ArchiveLinesTests
{
    [Theory]
    [InlineData("a\n", new[] { "a" })]
    [InlineData("a\n\nbc\n", new[] { "a", "", "bc" })]
    public async Task Every_line_comes_without_its_end(string text, string[] lines) => Assert.Equal(lines, await ReadAsync(Zip(text)));

    [Fact]
    public async Task A_file_that_ends_within_a_line_is_refused()
    {
        var refused = await Assert.ThrowsAsync<InvalidArchiveException>(() => ReadAsync(Zip("a\nb")));

        Assert.Contains("cut off", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_follows_the_end_is_noticed() =>
        await Assert.ThrowsAsync<InvalidArchiveException>(() => ReadAsync([.. Zip("a\n"), 9, 9, 9, 9]));

    [Fact]
    public async Task An_empty_file_is_refused() => await Assert.ThrowsAsync<InvalidArchiveException>(() => ReadAsync([]));

    private static byte[] Zip(string text)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return zipped.ToArray();
    }

    private static async Task<string[]> ReadAsync(byte[] file)
    {
        using var stream = new MemoryStream(file);
        List<string> lines = [];
        await foreach (var line in ArchiveLines.ReadAsync(stream, TestContext.Current.CancellationToken))
            lines.Add(Encoding.UTF8.GetString(line.Span));
        return [.. lines];
    }
}
