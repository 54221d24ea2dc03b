using LinkMonitor.Cases;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Demo;

/// <summary>
/// Writes the project of the demo, its links and their past into the demo's own storage, before anything runs that would report it.
/// </summary>
internal sealed class DemoStage(
    DemoWeb web, DemoHistory history, IProjectStore projects, IPageStore pages, ILinkStore links, TimeProvider time)
{
    private const int AtATime = 4;

    // The demo asks for its checks itself; the schedule comes long after it.
    private static readonly TimeSpan NextOrdinary = TimeSpan.FromHours(12);

    /// <summary>Two checks in a row, however close together: nobody waits an hour in a demo.</summary>
    private static readonly ConfirmationPolicy AtOnce = ConfirmationPolicy.Default with
    {
        Link = new ConfirmationRule(2, TimeSpan.Zero),
        PageGone = new ConfirmationRule(2, TimeSpan.Zero),
    };

    public async Task<Project> SetAsync(CancellationToken cancellationToken)
    {
        var project = await projects.AddAsync(
            new Project
            {
                Id = ProjectId.New(),
                Name = "Fernhill Tools (demo)",
                Recipients = ["you@example.org"],
                Confirmation = AtOnce,
                CreatedAt = time.GetUtcNow().AddDays(-DemoSite.All.Max(page => page.Age)),
            },
            cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(DemoSite.All, parallel, async (page, stop) => await AddAsync(project, page, stop));

        // What happened long ago was told long ago.
        await links.RemoveFromOutboxAsync(project.Id, await links.ReadOutboxKeysAsync(project.Id, cancellationToken), cancellationToken);
        return project;
    }

    /// <summary>The link of a page of the demo.</summary>
    public LinkId IdOf(DemoPage page) => LinkIdFactory.For(web.UrlOf(page), web.TargetOf(page), TargetMatch.Page);

    private async Task AddAsync(Project project, DemoPage page, CancellationToken cancellationToken)
    {
        var url = web.UrlOf(page);
        var expectation = new Expectation { Target = web.TargetOf(page), Rel = page.ExpectedRel };
        var (now, started) = (time.GetUtcNow(), time.GetUtcNow().AddDays(-page.Age));
        var typed = LinkTyping.Apply(
            new WatchedLink
            {
                ProjectId = project.Id,
                Id = IdOf(page),
                PageKey = PageRowKeys.For(url),
                Page = url,
                Expectation = expectation,
                Type = page.Type,
                Tags = page.Tags,
                Note = page.Note,
                Terms = page.Terms?.Invoke(DayLogEntry.Day(now)),
                CreatedAt = started,
                Status = LinkStatus.New(started),
            },
            ProjectTypes.BuiltIn) with
        { Status = LinkStatus.New(started) };
        var results = await history.LiveAsync(page, typed.Expectation, cancellationToken);
        await pages.WatchAsync(url, project.Id, IdOf(page), now + NextOrdinary, cancellationToken);
        var link = (await links.RegisterAsync(typed, cancellationToken)).Link;
        LinkCase? last = null;
        foreach (var result in results)
            (link, last) = await SaveAsync(link with { Status = result.Status }, result.Transition, last, cancellationToken);
    }

    private async Task<(WatchedLink Link, LinkCase? Case)> SaveAsync(
        WatchedLink link, LinkTransition? transition, LinkCase? last, CancellationToken cancellationToken)
    {
        var change = transition is null
            ? null
            : new LinkChange
            {
                Id = ChangeIdFactory.For(link.ProjectId, link.Id, transition),
                ProjectId = link.ProjectId,
                LinkId = link.Id,
                Page = link.Page,
                Target = link.Expectation.Target,
                Type = link.Type,
                Transition = transition,
            };

        // As of every change that was found: with the case that it opens, joins or closes.
        var step = change is null ? null : CaseRules.Of(last, change, isMuted: false);
        var written = link with { CaseId = step?.Case.Id ?? link.CaseId };
        var saved = (await links.SaveAllAsync(link.ProjectId, [new JudgedWrite(written, change, step)], cancellationToken))[0]
            ?? throw new InvalidOperationException($"The link {link.Id} of the demo was written by somebody else.");
        return (written with { ETag = saved.Version }, step is null ? last : step.Case with { ETag = saved.CaseVersion });
    }
}

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
