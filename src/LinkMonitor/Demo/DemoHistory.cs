using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Demo;

/// <summary>
/// The past of a made-up link: its page is fetched once for each way it looked, and what was seen is judged and tracked for every day, as
/// the checks of those days would have done. So states, marks and evidence are the engine's own, and only their dates are made up.
/// </summary>
internal sealed class DemoHistory(DemoWeb web, PageObserver observer, TimeProvider time)
{
    /// <summary>What all days but today have made of a link, the oldest first: one entry a change, and the last as it is now.</summary>
    public async Task<IReadOnlyList<TrackingResult>> LiveAsync(DemoPage page, Expectation expectation, CancellationToken cancellationToken)
    {
        var seen = await LookAsync(page, cancellationToken);
        var now = time.GetUtcNow();
        var last = new TrackingResult(LinkStatus.New(now.AddDays(-page.Age)), null, null);
        var kept = new List<TrackingResult>();
        for (var daysAgo = page.Age; daysAgo > 0; daysAgo--)
        {
            var observation = seen[page.LookOn(daysAgo)] with { CheckedAt = CheckedAt(page, now, daysAgo) };
            var verdict = await LinkChecker.CheckAsync(observation, expectation, last.Status, TargetRound.Off, cancellationToken);
            last = LinkTracker.Apply(last.Status, verdict, ConfirmationPolicy.Default);
            if (last.Transition is not null)
                kept.Add(last);
        }

        return [.. kept, last with { Transition = null }];
    }

    // Each link has an hour of its own, as the schedule of real checks spreads them; none of them lies ahead.
    private static DateTimeOffset CheckedAt(DemoPage page, DateTimeOffset now, int daysAgo) =>
        now.AddDays(-daysAgo).AddMinutes(page.Host.Sum(letter => letter) % 1_200);

    private async Task<Dictionary<DemoLook, Observation>> LookAsync(DemoPage page, CancellationToken cancellationToken)
    {
        var seen = new Dictionary<DemoLook, Observation>();
        foreach (var look in page.Past.Select(change => change.Look).Append(DemoLook.AsAgreed).Distinct())
        {
            web.Show(page, look);
            seen[look] = (await observer.CheckAsync(web.UrlOf(page), obeyRobots: true, cancellationToken)).Seen;
        }

        web.Show(page, page.LookOn(0));
        return seen;
    }
}
