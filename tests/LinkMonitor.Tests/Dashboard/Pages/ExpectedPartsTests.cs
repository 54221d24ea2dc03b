using LinkMonitor.Dashboard.Pages;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using LinkMonitor.Views;

namespace LinkMonitor.Tests.Dashboard.Pages;

public sealed class ExpectedPartsTests
{
    private static readonly WatchedLink Full = StorageSamples.FullLink(new ProjectId("prj_a"));

    [Fact]
    public void Before_the_first_check_nothing_is_found_and_nothing_differs() => Assert.All(
        ExpectedParts.Of(StorageSamples.Link(new ProjectId("prj_a"))), line => Assert.Equal((null, false), (line.Found, line.Differs)));

    [Fact]
    public void What_is_as_agreed_does_not_differ_and_what_is_another_does()
    {
        var lines = Lines(Full with
        {
            Expectation = Full.Expectation with
            {
                Rel = Expected<RelQualifiers>.AsFirstSeen,
                Anchor = Expected<string>.Exactly("  example "),
                Placement = Expected<Placement>.Any,
            },
        });

        Assert.Equal(("follow (as first seen)", "nofollow", true), Told(lines["Rel"]));
        Assert.Equal(
            ("example (given for this link)", "Example", false),
            (lines["Anchor"].Expected.Trim(), lines["Anchor"].Found, lines["Anchor"].Differs));
        Assert.Equal(("any (from its type)", "footer", false), Told(lines["Placement"]));
        Assert.Equal(("yes (from its type)", "no", true), Told(lines["Page may be indexed"]));
    }

    [Theory]
    [InlineData(CheckOutcome.Observed, true)]
    [InlineData(CheckOutcome.Gone, true)]
    [InlineData(CheckOutcome.ServerError, false)]
    public void A_link_that_is_not_there_differs_only_when_the_page_was_seen(CheckOutcome outcome, bool differs)
    {
        var lines = Lines(Full with
        {
            Status = Full.Status with { LastEvidence = Full.Status.LastEvidence! with { LinkUrl = null, Outcome = outcome } },
        });

        Assert.Equal((differs ? "not there" : null, differs), (lines["Link to"].Found, lines["Link to"].Differs));
        Assert.Null(lines["Rel"].Found);
    }

    [Fact]
    public void Every_reason_that_a_link_has_marks_a_row() => Assert.All(Enum.GetValues<ReasonCode>(), code =>
    {
        var calm = Full with
        {
            Expectation = new Expectation { Target = Full.Expectation.Target },
            Status = Full.Status with { Baseline = null, Reasons = [] },
        };
        var marked = ExpectedParts.Of(calm with
        {
            Status = calm.Status with { Reasons = [new Reason { Code = code, Message = "m" }] },
        });

        Assert.DoesNotContain(ExpectedParts.Of(calm), line => line.Differs);
        Assert.True(marked.Count(line => line.Differs) == 1, $"{code} marks {marked.Count(line => line.Differs)} rows.");
    });

    [Theory]
    [InlineData(ReasonCode.Hidden, null, null, "Hidden from readers", "no", "yes")]
    [InlineData(ReasonCode.TargetBroken, null, "404", "Your target is broken", "no", "404")]
    [InlineData(
        ReasonCode.CanonicalElsewhere, "https://a.example/", "https://b.example/", "Canonical names another page", "https://a.example/",
        "https://b.example/")]
    public void What_no_part_shows_has_a_row_of_its_own(
        ReasonCode code, string? expected, string? found, string label, string left, string right)
    {
        var reason = new Reason { Code = code, Message = "m", Expected = expected, Found = found };

        Assert.Equal((left, right, true), Told(Lines(Full with { Status = Full.Status with { Reasons = [reason] } })[label]));
    }

    private static Dictionary<string, ComparedLine> Lines(WatchedLink link) =>
        ExpectedParts.Of(link).ToDictionary(line => line.Label, StringComparer.Ordinal);

    private static (string, string?, bool) Told(ComparedLine line) => (line.Expected, line.Found, line.Differs);
}
