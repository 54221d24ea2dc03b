using LinkMonitor.Engine.Comparing;
using LinkMonitor.Tests.Alerts.Composing;
using LinkMonitor.Wording;

namespace LinkMonitor.Tests.Wording;

public sealed class EvidenceTableTests
{
    private static readonly ProjectTime Time = new("UTC", Language.English);

    [Fact]
    public void Two_checks_that_found_the_link_are_compared_property_by_property()
    {
        var now = Sample.Alive(Sample.Noon) with { Rel = ["nofollow"], Follow = false };

        var rows = EvidenceTable.Rows(Sample.Alive(Sample.Noon.AddDays(-1)), now, Time);

        Assert.Equal(
            ["Checked", "rel", "Followed by search engines"], rows.Where(row => row.Differs).Select(row => row.Label));
        Assert.Contains(new EvidenceRow("rel", "none", "nofollow"), rows);
        Assert.DoesNotContain(rows, row => row.Label == "Your link");
    }

    [Fact]
    public void Where_one_check_has_no_link_it_is_one_row()
    {
        var row = Assert.Single(
            EvidenceTable.Rows(Sample.Alive(Sample.Noon.AddDays(-1)), Sample.WithoutLink(Sample.Noon), Time),
            row => row.Label == "Your link");

        Assert.Equal("not there", row.After);
        Assert.EndsWith("no rel, in the main text, link 23 of 58, 42 % down the text", row.Before, StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_check_has_nothing_before_it_and_rows_that_neither_has_are_left_out()
    {
        var rows = EvidenceTable.Rows(null, Sample.WithoutLink(Sample.Noon) with { Scope = null, WhereItWas = null }, Time);

        Assert.All(rows, row => Assert.Null(row.Before));
        Assert.DoesNotContain(rows, row => row.Label is "Canonical" or "Redirects" or "Other links" or "Where it was");
    }

    [Theory]
    [InlineData(ChangeScope.OnlyThis, 11, 1, "10 of 11 outbound links unchanged")]
    [InlineData(ChangeScope.Unknown, 0, 0, null)]
    [InlineData(ChangeScope.All, 0, 0, null)]
    public void Other_links_are_counted_where_they_were_compared(ChangeScope scope, int others, int touched, string? expected)
    {
        var now = Sample.WithoutLink(Sample.Noon) with { Scope = new ScopeFinding(scope, others, touched) };

        var row = EvidenceTable.Rows(null, now, Time).SingleOrDefault(row => row.Label == "Other links");

        Assert.Equal(expected, row?.After);
    }
}
