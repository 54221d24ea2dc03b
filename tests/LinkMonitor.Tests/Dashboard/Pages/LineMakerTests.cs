using System.Net;
using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Dashboard.Pages;

/// <summary>Words of the dashboard for what is stored.</summary>
public sealed class DashboardWordsTests
{
    [Theory]
    [InlineData("observed", true, null, "live")]
    [InlineData("observed", true, "https://example.org/rule", "changed")]
    [InlineData("observed", false, "https://example.org/rule", "lost")]
    [InlineData("gone", false, null, "lost")]
    [InlineData("blocked", true, null, "unknown")]
    [InlineData("our-fault", false, null, "unknown")]
    public void The_deciding_step_has_the_shape_of_what_the_check_says(string outcome, bool hasLink, string? source, string shape)
    {
        var evidence = LinkMonitor.Tests.Alerts.Composing.Sample.Alive(StorageSamples.Noon);
        evidence = evidence with
        {
            Outcome = LinkMonitor.Engine.Naming.WireName.Parse<LinkMonitor.Engine.Tracking.CheckOutcome>(outcome),
            LinkUrl = hasLink ? evidence.LinkUrl : null,
            Explanation = new LinkMonitor.Engine.Explaining.Explanation { Sentence = "", Source = source, Steps = [] },
        };

        Assert.Equal(shape, LinkDetailPage.VerdictOf(evidence));
    }

    [Theory]
    [InlineData("incident", "link", "changes of one link")]
    [InlineData("incident", "host", "changes on one site")]
    [InlineData("incident", "host", "a change of one link", 1)]
    [InlineData("incident", null, "changes")]
    [InlineData("cases", null, "days of cases")]
    [InlineData("digest", null, "digest")]
    public void What_an_alert_is_about_is_said_in_words(string kind, string? cause, string words, int changes = 2) => Assert.Equal(
        words,
        AlertListPage.KindOf(LinkMonitor.Engine.Naming.WireName.Parse<LinkMonitor.Storage.Alerts.AlertKind>(kind), cause, changes));

    [Fact]
    public void Every_kind_of_alert_and_every_cause_has_words_of_its_own()
    {
        var kinds = Enum.GetValues<LinkMonitor.Storage.Alerts.AlertKind>().Select(kind => AlertListPage.KindOf(kind, null, 2));
        var causes = Enum.GetValues<LinkMonitor.Alerts.Incidents.CauseKind>().Select(cause => AlertListPage.KindOf(
            LinkMonitor.Storage.Alerts.AlertKind.Incident, LinkMonitor.Engine.Naming.WireName.Of(cause), 2));

        string[] words = [.. kinds, .. causes];

        Assert.Equal(words.Length, words.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("a.example/b?c=1&d", "a.example/b?c=1&amp;d")]
    [InlineData(
        "a.example/long/enough/to/be/cut?c=1&d=2",
        "a.example/<wbr>long/<wbr>enough/<wbr>to/<wbr>be/<wbr>cut<wbr>?c=1<wbr>&amp;d=2")]
    [InlineData("a.example/را/144-x", "a.example/<bdi>&#x631;&#x627;</bdi>/144-x")]
    [InlineData(
        "a.example/ر/long/enough/to/be/cut?c=ا&d=2",
        "a.example/<wbr><bdi>&#x631;</bdi>/<wbr>long/<wbr>enough/<wbr>to/<wbr>be/<wbr>cut<wbr>?c=<bdi>&#x627;</bdi><wbr>&amp;d=2")]
    [InlineData("a.example/<script>alert(1)</script>", "a.example/<wbr>&lt;script&gt;alert(1)&lt;/<wbr>script&gt;")]
    public void A_long_address_may_end_a_line_between_its_parts(string words, string html) =>
        Assert.Equal(html, LinkMonitor.Views.States.Address(words).ToString());

    /// <summary>Hebrew in quotes must not turn the quotes and what stands around them.</summary>
    [Theory]
    [InlineData(null, "")]
    [InlineData("it was here: “<b>”", "it was here: &#x201C;&lt;b&gt;&#x201D;")]
    [InlineData("it was here: “שלום”, once", "it was here: “<bdi>שלום</bdi>”, once")]
    [InlineData("“שלום” is not “<i>”", "“<bdi>שלום</bdi>” is not “&lt;i&gt;”")]
    [InlineData("“no end שלום", "“<bdi>no end שלום</bdi>")]
    [InlineData("“a ”שלום” b”", "“<bdi>a ”שלום” b</bdi>”")]
    public void What_others_wrote_is_set_apart_within_its_quotes(string? words, string html) =>
        Assert.Equal(WebUtility.HtmlDecode(html), WebUtility.HtmlDecode(LinkMonitor.Views.States.Quoting(words).ToString()));

    [Theory]
    [InlineData("links", "links")]
    [InlineData("<א>", "<bdi>&lt;&#x5D0;&gt;</bdi>")]
    public void A_name_that_is_read_from_the_right_turns_nothing_beside_it(string name, string html) =>
        Assert.Equal(html, LinkMonitor.Views.States.Name(name).ToString());
}

public sealed class LineMakerTests
{
    private static readonly ProjectId Id = new("prj_a");

