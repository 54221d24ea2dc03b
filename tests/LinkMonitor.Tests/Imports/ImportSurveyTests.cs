using LinkMonitor.Imports;
using LinkMonitor.Imports.Encodings;
using LinkMonitor.Imports.Rows;
using LinkMonitor.Links;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Testing;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Tests.Imports;

/// <summary>
/// What would come of each row of a file (<see cref="FilePlan"/>), with what its tool says of the link (<see cref="RowNotes"/>), in bounded
/// memory.
/// </summary>
public sealed class ImportSurveyTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 11, 29);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linkmonitor-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_row_has_one_fate_and_the_preview_counts_them_all()
    {
        var survey = Survey("Referring page URL,Target URL,Domain rating,Rendered,Raw,Lost\n"
            + "https://a.example/,https://example.org/,71,true,false,\n"
            + "https://a.example/#part,https://example.org/,71,true,true,\n"
            + "https://b.example/,https://example.org/,7,true,true,2026-05-05\n"
            + "not an address,https://example.org/,7,true,true,\n"
            + "http://192.168.0.1/,https://example.org/,7,true,true,\n");

        Assert.Null(survey.Problem);
        Assert.Equal((5, 1, 1, 1, 2), (survey.Counts.Rows, survey.Counts.Added, survey.Counts.Twice, survey.Counts.Lost,
            survey.Counts.Rejected));
        Assert.Equal(1, survey.ByScript);
        Assert.Equal([5, 6], survey.Rejected.Select(row => row.Line));
        Assert.Equal("Ahrefs", survey.Vendor);
    }

    [Fact]
    public void A_link_in_two_spellings_is_watched_twice_and_both_rows_are_named()
    {
        var survey = Survey("page,target,match\n"
            + "https://a.example/post,https://example.org/,\n"
            + "http://www.a.example/post/?utm_source=x,https://www.example.org,\n"
            + "https://a.example/post,https://example.org/,\n"
            + "https://a.example/post,https://www.example.org/,exact\n"
            + "https://a.example/post,https://example.org/,exact\n");

        Assert.Equal((4, 1, 1), (survey.Counts.Added, survey.Counts.Twice, survey.Counts.Respelled));
        Assert.Equal((3, 2), Assert.Single(survey.Respelled.Select(row => (row.Line, row.FirstLine))));
    }

    [Fact]
    public void Of_very_many_links_in_two_spellings_the_first_are_named_and_all_are_counted()
    {
        var spellings = new SpellingTally();
        foreach (var row in Plan(
            "page,target\n" + string.Concat(Enumerable.Range(0, 150).Select(
                number => $"https://a.example/{number},https://example.org/\nhttp://a.example/{number},https://example.org/\n")),
            ImportChoices.None))
            spellings.Add(row.Row!, row.Draft!);

        Assert.Equal((150, ImportSurvey.MostRejected), (spellings.Count, spellings.First.Count));
    }

    [Theory]
    [InlineData("Source url,Target url,Lost link\nhttps://a.example/,https://example.org/,true\n", "history")]
    [InlineData("Source url,Target url,Lost link\n", "no rows")]
    [InlineData("Linking page,Last crawled\n", "no rows")]
    [InlineData("page,target\nno address,https://example.org/\n", "no row that can be watched")]
    public void A_file_without_a_link_to_watch_says_why(string text, string why) =>
        Assert.Contains(why, Survey(text).Problem!.Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_without_a_header_is_counted_by_the_columns_that_are_chosen_and_shows_its_columns_before()
    {
        const string Text = "Ours\nof May\n1,https://a.example/,https://example.org/\n2,https://b.example/,https://example.org/\n3,x,y\n";

        var refused = Survey(Text);
        var chosen = Survey(Text, ImportChoices.None with
        {
            Columns = new Dictionary<string, ColumnRole> { ["2"] = ColumnRole.Page, ["3"] = ColumnRole.Target },
        });

        Assert.Equal(WantedWord.Columns, refused.Problem!.Asks);
        Assert.Equal(3, Assert.Single(refused.File!.Tables).Columns.Header.Count);
        Assert.Null(chosen.Problem);
        Assert.Equal((3, 2, 1), (chosen.Counts.Rows, chosen.Counts.Added, chosen.Counts.Rejected));
    }

    [Fact]
    public void The_figures_of_the_tool_go_with_the_link_and_the_users_words_and_tags_are_theirs()
    {
        var plan = Plan(
            "page,target,note,tags,DR,Empty,Long\nhttps://a.example/,https://example.org/,Ours,\"one; two\",71,null,"
                + $"{new string('x', 300)}\n",
            ImportChoices.None with { Tags = ["all"], Vendor = "Ahrefs" });

        var draft = Assert.Single(plan).Draft!;

        Assert.Equal(("Ours", "Ahrefs", Day), (draft.Parts.Note, draft.VendorNote!.Vendor, draft.VendorNote.Date));
        Assert.Equal(["all", "one", "two"], draft.Parts.Tags);
        Assert.Equal(("DR", "71"), Assert.Single(draft.VendorNote.Values.Select(value => (value.Key, value.Value))));
    }

    [Fact]
    public void What_a_status_says_besides_a_loss_stays_with_the_link()
    {
        var plan = Plan(
            "Source url,Target url,Status\nhttps://a.example/,https://example.org/,Paid\nhttps://b.example/,https://example.org/,Lost\n",
            ImportChoices.None);

        Assert.Equal([RowFate.Watch, RowFate.Lost], plan.Select(row => row.Fate));
        Assert.Equal(("Status", "Paid"), Assert.Single(plan[0].Draft!.VendorNote!.Values.Select(value => (value.Key, value.Value))));
    }

    [Fact]
    public void A_sheet_that_is_named_like_a_type_gives_it_and_any_other_name_is_a_tag()
    {
        string[] header = ["page", "target", "type"];
        var path = Path.Combine(_folder.FullName, "links.xlsx");
        File.WriteAllBytes(path, Rows.ReadFile.Workbook(
        [
            ("Guest posts", [header, ["https://a.example/", "https://example.org/", ""]]),
            ("Spring", [header, ["https://b.example/", "https://example.org/", "Directory"]]),
        ]));
        var file = FileOfLinks.Open(
            new FileInfo(path), RowDefaults.None, TestContext.Current.CancellationToken);
        var survey = ImportSurvey.Of(
            new FileInfo(path), ImportChoices.None, Reader(), ProjectTypes.BuiltIn, Day, TestContext.Current.CancellationToken);

        var drafts = new FilePlan(file, ImportChoices.None, Reader(), ProjectTypes.BuiltIn, Day)
            .Read(TestContext.Current.CancellationToken).Select(row => row.Draft!).ToList();

        Assert.Equal(["guest-post", "directory"], drafts.Select(draft => draft.Parts.Type));
        Assert.Empty(drafts[0].Parts.Tags ?? []);
        Assert.Equal(["Spring"], drafts[1].Parts.Tags);
        Assert.Equal([(true, false), (false, true)], survey.Marks.Select(mark => (mark.Type is not null, mark.Tag is not null)));
    }

    [Fact]
    public void Of_more_links_than_are_looked_up_it_says_how_many_are_known_at_least()
    {
        var survey = Survey("page,target\nhttps://a.example/,https://example.org/\nhttps://b.example/,https://example.org/\n");

        var known = survey.Knowing(link => link == survey.Links.First(), _ => false);
        var atLeast = (survey with { Links = survey.Links.Take(1).ToHashSet() }).Knowing(_ => true, _ => true);

        Assert.Equal((1, 1, true), (known.Counts.Added, known.Counts.Known, known.IsKnownCounted));
        Assert.Equal((1, 1, false), (atLeast.Counts.Added, atLeast.Counts.Known, atLeast.IsKnownCounted));
        Assert.Equal((0, 1), (known.Counts.Unreadable, atLeast.Counts.Unreadable));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void What_is_no_text_is_refused(int seed)
    {
        var bytes = new byte[200_000];
        new Random(seed).NextBytes(bytes);
        var path = Path.Combine(_folder.FullName, "binary");
        File.WriteAllBytes(path, bytes);

        var survey = ImportSurvey.Of(
            new FileInfo(path), ImportChoices.None, Reader(), ProjectTypes.BuiltIn, Day, TestContext.Current.CancellationToken);

        Assert.NotNull(survey.Problem);
        Assert.Null(survey.File);
    }

    private ImportSurvey Survey(string text, ImportChoices? choices = null) => ImportSurvey.Of(
        Write(text), choices ?? ImportChoices.None, Reader(), ProjectTypes.BuiltIn, Day, TestContext.Current.CancellationToken);

    private List<PlannedRow> Plan(string text, ImportChoices choices) =>
    [
        .. new FilePlan(
            FileOfLinks.Open(Write(text), choices.ToDefaults(), TestContext.Current.CancellationToken), choices,
            Reader(), ProjectTypes.BuiltIn, Day).Read(TestContext.Current.CancellationToken),
    ];

    private FileInfo Write(string text)
    {
        var path = Path.Combine(_folder.FullName, "links.csv");
        File.WriteAllText(path, text);
        return new FileInfo(path);
    }

    private static LinkRequestReader Reader() =>
        new(Options.Create(new MonitoringOptions()), new ManualTimeProvider(default(DateTimeOffset).AddYears(2025)));
}
