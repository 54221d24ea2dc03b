using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using LinkMonitor.Exports;
using LinkMonitor.Filtering;
using LinkMonitor.Snapshots;
using LinkMonitor.Spooling;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing;
using LinkMonitor.Testing.Storage;
using LinkMonitor.Tests.Snapshots;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace LinkMonitor.Tests.Exports;

/// <summary>Files of many links in any order (<see cref="LinkExport"/>, through <see cref="ByteSpool"/>).</summary>
public sealed partial class LinkExportTests
{
    private const int Many = 1_300;

    private static readonly Project Project = StorageSamples.Project(new ProjectId("prj_aaaaaaaaaaaaaaaa"));

    private readonly ManualTimeProvider _time = new(StorageSamples.Noon);
    private readonly CountHook _calls = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("sort:page")]
    [InlineData("sort:-page")]
    public async Task Links_come_in_the_order_of_the_line_and_none_takes_a_request_of_its_own(string text)
    {
        var (lists, _) = await StoredAsync(Many);
        var listing = await lists.OpenAsync(Project, Stop);
        var line = FilterParser.Read(text).Line!;
        var wanted = listing.InOrder(line).Select(link => link.Page).ToList();
        _calls.Clear();

        var csv = Encoding.UTF8.GetString(await WriteAsync(lists, listing, line, ExportFormat.Csv));
        var pages = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(',')[0]).ToList();
        var sheet = await SheetAsync(await WriteAsync(lists, listing, line, ExportFormat.Xlsx));

        Assert.Equal(wanted, pages);
        Assert.Equal(
            Enumerable.Range(1, Many + 1),
            RowNumbers().Matches(sheet).Select(row => int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture)));
        Assert.Equal(wanted, FirstCells().Matches(sheet).Skip(1).Select(cell => cell.Groups[1].Value));
        Assert.Equal(0, _calls.Of(TableNames.Links, nameof(ITable.GetAsync)));
        Assert.InRange(_calls.Total, 1, 2 * 2 * ((Many / 500) + 1));
    }

    [Fact]
    public async Task A_link_that_is_gone_meanwhile_has_no_row_in_any_order()
    {
        var (lists, storage) = await StoredAsync(Many);
        var listing = await lists.OpenAsync(Project, Stop);
        var gone = listing.Matching(FilterLine.All)[700];
        var row = (await storage.Tables.Open(TableNames.Links).GetAsync(Project.Id.Value, LinkKeys.Link(gone.Id), Stop))!;
        await storage.Tables.Open(TableNames.Links).DeleteAsync(Project.Id.Value, row.RowKey, row.ETag, Stop);

        foreach (var text in new[] { "", "sort:page" })
        {
            var csv = Encoding.UTF8.GetString(await WriteAsync(lists, listing, FilterParser.Read(text).Line!, ExportFormat.Csv));

            Assert.Equal(Many, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
            Assert.DoesNotContain($"\n{gone.Page},", csv, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_muting_that_ends_makes_another_file()
    {
        var (lists, storage) = await StoredAsync(2);
        await LinkRows.AddAsync(
            storage,
            [StorageSamples.Link(Project.Id, "https://muted.example/") with { Muted = true, MutedUntil = _time.GetUtcNow().AddHours(1) }],
            Stop);

        var muted = await TagAsync(lists);
        var again = await TagAsync(lists);
        _time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(muted, again);
        Assert.NotEqual(muted, await TagAsync(lists));
    }

    private async Task<string> TagAsync(LinkLists lists)
    {
        var context = new DefaultHttpContext();
        new LinkExport(lists, _time, NullLogger<LinkExport>.Instance).Answer(
            context, await lists.OpenAsync(Project, Stop), FilterLine.All, ExportFormat.Csv, withMark: true, "links");
        return context.Response.Headers.ETag.ToString();
    }

    private async Task<byte[]> WriteAsync(LinkLists lists, LinkListing listing, FilterLine line, ExportFormat format)
    {
        using var output = new MemoryStream();
        await new LinkExport(lists, _time, NullLogger<LinkExport>.Instance).WriteAsync(
            output, listing, line, format, withMark: false, Stop);
        return output.ToArray();
    }

    private static async Task<string> SheetAsync(byte[] workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        using var reader = new StreamReader(zip.GetEntry(XlsxParts.Sheet)!.Open());
        return await reader.ReadToEndAsync(Stop);
    }

    // Ids are drawn from page and target, so no other order is theirs.
    private async Task<(LinkLists Lists, TestStorage Storage)> StoredAsync(int links)
    {
        var storage = await SnapshotLab.StorageAsync(_time);
        await LinkRows.AddAsync(
            storage,
            Enumerable.Range(0, links).Select(number => StorageSamples.Link(Project.Id, $"https://a{number % 7}.example/{number}")),
            Stop);
        return (SnapshotLab.Of(storage.Through(_calls), _time).Lists, storage);
    }

    [GeneratedRegex("<row r=\"([0-9]+)\">")]
    private static partial Regex RowNumbers();

    [GeneratedRegex("<c r=\"A[0-9]+\" s=\"[0-9]\" t=\"inlineStr\"><is><t xml:space=\"preserve\">([^<]*)<")]
    private static partial Regex FirstCells();
}
