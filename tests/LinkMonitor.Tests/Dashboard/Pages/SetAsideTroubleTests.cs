using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Storage.Failures;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Tests.Dashboard.Pages;

/// <summary>What is set aside, a trouble a row: <see cref="SetAsideTrouble"/>.</summary>
public sealed class SetAsideTroubleTests
{
    private const string Slow = "It took longer than 20 seconds.";

    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 2, 0, TimeSpan.Zero);
    private static readonly ProjectId One = ProjectId.New();
    private static readonly ProjectId Other = ProjectId.New();

    [Fact]
    public void What_went_wrong_alike_in_the_turns_of_a_project_is_one_and_each_row_is_its_own()
    {
        var troubles = SetAsideTrouble.Of(
        [
            Turn(One, "wake-ups", 1, Slow), Row("a"), Turn(One, "wake-ups", 2, Slow), Turn(Other, "wake-ups", 3, Slow), Row("b"),
            Turn(One, "deliveries", 4, Slow), Turn(One, "wake-ups", 5, "Connection refused."),
        ]);

        Assert.Equal(
            [(One, 3), (null, 1), (null, 1), (Other, 1), (One, 1)],
            troubles.Select(one => (one.Project, one.Entries.Count)).OrderByDescending(one => one.Count).ThenBy(one => Order(one.Project)));

        static int Order(ProjectId? project) => project is null ? 0 : project == Other ? 1 : 2;
    }

    [Fact]
    public void A_trouble_of_a_project_names_it_says_how_many_and_when_it_is_tried_again()
    {
        var trouble = SetAsideTrouble.Of([Turn(One, "wake-ups", 7, Slow), Turn(One, "wake-ups", 3, Slow)]).Single();

        var line = trouble.ToLine("Acme", new MomentMaker("UTC", Noon));
        var deleted = trouble.ToLine(null, new MomentMaker("UTC", Noon));

        Assert.Equal("Alerts of Acme", line.Where);
        Assert.Equal($"{Slow} So it was for 2 things to be told.", line.Problem);
        Assert.Equal("Nothing: it is tried again at 12:05 UTC, and every five minutes. If it stays, check the log.", line.Advice);
        Assert.Equal(("7 minutes ago", "3 minutes ago"), (line.Since.Words, line.LastAt.Words));
        Assert.Equal($"Alerts of the deleted project {One}", deleted.Where);
    }

    [Fact]
    public void A_row_is_named_by_what_it_is_whose_it_is_and_what_people_know_it_by()
    {
        var entry = Entry(new SetAsideName("Links", One.Value, "link:lnk_a"), "It is damaged.", 1);
        var known = entry with { Note = entry.Note with { About = "https://xn--fiqs8s.example/%E6%97%A5" } };

        var line = SetAsideTrouble.Of([known]).Single().ToLine("Acme", new MomentMaker("UTC", Noon));
        var unnamed = SetAsideTrouble.Of([entry]).Single().ToLine(null, new MomentMaker("UTC", Noon));
        var nobodys = SetAsideTrouble.Of([Row("a")]).Single().ToLine(null, new MomentMaker("UTC", Noon));

        Assert.Equal(("Link of Acme", "It is damaged.", "Repair it."), (line.Where, line.Problem, line.Advice));
        Assert.Equal(("https://中国.example/日", $"/app/p/{One}/links/lnk_a"), (line.About, line.Path));
        Assert.Equal($"Links {One} link:lnk_a", line.Row);
        Assert.Equal(($"Link of the deleted project {One}", null, null), (unnamed.Where, unnamed.About, unnamed.Path));
        Assert.Equal(("Link", "Links prj_x link:a"), (nobodys.Where, nobodys.Row));
    }

    [Theory]
    [InlineData(200, true, null)]
    [InlineData(201, true, "the first 200 of 201;")]
    [InlineData(7_000, false, "the first 200 of at least 7,000;")]
    [InlineData(3, false, "the first 3 of at least 3;")]
    public void What_is_not_shown_is_counted(int count, bool isWhole, string? told)
    {
        var more = SetAsideTrouble.More(count, 200, isWhole);

        if (told is null)
            Assert.Null(more);
        else
            Assert.Contains(told, more, StringComparison.Ordinal);
    }

    private static SetAsideEntry Turn(ProjectId project, string list, int minutes, string problem) =>
        Entry(new SetAsideName("SweepAlerts", "", $"{list}: {project} {minutes}"), problem, minutes);

    private static SetAsideEntry Row(string key) => Entry(new SetAsideName("Links", "prj_x", $"link:{key}"), "It is damaged.", 1);

    private static SetAsideEntry Entry(SetAsideName name, string problem, int minutes) => new()
    {
        Note = new SetAsideNote { Name = name, Problem = problem, Advice = "Repair it." },
        Since = Noon.AddMinutes(-minutes),
        LastAt = Noon.AddMinutes(-minutes),
    };
}
