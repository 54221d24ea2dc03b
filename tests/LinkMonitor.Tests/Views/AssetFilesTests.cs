using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using LinkMonitor.Views;
using RazorSlices;

namespace LinkMonitor.Tests.Views;

public sealed class AssetFilesTests
{
    private const int Kilobyte = 1_024;

    // As many as the posts of some sites use over and over.
    private static readonly string[] Vocabulary = [.. Enumerable.Range(1, 800).Select(seed => MakeUp(new Random(seed)))];

    [Fact]
    public void The_script_has_at_most_10_kilobytes_and_the_style_12()
    {
        Assert.InRange(SizeOf(AssetFiles.Script), 1, 10 * Kilobyte);
        Assert.InRange(SizeOf(AssetFiles.Style), 1, 12 * Kilobyte);
        Assert.InRange(SizeOf(AssetFiles.Icon), 1, Kilobyte);
    }

    [Theory]
    [InlineData("app.css")]
    [InlineData("app.0123456789.css")]
    [InlineData("../app.css")]
    [InlineData("")]
    public void A_file_has_one_name_which_changes_with_it(string name) => Assert.Null(AssetFiles.Find(name));

    [Fact]
    public async Task A_page_of_50_links_with_long_values_has_at_most_25_kilobytes_as_gzip()
    {
        var id = new ProjectId("prj_aaaaaaaaaaaaaaaa");
        var lines = new LineMaker(StorageSamples.Project(id), StorageSamples.Noon);
        var random = new Random(1);
        var frame = new Frame
        {
            Title = "Links",
            Project = new ProjectTabs(id.Value, Text(random, 100), "links"),
            Visitor = new Visitor(Text(random, 60), "owner", true, true, true, Text(random, 190).Replace(' ', '-')),
        };
        Chip[] chips = [
            .. Enumerable.Range(0, 30).Select(_ => new Chip(Text(random, 20), $"/app/p/{id}/links?q={Text(random, 40)}", false, 9)),
        ];
        var slice = LinkMonitor.Views.Slices.Links.Create(new LinksModel
        {
            Frame = frame,
            Filter = Text(random, 200),
            Found = 90_000,
            Total = 100_000,
            Caption = "90,000 of 100,000 links",
            Links = [.. Enumerable.Range(0, 50).Select(_ => lines.Of(Long(id, random)))],
            Chips = chips,
            Views = chips[..6],
            Orders = chips[..5],
            NewsPath = $"/app/p/{id}/links/news?since=1",
            Pager = new Pager($"/app/p/{id}/links?cursor={Text(random, 200)}", null),
        });

        var encoder = HtmlEncoder.Create(UnicodeRanges.All);
        var page = Encoding.UTF8.GetBytes(await slice.RenderAsync(encoder, cancellationToken: TestContext.Current.CancellationToken));

        Assert.InRange(Compressed(page), 4 * Kilobyte, 25 * Kilobyte);
    }

    private static WatchedLink Long(ProjectId id, Random random)
    {
        var link = StorageSamples.FullLink(id);
        var page = StorageSamples.Url($"https://{Word(random)}-{Word(random)}.example/{string.Join('/', Words(random, 14))}");
        var target = StorageSamples.Url($"https://example.org/{string.Join('-', Words(random, 8))}");
        return StorageSamples.Link(id, page.Href, target.Href) with
        {
            Expectation = link.Expectation with { Target = target },
            Terms = link.Terms,
            Tags = [Word(random), Word(random)],
            Status = link.Status with
            {
                Reasons = [link.Status.Reasons[0] with { Message = Text(random, 150) }],
                LastSeenEvidence = link.Status.LastSeenEvidence! with { Anchor = Text(random, 120) },
            },
        };
    }

    private static string Text(Random random, int length) => string.Join(' ', Words(random, length))[..length];

    private static IEnumerable<string> Words(Random random, int count) => Enumerable.Range(0, count).Select(_ => Word(random));

    private static string Word(Random random) => Vocabulary[random.Next(Vocabulary.Length)];

    private static string MakeUp(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => $"{"bdfgklmnprst"[random.Next(12)]}{"aeiou"[random.Next(5)]}"));

    // As the server compresses.
    private static long Compressed(byte[] bytes)
    {
        using var into = new MemoryStream();
        using (var gzip = new GZipStream(into, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return into.Length;
    }

    private static int SizeOf(string address) => AssetFiles.Find(address.Split('/')[^1])!.Content.Length;
}
