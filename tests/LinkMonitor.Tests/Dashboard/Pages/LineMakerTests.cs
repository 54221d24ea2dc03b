using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Dashboard.Pages;

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
        Assert.InRange(line.Why!.Length, 100, 250);
        Assert.Equal("(empty)", line.Anchor);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(CheckOutcome.ScriptOnly, "script only")]
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
        Assert.Equal(("live", "lost"), (_lines.Of(lost).From, _lines.Of(lost).To));
    }
}
