using FsCheck;
using FsCheck.Fluent;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Tests.Engine.Tracking;

/// <summary>Random sequences of checks. Steps are mostly around the rules' own times, where mistakes live.</summary>
internal static class RandomLives
{
    public static readonly Finding[] Flakes =
    [
        Finding.Blocked,
        Finding.Timeout,
        Finding.Unknown(ObservationKind.Blocked, ReasonCode.Blocked, 429),
        Finding.Unknown(ObservationKind.ServerError, ReasonCode.ServerError, 503),
        Finding.Unknown(ObservationKind.NotHtml, ReasonCode.NotHtml, 200),
        Finding.Unknown(ObservationKind.TooLarge, ReasonCode.TooLarge, 200),
        Finding.Unknown(ObservationKind.RobotsDisallowed, ReasonCode.RobotsDisallowed, null),
        Finding.Unknown(ObservationKind.Refused, ReasonCode.Refused, null),
        Finding.Unknown(ObservationKind.Observed, ReasonCode.NoContent, 200),
        Finding.OurFault,
    ];

    private static readonly Finding[] Found =
    [
        Finding.Live,
        Finding.Changed(Finding.Nofollow),
        Finding.Changed(Finding.Sponsored),
        Finding.Changed(Finding.Nofollow, Finding.Anchor),
        Finding.Changed(Finding.Anchor, Finding.Footer),
        Finding.Changed(Finding.OtherTarget),
        Finding.Live with { SilentTarget = Finding.Because(ReasonCode.TargetBroken, "no-answer") },
        Finding.Changed(Finding.Nofollow) with { SilentTarget = Finding.Because(ReasonCode.TargetBroken, "no-answer") },
    ];

    private static readonly Finding[] Missing =
    [
        Finding.Removed,
        Finding.Mention,
        Finding.PageGone,
        Finding.Lost(ReasonCode.PageRedirected, "/a"),
        Finding.Lost(ReasonCode.PageRedirected, "/b"),
    ];

    private static readonly Gen<int> Minutes = Gen.OneOf(
        Gen.Elements(1, 5, 30, 59, 60, 61, 180, 360, 1_440, 2_880),
        Gen.Choose(1, 600),
        Gen.Choose(1, 6_000));

    private static readonly Gen<Finding> AnyFinding = Gen.Frequency(
        (4, Gen.Elements(Found)),
        (4, Gen.Elements(Missing)),
        (2, Gen.Elements(Flakes)),
        (2, Gen.Constant(Finding.NoName)));

    /// <summary>Everything mixed.</summary>
    public static Arbitrary<Step[]> Any { get; } = Of(AnyFinding, Minutes);

    /// <summary>Long rows of one finding, so that confirmations and unreachable pages come up often.</summary>
    public static Arbitrary<Step[]> Rows { get; } = WithShrinking(
        from rows in Gen.ListOf(
            from finding in AnyFinding
            from count in Gen.Choose(1, 6)
            from minutes in Gen.ArrayOf(Minutes, count)
            select minutes.Select(one => new Step(one, finding)))
        select rows.SelectMany(row => row).ToArray());

    /// <summary>Checks that could not see the page.</summary>
    public static Arbitrary<Step[]> OnlyFlakes { get; } = Of(Gen.Elements(Flakes), Gen.Choose(1, 1_000));

    /// <summary>Checks by our own fault.</summary>
    public static Arbitrary<Step[]> OnlyOurFaults { get; } = Of(Gen.Constant(Finding.OurFault), Gen.Choose(1, 6_000));

    public static void Hold(Arbitrary<Step[]> lives, Action<Step[]> claim) =>
        Prop.ForAll(lives, claim).Check(Config.QuickThrowOnFailure.WithMaxTest(600).WithEndSize(60));

    /// <summary>Claims something of every step of mixed lives and of lives in rows.</summary>
    public static void HoldAtEveryStep(Action<LinkStatus, Verdict, TrackingResult> claim)
    {
        foreach (var lives in new[] { Any, Rows })
            Hold(lives, steps => Play(LinkStatus.New(TrackingDriver.Start), steps, claim));
    }

    public static void Play(LinkStatus status, Step[] steps, Action<LinkStatus, Verdict, TrackingResult> claim)
    {
        var now = TrackingDriver.Start;
        foreach (var step in steps)
        {
            now = now.AddMinutes(step.Minutes);
            var verdict = step.Finding.At(now);
            var result = LinkTracker.Apply(status, verdict, ConfirmationPolicy.Default);
            claim(status, verdict, result);
            status = result.Status;
        }
    }

    private static Arbitrary<Step[]> Of(Gen<Finding> findings, Gen<int> minutes) => WithShrinking(
        Gen.ArrayOf(
            from minute in minutes
            from finding in findings
            select new Step(minute, finding)));

    private static Arbitrary<Step[]> WithShrinking(Gen<Step[]> steps) => Arb.From(
        steps,
        life => Enumerable.Range(0, life.Length).Select(left => life.Where((_, index) => index != left).ToArray()));
}
