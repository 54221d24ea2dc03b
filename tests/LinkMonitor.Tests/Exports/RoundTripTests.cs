using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Exports;
using LinkMonitor.Imports;
using LinkMonitor.Imports.Rows;
using LinkMonitor.Links;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Testing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Exports;

/// <summary>
/// Every export is read back by our own import without a difference in what people have decided of a link: <see cref="CsvExport"/>,
/// <see cref="XlsxExport"/> and <see cref="JsonLinesExport"/> of <see cref="ExportColumns"/> against <see cref="FilePlan"/> with
/// <see cref="GivenCells"/> and <see cref="JsonLines"/>.
/// </summary>
public sealed class RoundTripTests : IDisposable
{
    private const int Links = 60;

    // A day of a spreadsheet has whole seconds.
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(StorageSamples.Noon.ToUnixTimeSeconds());

    private static readonly ProjectId Project = ProjectId.New();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-");

    public static TheoryData<string, int> Runs
    {
        get
        {
            var runs = new TheoryData<string, int>();
            foreach (var format in Enum.GetNames<ExportFormat>())
                for (var seed = 1; seed <= 8; seed++)
                    runs.Add(format, seed);
            return runs;
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task An_export_of_hostile_values_is_read_back_without_a_difference(string format, int seed)
    {
        var values = new HostileValues(new Random(seed));
        var links = Enumerable.Range(0, Links).Select(number => values.Link(Project, number, Now)).ToList();

        var rows = await ReadAsync(await WriteAsync(Enum.Parse<ExportFormat>(format), links));

        Assert.Equal(links.Count, rows.Count);
        foreach (var (link, row) in links.Zip(rows))
        {
            Assert.True(row.Draft is not null, $"{row.Bad}");
            Assert.Equal(Decided(link), Decided(Registered(row.Draft)));
            Assert.Null(row.Draft.VendorNote);
        }
    }

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Xlsx)]
    [InlineData(ExportFormat.Jsonl)]
    internal async Task A_whole_link_with_all_its_parts_is_read_back(ExportFormat format)
    {
        var full = StorageSamples.FullLink(Project) with { MutedUntil = Now.AddYears(20) };

        var row = Assert.Single(await ReadAsync(await WriteAsync(format, [full])));

        Assert.True(row.Draft is not null, $"{row.Bad}");
        var read = Registered(row.Draft);
        Assert.Equal(
            (full.Page.Href, full.Type, full.Note, full.Muted, full.MutedUntil, full.Terms),
            (read.Page.Href, read.Type, read.Note, read.Muted, read.MutedUntil, read.Terms));
        Assert.Equal(full.Tags, read.Tags);
        Assert.Equal(full.Expectation.Anchor, read.Expectation.Anchor);
        Assert.Equal(full.Expectation.Rel, read.Expectation.Rel);
    }

    [Fact]
    public async Task A_muting_that_is_over_mutes_nothing()
    {
        var link = StorageSamples.Link(Project) with { Muted = true, MutedUntil = Now.AddDays(-1) };

        var csv = Assert.Single(await ReadAsync(await WriteAsync(ExportFormat.Csv, [link]))).Draft!.Parts;
        var json = Assert.Single(await ReadAsync(await WriteAsync(ExportFormat.Jsonl, [link]))).Draft!.Parts;

        Assert.Equal(((bool?)false, (DateTimeOffset?)null), (csv.Muted, csv.MutedUntil));
        Assert.Equal(((bool?)null, (DateTimeOffset?)null), (json.Muted, json.MutedUntil));
    }

