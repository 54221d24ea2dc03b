using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using LinkMonitor.Wording;

namespace LinkMonitor.Tests.Dashboard.Pages;

public sealed class EvidencePartsTests
{
    private static readonly ProjectTime Utc = new("UTC", Language.English);
    private static readonly LinkStatus Full = StorageSamples.FullLink(new ProjectId("prj_a")).Status;

    [Fact]
    public void Without_a_check_there_is_nothing_to_show() =>
        Assert.Null(EvidenceParts.Of(LinkStatus.New(StorageSamples.Noon), [], Utc));

    [Fact]
    public void A_changed_link_is_shown_beside_what_it_was_when_it_was_as_agreed()
    {
        var agreed = StorageSamples.Evidence(StorageSamples.Noon.AddDays(-9)) with { Anchor = "as agreed" };
        var change = StorageSamples.Change(StorageSamples.Link(new ProjectId("prj_a")), StorageSamples.Noon, LinkState.Changed).Transition
            with
        { From = LinkState.Live, Before = agreed };

        var shown = EvidenceParts.Of(Full with { State = LinkState.Changed }, [change], Utc)!;

        Assert.Equal("When it was as agreed", shown.HeadBefore);
        Assert.Contains(shown.Rows, row => row.Before?.Contains("as agreed", StringComparison.Ordinal) is true);
    }

    [Theory]
    [InlineData(
        false, true,
        "The HTML of the link is as it was: nothing in it hides the link. What does stands around it on the page: "
            + "<div class=\"ads\">: style \"display:none\"")]
    [InlineData(false, false, "The HTML of the link is as it was.")]
    public void Two_snippets_that_are_alike_say_what_that_means(bool was, bool isHidden, string note)
    {
        var before = StorageSamples.Evidence(StorageSamples.Noon.AddDays(-1)) with { Hidden = was };
        var after = before with { CheckedAt = StorageSamples.Noon, Hidden = isHidden };

        Assert.Equal(note, EvidenceParts.Pair(before, after, "Before", "After", Utc).SnippetNote);
        Assert.Null(EvidenceParts.Pair(before, after with { Snippet = "<a>" }, "Before", "After", Utc).SnippetNote);
        Assert.Null(EvidenceParts.Pair(null, after, "Before", "After", Utc).SnippetNote);
    }

    [Theory]
    [InlineData(CheckOutcome.Blocked, "HTTP 200 (we were blocked)", "not known")]
    [InlineData(CheckOutcome.ScriptOnly, "HTTP 200 (page written by a script)", "not known")]
    [InlineData(CheckOutcome.PageReplaced, "HTTP 200 (page replaced)", "not on the page that stands there now")]
    [InlineData(CheckOutcome.Observed, "HTTP 200 (observed)", "not there")]
    public void What_could_not_be_told_is_not_told_as_seen(CheckOutcome outcome, string status, string link)
    {
        var look = StorageSamples.Evidence(StorageSamples.Noon) with { Outcome = outcome, Status = 200, LinkUrl = null };

        var rows = EvidenceParts.Pair(null, look, "Before", "After", Utc).Rows.ToDictionary(row => row.Label, row => row.After);

        Assert.Equal((status, link), (rows["Status"], rows["Your link"]));
    }

    [Theory]
    [InlineData("2026-01-01", null, "since 2026-01-01")]
    [InlineData(null, "2026-06-30", "to 2026-06-30")]
    [InlineData("2026-01-01", "2026-06-30", "2026-01-01 to 2026-06-30")]
    public void A_term_is_told_by_what_is_known_of_it(string? start, string? end, string said)
    {
        var terms = new Terms
        {
            Vendor = "Acme",
            Start = start is null ? null : DateOnly.Parse(start, System.Globalization.CultureInfo.InvariantCulture),
            End = end is null ? null : DateOnly.Parse(end, System.Globalization.CultureInfo.InvariantCulture),
        };

        Assert.Equal(["Acme", said], AgreedParts.Of(terms).Select(fact => fact.Value));
        Assert.Empty(AgreedParts.Of(null));
    }
}
