using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Tests.Engine.Tracking;

/// <summary>One watched link through time: every check is told in hours after its registration.</summary>
internal sealed class TrackingDriver(ConfirmationPolicy? policy = null)
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public ConfirmationPolicy Policy { get; } = policy ?? ConfirmationPolicy.Default;

    public LinkStatus Status { get; private set; } = LinkStatus.New(Start);

    public List<LinkTransition> Transitions { get; } = [];

    public IEnumerable<ReasonCode> Codes => Status.Reasons.Select(reason => reason.Code);

    public static DateTimeOffset At(double hours) => Start.AddMinutes(Math.Round(hours * 60));

    /// <summary>A link that was found as expected one hour before registration, with nothing recorded yet.</summary>
    public static TrackingDriver Live()
    {
        var link = new TrackingDriver();
        link.Sees(-1, Finding.Live);
        link.Transitions.Clear();
        return link;
    }

    /// <summary>A link whose page has been blocked for seven days since hour 0, after it was <paramref name="before"/>.</summary>
    public static TrackingDriver Unreachable(params Finding[] before)
    {
        var link = new TrackingDriver();
        for (var i = 0; i < before.Length; i++)
            link.Sees(2 * (i - before.Length), before[i]);
        link.Sees(0, Finding.Blocked);
        link.Sees(7 * 24, Finding.Blocked);
        Assert.Equal(LinkState.Unreachable, link.Status.State);
        link.Transitions.Clear();
        return link;
    }

    public TrackingResult Sees(double hours, Finding finding)
    {
        var result = LinkTracker.Apply(Status, finding.At(At(hours)), Policy);
        Status = result.Status;
        if (result.Transition is { } transition)
            Transitions.Add(transition);
        return result;
    }
}