    [Theory]
    [InlineData("cost", "12,50", "terms.cost")]
    [InlineData("currency", "", "terms.currency")]
    [InlineData("muted", "perhaps", "muted")]
    [InlineData("indexable", "perhaps", "indexable")]
    [InlineData("mutedUntil", "soon", "mutedUntil")]
    [InlineData("end", "2020-01-01", "terms.end")]
    [InlineData("placement", "ceiling", "placement")]
    public async Task A_cell_that_somebody_broke_rejects_its_row_and_says_why(string column, string cell, string field)
    {
        var link = StorageSamples.Link(Project) with
        {
            Terms = new Terms { Cost = 12.5m, Currency = "EUR", Start = new DateOnly(2026, 1, 1), End = new DateOnly(2026, 12, 31) },
        };
        var file = await WriteAsync(ExportFormat.Csv, [link]);
        var lines = (await File.ReadAllLinesAsync(file.FullName, Stop)).ToArray();
        var cells = lines[1].Split(',');
        cells[ExportColumns.Names.Index().Single(name => name.Item == column).Index] = cell.Contains(',') ? $"\"{cell}\"" : cell;
        await File.WriteAllLinesAsync(file.FullName, [lines[0], string.Join(',', cells)], Stop);

        var row = Assert.Single(await ReadAsync(file));

        Assert.Equal(RowFate.Rejected, row.Fate);
        Assert.StartsWith($"{field}:", row.Bad!.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_is_no_link_costs_itself_and_no_other()
    {
        var file = await WriteAsync(ExportFormat.Jsonl, [StorageSamples.Link(Project)]);
        await File.AppendAllTextAsync(file.FullName, $"{{\"page\":\n[]\n\n{new string('x', 1_100_000)}\n", Stop);

        var rows = await ReadAsync(file);

        Assert.Equal(
            [RowFate.Watch, RowFate.Rejected, RowFate.Rejected, RowFate.Rejected], rows.Select(row => row.Fate));
        Assert.Equal([2, 3, 5], rows.Skip(1).Select(row => row.Bad!.Line));
    }

    private async Task<FileInfo> WriteAsync(ExportFormat format, IReadOnlyList<WatchedLink> links)
    {
        var path = Path.Combine(_folder.FullName, $"links-{Guid.NewGuid():N}");
        await using var output = File.Create(path);
        await using var workbook = format == ExportFormat.Xlsx ? new XlsxExport(output, Now) : null;
        IExportWriter writer = workbook is not null ? workbook
            : format == ExportFormat.Csv ? new CsvExport(output, withMark: true, Now) : new JsonLinesExport(output);
        await writer.BeginAsync(Stop);
        foreach (var link in links)
            await writer.WriteAsync(writer.Row(link), link.Page.Href, Stop);
        await writer.EndAsync(Stop);
        return new FileInfo(path);
    }

    private static Task<List<PlannedRow>> ReadAsync(FileInfo file)
    {
        var opened = FileOfLinks.Open(file, RowDefaults.None, Stop);
        Assert.Null(Assert.Single(opened.Tables).Unsettled());
        Assert.Equal("LinkMonitor", opened.Tables[0].Columns.Vendor);
        return Task.FromResult(new FilePlan(
            opened, ImportChoices.None, new LinkRequestReader(Options.Create(new MonitoringOptions()), new ManualTimeProvider(Now)),
            ProjectTypes.BuiltIn, DateOnly.FromDateTime(Now.UtcDateTime)).Read(Stop).ToList());
    }

    private static WatchedLink Registered(LinkDraft draft) => draft.Parts.ApplyTo(
        StorageSamples.Link(Project, draft.Page.Href, draft.Target.Href) with
        {
            Expectation = new Expectation { Target = draft.Target, Match = draft.Match },
        });

    private static object Decided(WatchedLink link) => (
        link.Page.Href, link.Expectation, link.Type, link.TypeParts, string.Join('\u0001', link.Tags), link.Note, link.Muted,
        (link.MutedUntil, link.Terms));
}

/// <summary>Links whose every text may be a formula, a quotation mark, a line break or a script that runs the other way.</summary>
internal sealed class HostileValues(Random random)
{
    private static readonly string[] Pieces =
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=x", "'", "''=x", "\"", "\"\"", ",", ";", "|", "\\", "\n", "\r\n", "\r", "a\nb", "_x000D_", "_x",
        "שלום", "\u202Eabc", "日本語", "🎉", "é", "&amp;", "<b>", "]]>", "null", "-", "true", "2026-01-01", "1,5", "=HYPERLINK(\"x\")", "  ",
        "=HYPERLINK(\"https://x.example/\",\"y\")", "=\"a\"",
        "\u0001", "\0",
    ];

    public WatchedLink Link(ProjectId project, int number, DateTimeOffset now)
    {
        var link = StorageSamples.Link(
            project, $"https://blog{number}.example.net/{Uri.EscapeDataString(Text(true) ?? "x")}?a='b'&c=,;|",
            $"https://example.org/{random.Next(5)}");
        var parts = new LinkParts
        {
            Types = ProjectTypes.BuiltIn,
            Type = Maybe(ProjectTypes.BuiltIn.All[random.Next(ProjectTypes.BuiltIn.All.Count)].Key),
            Rel = Pick<Expected<RelQualifiers>?>(
                null, Expected<RelQualifiers>.Any, Expected<RelQualifiers>.Exactly(RelQualifiers.Nofollow | RelQualifiers.Ugc)),
            Anchor = Text(false) is { } anchor ? Expected<string>.Exactly(anchor) : Pick<Expected<string>?>(null, Expected<string>.Any),
            Placement = Pick<Expected<Placement>?>(null, Expected<Placement>.Any, Expected<Placement>.Exactly(Placement.Footer)),
            Indexable = Pick<Expected<bool>?>(null, Expected<bool>.Any, Expected<bool>.Exactly(random.Next(2) == 0)),
            Tags =
                [
                    .. Enumerable.Range(0, random.Next(4))
                    .Select(_ => Text(true))
                    .OfType<string>()
                    .Distinct(StringComparer.OrdinalIgnoreCase),
                ],
            Note = Text(false),
            Muted = random.Next(2) == 0 ? true : null,
            Terms = random.Next(2) == 0 ? null : Terms(),
        };
        if (parts.Muted is true && random.Next(2) == 0)
            parts = parts with { MutedUntil = now.AddHours(random.Next(48, 4_000)) };
        return parts.ApplyTo(link with { Expectation = link.Expectation with { Match = Pick(Enum.GetValues<TargetMatch>()) } });
    }

    private TermsParts Terms() => new()
    {
        Vendor = Text(true),
        Cost = random.Next(100_000) / 100m,
        Currency = "EUR",
        CostPeriod = Pick<CostPeriod?>(null, CostPeriod.Term, CostPeriod.Month),
        Start = new DateOnly(2026, 1, 1).AddDays(random.Next(300)),
        End = random.Next(2) == 0 ? null : new DateOnly(2027, 1, 1).AddDays(random.Next(300)),
        Contact = Text(true),
        Invoice = Text(true),
    };

    /// <summary>As a request leaves it: without NUL and without white space around; null for nothing.</summary>
    private string? Text(bool onOneLine)
    {
        var text = string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => Pick(Pieces))).Replace("\0", "", StringComparison.Ordinal);
        if (onOneLine)
            text = string.Concat(text.Where(character => !char.IsControl(character)));
        text = text.Trim();
        return text.Length == 0 ? null : text[..Math.Min(text.Length, 50)].Trim();
    }

    private string? Maybe(string text) => random.Next(2) == 0 ? text : null;

    private T Pick<T>(params T[] from) => from[random.Next(from.Length)];
}
