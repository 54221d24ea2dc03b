using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Storage.Links;

/// <summary>An answer holds until its time is over, or until a check can tell by itself.</summary>
public sealed class SightOfPeopleTests
{
    private static readonly DateTimeOffset Noon = StorageSamples.Noon;
    private static readonly WatchedLink Untold = Link(CheckOutcome.Blocked, Noon.AddDays(-3));

    [Fact]
    public void A_person_is_asked_exactly_while_no_check_can_tell_and_no_answer_holds()
    {
        var answered = Untold with { Answer = StorageSamples.Answer };

        Assert.True(Untold.NeedsHumanAt(Noon));
        Assert.False(answered.NeedsHumanAt(Noon.AddDays(29)));
        Assert.True(answered.NeedsHumanAt(Noon.AddDays(30)));
        Assert.False(Link(CheckOutcome.Observed, Noon).NeedsHumanAt(Noon));
        Assert.False(StorageSamples.Link(new ProjectId("prj_a")).NeedsHumanAt(Noon));
    }

    [Fact]
    public void An_answer_ends_when_a_check_can_tell_by_itself_and_stays_ended_when_the_next_cannot()
    {
        var answered = Untold with { Answer = StorageSamples.Answer };
        var seen = answered with { Status = Link(CheckOutcome.Gone, Noon.AddHours(1)).Status };
        var blockedAgain = seen with { Status = Untold.Status with { LastObservedAt = Noon.AddHours(1) } };

        Assert.NotNull(answered.AnswerAt(Noon));
        Assert.Null(seen.AnswerAt(Noon.AddHours(1)));
        Assert.Null(blockedAgain.AnswerAt(Noon.AddHours(2)));
        Assert.True(blockedAgain.NeedsHumanAt(Noon.AddHours(2)));
    }

    [Fact]
    public void A_document_that_was_handed_over_waits_until_a_check_can_tell()
    {
        var handed = Untold with { HandedPage = StorageSamples.HandedPage };

        Assert.NotNull(handed.WaitingPage());
        Assert.Null((handed with { Status = Link(CheckOutcome.Observed, Noon.AddHours(1)).Status }).WaitingPage());
        Assert.Null(Untold.WaitingPage());
    }

    [Theory]
    [InlineData(VerdictState.Live, null, AnswerKind.Seen)]
    [InlineData(VerdictState.Changed, ReasonCode.RelChanged, AnswerKind.Seen)]
    [InlineData(VerdictState.Changed, ReasonCode.TargetChanged, AnswerKind.Gone)]
    [InlineData(VerdictState.Lost, ReasonCode.LinkRemoved, AnswerKind.Gone)]
    [InlineData(VerdictState.Unknown, ReasonCode.Blocked, null)]
    public void What_is_proposed_follows_from_the_verdict(VerdictState state, ReasonCode? reason, AnswerKind? proposed)
    {
        var page = StorageSamples.HandedPage with
        {
            State = state,
            Reasons = reason is { } code ? [new Reason { Code = code, Message = "m" }] : [],
        };

        Assert.Equal(proposed, page.Proposes);
    }

    [Fact]
    public void What_is_untold_since_never_but_by_our_own_fault_is_so_since_the_last_check() => Assert.Equal(
        (Noon.AddDays(-3), Noon),
        (Untold.Status.UntoldSince(), (Untold.Status with { UnobservedSince = null }).UntoldSince()));

    private static WatchedLink Link(CheckOutcome look, DateTimeOffset at)
    {
        var isSeen = look is CheckOutcome.Observed or CheckOutcome.Gone;
        var link = StorageSamples.Link(new ProjectId("prj_a"));
        return link with
        {
            Status = link.Status with
            {
                State = LinkState.Live,
                LastCheckedAt = Noon,
                LastObservedAt = isSeen ? at : null,
                UnobservedSince = isSeen ? null : at,
                LastEvidence = StorageSamples.Evidence(Noon) with { Outcome = look },
            },
        };
    }
}
