using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Tests.Engine.Tracking;

public sealed class LinkTrackerProperties
{
    private static readonly ConfirmationPolicy Policy = ConfirmationPolicy.Default;

    [Fact]
    public void Nothing_is_lost_without_enough_observations_over_enough_time() =>
        RandomLives.Hold(RandomLives.Rows, AssertLossesAreProven);

    [Fact]
    public void Nothing_is_lost_without_proof_in_mixed_lives_either() =>
        RandomLives.Hold(RandomLives.Any, AssertLossesAreProven);

    [Fact]
    public void A_live_link_never_changes_without_enough_observations_over_enough_time() =>
        RandomLives.Hold(RandomLives.Rows, steps =>
        {
            Dictionary<ReasonCode, List<DateTimeOffset>> rows = [];
            RandomLives.Play(LinkStatus.New(TrackingDriver.Start), steps, (before, verdict, result) =>
            {
                if (verdict.State is VerdictState.Live or VerdictState.Changed)
                    Extend(rows, verdict);
                if (result.Transition is not { To: LinkState.Changed, From: LinkState.Live } change)
                    return;

                foreach (var reason in change.ReasonsAfter)
                    AssertProven(rows[reason.Code], Policy.For(reason));
            });
        });

    [Fact]
    public void Applying_an_observation_twice_equals_once() =>
        RandomLives.HoldAtEveryStep((_, verdict, result) =>
        {
            var twice = LinkTracker.Apply(result.Status, verdict, Policy);

            Assert.Same(result.Status, twice.Status);
            Assert.Null(twice.Transition);
            Assert.Equal(result.RecheckAt, twice.RecheckAt);
        });

    [Fact]
    public void Flakes_within_seven_days_never_move_a_live_link() =>
        RandomLives.Hold(RandomLives.OnlyFlakes, steps =>
        {
            var week = Limit(steps, TimeSpan.FromDays(7));
            var live = LinkTracker.Apply(LinkStatus.New(TrackingDriver.Start), Finding.Live.At(TrackingDriver.Start), Policy).Status;

            RandomLives.Play(live, week, (_, _, result) =>
            {
                Assert.Null(result.Transition);
                Assert.Equal(LinkState.Live, result.Status.State);
                Assert.Empty(result.Status.Suspicions);
            });
        });

    [Fact]
    public void Our_own_faults_never_move_anything() =>
        RandomLives.HoldAtEveryStep((_, verdict, result) =>
        {
            var fault = Finding.OurFault.At(verdict.Observation.CheckedAt.AddDays(30));

            var after = LinkTracker.Apply(result.Status, fault, Policy);

            Assert.Null(after.Transition);
            Assert.Equal(
                result.Status with
                {
                    LastCheckedAt = after.Status.LastCheckedAt,
                    LastEvidence = after.Status.LastEvidence,
                    UnobservedByOurFault = after.Status.UnobservedByOurFault,
                },
                after.Status);
        });

    [Fact]
    public void Our_own_faults_between_two_flakes_never_make_a_link_unreachable() =>
        RandomLives.Hold(RandomLives.OnlyOurFaults, steps =>
        {
            Step[] life = [new(1, Finding.Live), new(1, Finding.Blocked), .. steps, new(1, Finding.Blocked)];

            RandomLives.Play(LinkStatus.New(TrackingDriver.Start), life, (_, _, result) =>
                Assert.NotEqual(LinkState.Unreachable, result.Status.State));
        });

    [Fact]
    public void Every_transition_moves_something_and_links_up_with_the_status_before_and_after() =>
        RandomLives.HoldAtEveryStep((before, _, result) =>
        {
            if (result.Transition is not { } transition)
            {
                Assert.Equal(before.State, result.Status.State);
                return;
            }

            Assert.Equal((before.State, result.Status.State), (transition.From, transition.To));
            Assert.Equal(before.Reasons, transition.ReasonsBefore);
            Assert.Equal(result.Status.Reasons, transition.ReasonsAfter);
            Assert.True(transition.From != transition.To || !AreSame(transition.ReasonsBefore, transition.ReasonsAfter));
        });

    [Fact]
    public void Every_transition_shows_the_link_from_before_it_began() =>
        RandomLives.HoldAtEveryStep((before, _, result) =>
        {
            if (result.Transition is not { } transition)
                return;

            Assert.True(transition.Since <= transition.At);
            Assert.Equal(before.LastObservedAt is null, transition.Before is null);
            Assert.True(transition.Before is null || transition.Before.CheckedAt < transition.Since);
        });

