using LinkMonitor.ClientReports;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;
using LinkMonitor.Vendors;

namespace LinkMonitor.Tests.Engine.Tracking;

/// <summary>What a link is of what was agreed (<see cref="StandingRule"/>), and that all who tell it tell the same.</summary>
public sealed class StandingTests
{
    private static readonly ReasonCode[][] Reasons =
        [[], [ReasonCode.TargetBroken], [ReasonCode.RelChanged], [ReasonCode.TargetBroken, ReasonCode.RelChanged]];

    [Theory]
    [InlineData(LinkState.Live, CheckOutcome.Observed, Standing.AsAgreed)]
    [InlineData(LinkState.Changed, CheckOutcome.Observed, Standing.Changed)]
    [InlineData(LinkState.Changed, CheckOutcome.Observed, Standing.AsAgreed, true)]
    [InlineData(LinkState.Changed, CheckOutcome.Blocked, Standing.NotVerified, true)]
    [InlineData(LinkState.Lost, CheckOutcome.Gone, Standing.Lost)]
    [InlineData(LinkState.NotFound, CheckOutcome.Observed, Standing.NotFound)]
    [InlineData(LinkState.Lost, CheckOutcome.Blocked, Standing.NotVerified)]
    [InlineData(LinkState.Lost, CheckOutcome.PageReplaced, Standing.Lost)]
    [InlineData(LinkState.Lost, CheckOutcome.PageReplaced, Standing.NotVerified, false, true)]
    [InlineData(LinkState.Lost, CheckOutcome.Parked, Standing.Lost)]
    [InlineData(LinkState.Lost, CheckOutcome.Unreachable, Standing.Lost)]
    [InlineData(LinkState.NotFound, CheckOutcome.PageReplaced, Standing.NotFound)]
    [InlineData(LinkState.Live, CheckOutcome.PageReplaced, Standing.NotVerified)]
    [InlineData(LinkState.Lost, CheckOutcome.NoContent, Standing.NotVerified)]
    [InlineData(LinkState.Live, CheckOutcome.ScriptOnly, Standing.NotVerified)]
    [InlineData(LinkState.Unreachable, CheckOutcome.Unreachable, Standing.NotVerified)]
    [InlineData(LinkState.Pending, null, Standing.NotVerified)]
    [InlineData(LinkState.Live, CheckOutcome.OurFault, Standing.AsAgreed)]
    [InlineData(LinkState.Lost, CheckOutcome.OurFault, Standing.Lost)]
    [InlineData(LinkState.Live, CheckOutcome.OurFault, Standing.NotVerified, false, true)]
    [InlineData(LinkState.Lost, CheckOutcome.OurFault, Standing.NotVerified, false, true)]
    [InlineData(LinkState.Pending, CheckOutcome.OurFault, Standing.NotVerified)]
    public void What_no_check_could_tell_is_nothing_else(
        LinkState state, CheckOutcome? look, Standing standing, bool isOwnSideOnly = false, bool isUnobserved = false) =>
        Assert.Equal(standing, StandingRule.Of(state, look, isOwnSideOnly, isUnobserved));

    [Fact]
    public void A_check_that_failed_by_our_own_fault_changes_nothing_of_what_the_one_before_it_said()
    {
        var link = TrackingDriver.Live();
        link.Sees(1, Finding.OurFault);
        var afterSeen = StandingRule.Of(link.Status);
        link.Sees(2, Finding.Blocked);
        link.Sees(3, Finding.OurFault);
        var afterBlocked = StandingRule.Of(link.Status);
        link.Sees(4, Finding.Live);

        Assert.Equal((Standing.AsAgreed, Standing.NotVerified), (afterSeen, afterBlocked));
        Assert.Equal(Standing.AsAgreed, StandingRule.Of(link.Status));
    }

    [Fact]
    public void A_report_rests_on_the_check_that_judged_not_on_one_that_failed_by_our_own_fault()
    {
        var link = StorageSamples.FullLink(new ProjectId("prj_aaaaaaaaaaaaaaaa"));
        var agreed = link.Status.LastEvidence! with { CheckedAt = StorageSamples.Noon.AddDays(-1) };
        var failed = link.Status.LastEvidence! with { CheckedAt = StorageSamples.Noon, Outcome = CheckOutcome.OurFault };
        var day = DayLogEntry.Day(StorageSamples.Noon);
        var status = link.Status with { LastAgreedEvidence = agreed, LastEvidence = failed, UnobservedSince = null };

        var held = ReportedLink.Of(link with { Status = status }, StorageSamples.Noon, new ReportPeriod(day, day), day);
        var untold = ReportedLink.Of(
            link with { Status = status with { UnobservedSince = StorageSamples.Noon.AddHours(-1) } }, StorageSamples.Noon,
            new ReportPeriod(day, day), day);

        Assert.Equal((Standing.Changed, agreed.CheckedAt), (held.State, held.Evidence!.CheckedAt));
        Assert.Equal((Standing.NotVerified, failed.CheckedAt), (untold.State, untold.Evidence!.CheckedAt));
    }

    [Fact]
    public void Vendors_client_reports_and_the_day_log_count_alike()
    {
        var day = DayLogEntry.Day(StorageSamples.Noon);
        foreach (var state in Enum.GetValues<LinkState>())
            foreach (var look in Enum.GetValues<CheckOutcome>())
                foreach (var codes in Reasons)
                {
                    var link = StorageSamples.FullLink(new ProjectId("prj_aaaaaaaaaaaaaaaa"));
                    var reasons = codes.Select(code => new Reason { Code = code, Message = "m" }).ToList();
                    var status = link.Status with
                    {
                        State = state,
                        LastEvidence = link.Status.LastEvidence! with { Outcome = look },
                        Reasons = reasons,
                        Suspicions = [],
                    };
                    link = link with { Status = status };

                    var standing = StandingRule.Of(status);
                    var share = VendorFigures.Share([link]);

                    Assert.Equal(standing, LinkFacts.Of(link).Standing);
                    Assert.Equal(standing, ReportedLink.Of(link, StorageSamples.Noon, new ReportPeriod(day, day), day).State);
                    Assert.Equal(standing == Standing.NotVerified ? 0 : 1, share.N);
                    Assert.Equal(standing == Standing.AsAgreed ? 1 : 0, share.AsAgreed);
                    if (look.IsSeen() && state is not (LinkState.Pending or LinkState.Unreachable))
                        Assert.Equal($"{standing}", $"{DayLogEntry.OfSeen(status)}");
                }
    }
}