    private readonly LineMaker _lines = new(StorageSamples.Project(Id), StorageSamples.Noon);

    [Fact]
    public void A_link_as_a_row_has_what_was_last_seen_and_why()
    {
        var line = _lines.Of(StorageSamples.FullLink(Id) with { MutedUntil = StorageSamples.Noon.AddDays(1) });

        Assert.Equal(("changed", "Example", "249.50 EUR a month", true), (line.State, line.Anchor, line.Cost, line.IsMuted));
        Assert.Equal("The rel is 'nofollow' now.", line.Why);
        Assert.Equal($"/app/p/prj_a/links/{line.Id}", line.Path);
        Assert.Equal(("1 day ago", "2 hours ago"), (line.Since.Words, line.Seen?.Words));
    }

    [Fact]
    public void A_new_link_has_no_more_than_its_page()
    {
        var line = _lines.Of(StorageSamples.Link(Id));

        Assert.Equal(("pending", null, null, null, null), (line.State, line.Why, line.Seen, line.Anchor, line.Cost));
        Assert.Equal("blog.example.net/post", line.PageWords);
        Assert.False(line.IsMuted);
    }

    [Fact]
    public void What_is_suspected_is_told_as_that_and_text_of_the_web_cannot_turn_the_words_around_it()
    {
        var link = StorageSamples.FullLink(Id);
        var reason = link.Status.Suspicions[0].Reason with { Message = "exe.\u202Egnp" + new string('W', 900) };
        var line = _lines.Of(link with
        {
            Status = link.Status with
            {
                Reasons = [],
                Suspicions = [link.Status.Suspicions[0] with { Reason = reason }],
                LastSeenEvidence = link.Status.LastSeenEvidence! with { Anchor = "" },
            },
        });

        Assert.StartsWith("Not confirmed yet: exe.[U+202E]gnp", line.Why, StringComparison.Ordinal);
        Assert.InRange(line.Why!.Length, 600, 700);
        Assert.Equal("(empty)", line.Anchor);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(CheckOutcome.ScriptOnly, "page written by a script")]
    public void What_the_last_check_could_not_see_is_told(CheckOutcome? outcome, string? words) =>
        Assert.Equal(words, LineMaker.NotSeen(LinkStatus.New(StorageSamples.Noon) with
        {
            LastEvidence = outcome is { } one ? StorageSamples.Evidence(StorageSamples.Noon) with { Outcome = one } : null,
        }));

    [Fact]
    public void A_change_has_its_reasons_or_says_that_all_is_well()
    {
        var link = StorageSamples.Link(Id);
        var lost = StorageSamples.Change(link, StorageSamples.Noon);
        var back = lost with { Transition = lost.Transition with { To = LinkState.Live, ReasonsAfter = [] } };

        Assert.Equal("The rel is 'nofollow' now.", _lines.Of(lost).Why);
        Assert.Equal("The link is there, as expected.", _lines.Of(back).Why);
        var said = $"The canonical of the page is {new string('x', 170)} now.";
        var longer = lost.Transition with { ReasonsAfter = [lost.Transition.ReasonsAfter[0] with { Message = said }] };
        Assert.Equal(said, _lines.Of(lost with { Transition = longer }).Why);
        Assert.Equal(("live", "lost"), (_lines.Of(lost).From, _lines.Of(lost).To));
    }
}