    [Fact]
    public void Only_what_is_not_confirmed_is_suspected() =>
        RandomLives.HoldAtEveryStep((_, _, result) =>
        {
            var held = result.Status.BeforeUnreachable?.Reasons ?? result.Status.Reasons;

            Assert.All(result.Status.Suspicions, suspicion =>
            {
                Assert.DoesNotContain(held, suspicion.Reason.IsSameAs);
                var rule = Policy.For(suspicion.Reason);
                Assert.False(suspicion.Observations >= rule.Observations && suspicion.LastSeen - suspicion.FirstSeen >= rule.Over);
            });
        });

    [Fact]
    public void A_recheck_is_due_exactly_while_something_is_suspected() =>
        RandomLives.HoldAtEveryStep((_, verdict, result) =>
        {
            Assert.Equal(result.Status.Suspicions.Count > 0, result.RecheckAt is not null);
            if (result.RecheckAt is { } next)
                Assert.InRange(next - verdict.Observation.CheckedAt, TimeSpan.FromMinutes(1), TimeSpan.FromHours(6));
        });

    [Fact]
    public void The_state_before_is_remembered_exactly_while_unreachable() =>
        RandomLives.HoldAtEveryStep((_, _, result) =>
            Assert.Equal(result.Status.State == LinkState.Unreachable, result.Status.BeforeUnreachable is not null));

    [Fact]
    public void A_link_never_found_is_never_lost() =>
        RandomLives.HoldAtEveryStep((before, _, result) =>
            Assert.False(result.Status.State == LinkState.Lost && before.LastSeenAt is null));

    [Fact]
    public void A_site_that_says_that_nothing_changed_moves_times_marks_the_evidence_and_the_day_and_nothing_else() =>
        RandomLives.HoldAtEveryStep((_, verdict, result) =>
        {
            var (seenAt, at) = (verdict.Observation.CheckedAt, verdict.Observation.CheckedAt.AddDays(1));

            if (UnchangedPage.Confirm(result.Status, seenAt, at, UnchangedBy.Site, null) is not { } confirmed)
                return;

            Assert.Equal((at, at), (confirmed.LastCheckedAt, confirmed.LastObservedAt));
            Assert.Equal(result.Status.LastSeenAt == seenAt ? at : result.Status.LastSeenAt, confirmed.LastSeenAt);
            Assert.Equal((at, seenAt), (confirmed.LastEvidence!.UnchangedAt, confirmed.LastEvidence.CheckedAt));
            Assert.Equal(
                result.Status with
                {
                    LastCheckedAt = at,
                    LastObservedAt = at,
                    LastSeenAt = confirmed.LastSeenAt,
                    Days = result.Status.Days.With(DayLogEntry.Day(at), DayLogEntry.OfSeen(result.Status)),
                    LastEvidence = confirmed.LastEvidence,
                    LastSeenEvidence = confirmed.LastSeenEvidence,
                    LastAgreedEvidence = confirmed.LastAgreedEvidence,
                },
                confirmed);
        });

    [Fact]
    public void That_word_counts_exactly_when_the_last_check_saw_the_page_and_left_nothing_open() =>
        RandomLives.HoldAtEveryStep((_, verdict, result) =>
        {
            var (seenAt, at) = (verdict.Observation.CheckedAt, verdict.Observation.CheckedAt.AddDays(1));
            var isSettled = verdict.State != VerdictState.Unknown
                && verdict.Observation.Kind == ObservationKind.Observed
                && result.Status.Suspicions.Count == 0;

            Assert.Equal(isSettled, UnchangedPage.Confirm(result.Status, seenAt, at, UnchangedBy.Site, null) is not null);
            Assert.Null(UnchangedPage.Confirm(result.Status, seenAt.AddTicks(-1), at, UnchangedBy.Site, null));
            Assert.Null(UnchangedPage.Confirm(result.Status with { ExpectationChanged = true }, seenAt, at, UnchangedBy.Site, null));
        });

    [Fact]
    public void That_word_applied_twice_or_late_equals_once() =>
        RandomLives.HoldAtEveryStep((_, verdict, result) =>
        {
            var (seenAt, at) = (verdict.Observation.CheckedAt, verdict.Observation.CheckedAt.AddDays(1));
            if (UnchangedPage.Confirm(result.Status, seenAt, at, UnchangedBy.Site, null) is not { } once)
                return;

            Assert.Same(once, UnchangedPage.Confirm(once, seenAt, at, UnchangedBy.Site, null));
            Assert.Same(result.Status, UnchangedPage.Confirm(result.Status, seenAt.AddDays(-1), seenAt, UnchangedBy.Site, null));
            var again = UnchangedPage.Confirm(once, seenAt, at.AddDays(1), UnchangedBy.Site, TargetGap.OutOfTime)!;
            var step = Assert.Single(again.LastEvidence!.Explanation!.Steps, step => step.Name == StepName.Unchanged);
            Assert.InRange(step.Seen.Length, 1, 200);
        });

