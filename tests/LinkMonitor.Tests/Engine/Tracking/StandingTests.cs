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
    [InlineData(LinkState.Live, CheckOutcome.ScriptOnly, Standing.NotVerified)]
    [InlineData(LinkState.Unreachable, CheckOutcome.Unreachable, Standing.NotVerified)]
    [InlineData(LinkState.Pending, null, Standing.NotVerified)]
    [InlineData(LinkState.Live, CheckOutcome.OurFault, Standing.AsAgreed)]
    public void What_no_check_could_tell_is_nothing_else(
        LinkState state, CheckOutcome? look, Standing standing, bool isOwnSideOnly = false) =>
        Assert.Equal(standing, StandingRule.Of(state, look, isOwnSideOnly));

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
                    Assert.Equal(standing, ReportedLink.Of(link, StorageSamples.Noon, day, day).State);
                    Assert.Equal(standing == Standing.NotVerified ? 0 : 1, share.N);
                    Assert.Equal(standing == Standing.AsAgreed ? 1 : 0, share.AsAgreed);
                    if (look.IsSeen() && state is not (LinkState.Pending or LinkState.Unreachable))
                        Assert.Equal($"{standing}", $"{DayLogEntry.OfSeen(status)}");
                }
    }
}
