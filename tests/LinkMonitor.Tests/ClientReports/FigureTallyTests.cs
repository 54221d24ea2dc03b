using LinkMonitor.ClientReports;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Tests.ClientReports;

public sealed class FigureTallyTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly ReportPeriod Period = new(Today.AddDays(-2), Today);

    [Fact]
    public void Names_are_counted_without_case_over_the_links_that_are_there()
    {
        var tally = new FigureTally(Period, Today);
        tally.Add(Link(Standing.AsAgreed, anchor: "Our  Shop"), "a.example");
        tally.Add(Link(Standing.Changed, anchor: "our shop"), "b.example");
        tally.Add(Link(Standing.AsAgreed, anchor: ""), "a.example");
        tally.Add(Link(Standing.Lost, anchor: "gone"), "c.example");
        tally.Add(Link(Standing.AsAgreed, anchor: null), "a.example");

        var figures = tally.ToFigures();

        Assert.Equal([new NamedCount("Our Shop", 2), new NamedCount("", 1)], figures.Anchors.Top);
        Assert.Equal((2, 3, 1), (figures.Anchors.Names, figures.Anchors.Links, figures.Anchors.Unknown));
        Assert.Equal([new NamedCount("a.example", 3), new NamedCount("b.example", 1)], figures.Domains.Top);
        Assert.Equal((5, 3, 1, 1), (figures.Links, figures.AsAgreed, figures.Changed, figures.Lost));
    }

    [Fact]
    public void A_share_is_of_what_is_known_and_none_of_nothing()
    {
        var tally = new FigureTally(Period, Today);
        Assert.Null(tally.ToFigures().AgreedShare);
        tally.Add(Link(Standing.NotVerified), "a.example");
        Assert.Null(tally.ToFigures().AgreedShare);
        Assert.Null(tally.ToFigures().FollowedShare);
        Assert.Null(tally.ToFigures().DomainCount);
        tally.Add(Link(Standing.AsAgreed, followed: true), "a.example");
        tally.Add(Link(Standing.AsAgreed, followed: false), "a.example");
        tally.Add(Link(Standing.Lost), "a.example");

        var figures = tally.ToFigures();

        Assert.Equal(2d / 3, figures.AgreedShare);
        Assert.Equal(0.5, figures.FollowedShare);
    }

    [Fact]
    public void Terms_are_over_after_their_last_day_and_end_soon_up_to_thirty_days_ahead()
    {
        var tally = new FigureTally(Period, Today);
        foreach (var days in new[] { -1, 0, 30, 31 })
            tally.Add(Link(Standing.AsAgreed) with { TermEnds = Today.AddDays(days) }, "a.example");
        tally.Add(Link(Standing.AsAgreed), "a.example");

        var figures = tally.ToFigures();

        Assert.Equal((4, 1, 2), (figures.WithTerm, figures.TermsOver, figures.TermsEnding));
    }

    [Fact]
    public void Days_without_a_check_are_not_days_of_anything()
    {
        var tally = new FigureTally(Period, Today);
        tally.Add(Link(Standing.AsAgreed) with { Days = "-?a" }, "a.example");
        tally.Add(Link(Standing.Lost) with { Days = "cl" }, "a.example");

        Assert.Equal(
            [
                new ReportedDay(Today.AddDays(-2), 0, 1, 0, 0, 0, 1), new ReportedDay(Today.AddDays(-1), 0, 0, 1, 0, 1, 0),
                new ReportedDay(Today, 1, 0, 0, 0, 0, 1),
            ],
            tally.ToFigures().Days);
    }

    // Marks are of days of UTC: in Tokyo, nine hours ahead, the 20th begins at 15:00 of the 19th, in New York at 05:00 of the 20th.
    [Theory]
    [InlineData("UTC", "aal", "20T10:00 a l", "all")]
    [InlineData("UTC", "-aa", "20T10:00 - a", "-aa")]
    [InlineData("Asia/Tokyo", "a--", "19T20:00 - a", "-a-")]
    [InlineData("Asia/Tokyo", "aal", "19T20:00 a l;20T20:00 l a", "ala")]
    [InlineData("Asia/Tokyo", "aa-", "19T10:00 a l", "ll-")]
    [InlineData("Asia/Tokyo", "caa", "18T20:00 a c;19T20:00 c a", "caa")]
    [InlineData("America/New_York", "aal", "21T02:00 a l", "all")]
    [InlineData("America/New_York", "-al", "20T02:00 - a;21T10:00 a l", "aal")]
    [InlineData("America/New_York", "aaa", "22T02:00 a l", "aal")]
    [InlineData("UTC", "aa?", "20T10:00 a l;20T11:00 l ?", "a??")]
    public void Days_are_those_of_the_project_and_agree_with_its_changes(string zone, string marks, string moves, string days)
    {
        var period = new ReportPeriod(new DateOnly(2026, 11, 19), new DateOnly(2026, 11, 21));
        var read = moves.Split(';').Select(move => move.Split(' ')).Select(move => new DayMove(
            DateTimeOffset.Parse($"2026-11-{move[0]}Z", System.Globalization.CultureInfo.InvariantCulture),
            DayLetters.MarkOf(move[1][0]), DayLetters.MarkOf(move[2][0])));

        Assert.Equal(days.TrimEnd('-'), DayStates.With(
            marks.TrimEnd('-'), [.. read], period, LinkMonitor.Engine.Clocks.LocalTimes.Find(zone), new DateOnly(2026, 11, 25)));
    }

    [Fact]
    public void Today_is_what_the_figures_say_whatever_its_marks_and_changes()
    {
        var log = DayLog.Parse("2026-11-19:aaa");
        var days = DayStates.Of(log, Standing.Lost, Period, Today);

        Assert.Equal("aal", days);
        Assert.Equal("aal", DayStates.With(
            days, [new DayMove(new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.Zero), DayMark.Lost, DayMark.AsAgreed)], Period,
            TimeZoneInfo.Utc, Today));
        Assert.Equal("aaa", DayStates.Of(log, Standing.Lost, Period, Today.AddDays(1)));
    }

    [Fact]
    public void A_list_of_names_ends_and_says_how_many_there_are()
    {
        var counter = new NameCounter();
        for (var name = 0; name < NameTally.Most + 5; name++)
            counter.Add($"name {name}");

        var tally = counter.ToTally();

        Assert.Equal((NameTally.Most, NameTally.Most + 5), (tally.Top.Count, tally.Names));
    }

    [Fact]
    public void A_preview_counts_from_little_what_the_report_counts_from_all()
    {
        var tally = new FigureTally(Period, Today);
        tally.Add(new LinkFacts(new LinkId("lnk_a"), "https://a.example/")
        {
            Host = "a.example",
            Target = "https://t.example/",
            State = LinkState.Live,
            Look = CheckOutcome.Observed,
            FoundRel = RelQualifiers.Nofollow,
            FoundAnchor = "x",
            CreatedAt = 0,
            Since = 0,
        });

        var figures = tally.ToFigures();

        Assert.Equal((1, 1, 0, 1), (figures.Links, figures.AsAgreed, figures.Followed, figures.NotFollowed));
        Assert.Null(figures.Places);
        Assert.Empty(figures.Days);
    }

    private static ReportedLink Link(Standing state, string? anchor = "x", bool? followed = null) => new()
    {
        Id = "lnk_a",
        Page = "https://a.example/",
        Target = "https://t.example/",
        State = state,
        Since = DateTimeOffset.UnixEpoch,
        Expected = new ReportedSight(null, null, null, null),
        Found = new ReportedSight("follow", anchor, null, followed),
    };
}