    [Fact]
    public void A_check_after_that_word_decides_as_if_it_had_not_been_said() =>
        RandomLives.HoldAtEveryStep((_, verdict, result) =>
        {
            var (seenAt, at) = (verdict.Observation.CheckedAt, verdict.Observation.CheckedAt.AddDays(1));
            if (UnchangedPage.Confirm(result.Status, seenAt, at, UnchangedBy.Site, null) is not { } confirmed)
                return;
            foreach (var finding in new[] { Finding.Live, Finding.Removed, Finding.Changed(Finding.Nofollow) })
            {
                var next = finding.At(at.AddHours(1));
                var (with, without) = (LinkTracker.Apply(confirmed, next, Policy), LinkTracker.Apply(result.Status, next, Policy));

                Assert.Equal(
                    (without.Status.State, without.Transition?.To, without.Transition?.Since),
                    (with.Status.State, with.Transition?.To, with.Transition?.Since));
                Assert.Equal(without.Status.Suspicions, with.Status.Suspicions);
            }
        });

    [Fact]
    public void What_is_open_of_a_target_is_never_confirmed_refuted_or_told() =>
        RandomLives.HoldAtEveryStep((_, verdict, result) =>
        {
            var held = result.Status.BeforeUnreachable?.Reasons ?? result.Status.Reasons;
            var next = Finding.Live.At(verdict.Observation.CheckedAt.AddDays(1));
            var broken = Finding.Because(ReasonCode.TargetBroken, "404");
            var suspected =
                result.Status with { Suspicions = [.. result.Status.Suspicions, Suspected(broken, verdict.Observation.CheckedAt)] };

            var after = LinkTracker.Apply(suspected, next with { TargetGap = TargetGap.OutOfTime }, Policy);

            if (held.Any(reason => reason.Code == ReasonCode.TargetBroken))
                return;
            Assert.DoesNotContain(after.Status.Reasons, reason => reason.Code == ReasonCode.TargetBroken);
            Assert.Equal(
                suspected.Suspicions.Where(suspicion => suspicion.Reason.Code == ReasonCode.TargetBroken), after.Status.Suspicions);
        });

    private static Suspicion Suspected(Reason reason, DateTimeOffset at) =>
        new() { Towards = LinkState.Changed, Reason = reason, FirstSeen = at, LastSeen = at, Observations = 1 };

    private static void AssertLossesAreProven(Step[] steps)
    {
        List<DateTimeOffset> missing = [];
        List<DateTimeOffset> unnamed = [];
        RandomLives.Play(LinkStatus.New(TrackingDriver.Start), steps, (_, verdict, result) =>
        {
            Extend(missing, unnamed, verdict);
            if (result.Transition is not { To: LinkState.Lost, From: not LinkState.Lost } loss)
                return;

            var code = Assert.Single(loss.ReasonsAfter).Code;
            AssertProven(code == ReasonCode.DomainGone ? unnamed : missing, Policy.For(code));
        });
    }

    /// <summary>The oracle: when the link was missing, and when the name was, with nothing in between that says otherwise.</summary>
    private static void Extend(List<DateTimeOffset> missing, List<DateTimeOffset> unnamed, Verdict verdict)
    {
        if (verdict.State is VerdictState.Live or VerdictState.Changed)
            missing.Clear();
        if (verdict.Observation.Status is not null)
            unnamed.Clear();
        if (verdict.State == VerdictState.Lost)
            missing.Add(verdict.Observation.CheckedAt);
        if (verdict.Suspected is not null)
            unnamed.Add(verdict.Observation.CheckedAt);
    }

    private static void Extend(Dictionary<ReasonCode, List<DateTimeOffset>> rows, Verdict verdict)
    {
        var codes = verdict.Reasons.Append(verdict.SilentTarget).OfType<Reason>().Select(reason => reason.Code).ToHashSet();
        foreach (var absent in rows.Keys.Except(codes).ToList())
            rows.Remove(absent);
        foreach (var code in codes)
        {
            rows.TryAdd(code, []);
            rows[code].Add(verdict.Observation.CheckedAt);
        }
    }

    private static void AssertProven(List<DateTimeOffset> row, ConfirmationRule rule)
    {
        Assert.True(row.Count >= rule.Observations, $"{row.Count} observations are too few.");
        Assert.True(row[^1] - row[0] >= rule.Over, $"{row[^1] - row[0]} is too short.");
    }

    private static Step[] Limit(Step[] steps, TimeSpan longest)
    {
        var total = TimeSpan.Zero;
        return [.. steps.TakeWhile(step => (total += TimeSpan.FromMinutes(step.Minutes)) < longest)];
    }

    private static bool AreSame(IReadOnlyList<Reason> some, IReadOnlyList<Reason> others) =>
        some.Count == others.Count && some.All(reason => others.Any(reason.IsSameAs));
}
