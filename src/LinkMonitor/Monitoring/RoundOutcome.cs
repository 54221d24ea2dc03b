using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Telemetry;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Monitoring;

/// <summary>What the links of a page want after a round, gathered one by one.</summary>
internal sealed class RoundOutcome
{
    private readonly List<LinkOutcome?> _outcomes = [];
    private readonly List<LinkOutcome> _whole = [];
    private int _links;
    private int? _firstLeft;
    private WatcherPlace? _left;
    private WatcherPlace? _behindLeft;

    /// <summary>The earliest time that a link wants; null when no link is left.</summary>
    public DateTimeOffset? Due { get; private set; }

    /// <summary>
    /// Where the next round begins: with the first link whose target was not fetched. When that is the one that this round began with,
    /// its target takes more than a whole round, and the others have their turn first. Null when all were checked.
    /// </summary>
    public WatcherPlace? TargetsFrom => _firstLeft == 0 ? _behindLeft ?? _left : _left;

    /// <summary>The first link that the round had no time for; null when it came to its end.</summary>
    public WatcherPlace? FirstLeft { get; private set; }

    /// <summary>Notes a link that the round had no time for.</summary>
    public void AddLeft(Watcher watcher)
    {
        FirstLeft ??= new WatcherPlace(watcher.ProjectId, watcher.LinkId);
        _outcomes.Add(null);
    }

    /// <summary>
    /// What the check saw of the page, as the API says it of each link, and the status of the answer: a page that came with 200 may be none
    /// that says anything of a link.
    /// </summary>
    /// <param name="page">Told itself where it was judged for no link.</param>
    public string Seen(Observation page)
    {
        List<string> outcomes =
        [
            .. _whole.Select(link => link.Written?.Status).Where(status => status?.LastCheckedAt == page.CheckedAt)
                .Select(status => status!.LastOutcome).OfType<CheckOutcome>().Distinct().Order().Select(WireName.Of),
        ];
        return string.Join(" and ", outcomes.DefaultIfEmpty(WireName.Of(page.Kind)))
            + (page.Status is { } code ? $" {code}" : string.Empty);
    }

    /// <summary>What was decided, in words for the log.</summary>
    public string Decisions => RoundText.Decisions(_outcomes);

    /// <summary>Notes when links want their next check that an earlier part of the round judged.</summary>
    public void AddJudgedBefore(DateTimeOffset? due) => Due = due;

    /// <summary>What there is to keep of the links for the next check; null when that must read them.</summary>
    /// <param name="watching">The links of the round.</param>
    /// <param name="seenAt">The full fetch that the page rests on.</param>
    /// <param name="checkedAt">This check.</param>
    public SettledLinks? Settle(
        IReadOnlyList<(Watcher Watcher, Project Project)> watching, DateTimeOffset seenAt, DateTimeOffset checkedAt)
    {
        if (FirstLeft is not null || TargetsFrom is not null || watching.Count > SettledLinks.MostLinks || _whole.Count != watching.Count)
            return null;
        var links = new List<(Project Project, LinkAtRest Link)>();
        foreach (var (link, (_, project)) in _whole.Zip(watching))
        {
            if (project.ETag is null || link.Settle(project, seenAt, checkedAt) is not { } settled)
                return null;
            links.Add((project, settled));
        }

        return SettledLinks.IfSmall(new SettledLinks
        {
            SeenAt = seenAt,
            CheckedAt = checkedAt,
            AreAllThere = _whole.TrueForAll(link => ConditionalRound.IsThere(link.Written!.Status)),
            Decisions = Decisions,
            KeptAt = checkedAt,
            Projects =
            [
                .. links.GroupBy(one => one.Project.Id).Select(
                    own => new SettledProject(own.Key, own.First().Project.ETag!, [.. own.Select(one => one.Link)])),
            ],
        });
    }

    /// <summary>
    /// The rows of the links for the next check, as far as their versions are known; null when there is nothing to keep.
    /// </summary>
    /// <param name="at">This check.</param>
    /// <param name="before">What was kept before, which must go when it is no longer so.</param>
    public KeptLinks? Keep(DateTimeOffset at, KeptLinks? before)
    {
        List<LinkCopy> links =
        [
            .. _whole.Where(link => link.Written is not null).Take(KeptLinks.MostLinks)
                .Select(link => LinkKeeping.Keep(link.Written!, link.Case)).OfType<LinkCopy>(),
        ];
        return links.Count > 0 || before?.Links.Count > 0 ? new KeptLinks(at, links) : null;
    }

    public void Add(Watcher watcher, LinkOutcome link)
    {
        _outcomes.Add(link);
        _whole.Add(link);
        if (Due is null || link.Due < Due)
            Due = link.Due ?? Due;
        var place = new WatcherPlace(watcher.ProjectId, watcher.LinkId);
        if (_firstLeft == _links - 1)
            _behindLeft = place;
        if (link.IsTargetLeft && _firstLeft is null)
            (_firstLeft, _left) = (_links, place);
        _links++;
    }
}

/// <summary>What came of one link in a round of its page.</summary>
/// <param name="Due">When the link wants its page checked again; null when there is no such link any more.</param>
/// <param name="IsTargetLeft">The round had no time left to check its target.</param>
public readonly record struct LinkOutcome(DateTimeOffset? Due, bool IsTargetLeft)
{
    /// <summary>What was decided, in words for the log; null when there is no such link any more.</summary>
    public string? Decision { get; init; }

    /// <summary>The link exactly as it is stored, with its version where that is known; null when nothing is known of it.</summary>
    public WatchedLink? Written { get; init; }

    /// <summary>The case that it had last, as it is stored; null when it has none, or when it is not known.</summary>
    public LinkCase? Case { get; init; }

    /// <summary>The version of its type that it follows; null for none, and for a type that is built in.</summary>
    public string? TypeVersion { get; init; }

    /// <summary>What there is to keep of the link; null when the next check must read it.</summary>
    internal LinkAtRest? Settle(Project project, DateTimeOffset seenAt, DateTimeOffset checkedAt) =>
        Written is { ETag: { } version, Status: var status } link
        && status.LastCheckedAt == checkedAt
        && UnchangedPage.IsEnough(status, seenAt)
        && LinkChecker.SteadyTargetOf(link.Expectation, status, project.CheckTargets) is { } target
            ? new LinkAtRest(link.Id, version, UnchangedPage.WasSeen(status, seenAt))
            {
                Target = target.Url,
                LeadsTo = target.LeadsTo,
                Type = link.Type,
                TypeVersion = TypeVersion,
            }
            : null;
}

/// <summary>A round of a page in a few words, for its one line in the log.</summary>
internal static class RoundText
{
    private const int MaxGroups = 5;
    private const int MaxProjects = 3;

    /// <summary>What was decided of one link, for example <c>live, suspected: link-removed</c>.</summary>
    public static string Decision(LinkStatus status, LinkTransition? change)
    {
        var reasons = status.Reasons.Count == 0
            ? string.Empty
            : $" ({string.Join(", ", status.Reasons.Select(reason => WireName.Of(reason.Code)))})";
        var suspected = status.Suspicions.Count == 0
            ? string.Empty
            : $", suspected: {string.Join(", ", status.Suspicions.Select(one => WireName.Of(one.Reason.Code)))}";
        return $"{WireName.Of(status.State)}{reasons}{(change is null ? string.Empty : $", was {WireName.Of(change.From)}")}{suspected}";
    }

    /// <summary>The decisions of a page's links, the most frequent first: <c>2 live; 1 lost (link-removed), was live</c>.</summary>
    public static string Decisions(IEnumerable<LinkOutcome?> outcomes)
    {
        var groups = outcomes.GroupBy(
            outcome => outcome is { } link ? link.Decision ?? "gone" : "left for the next round", StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Count()} {group.Key}").ToList();
        return List(groups, MaxGroups, "; ");
    }

    /// <summary>The projects that watch a page, by name and id.</summary>
    public static string Projects(IEnumerable<Project> projects) =>
        List([.. projects.DistinctBy(project => project.Id).Select(project => $"{Name(project.Name)} ({project.Id})")], MaxProjects, ", ");

    private static string List(List<string> items, int most, string between) =>
        string.Join(between, items.Take(most)) + (items.Count > most ? $" and {items.Count - most} more" : string.Empty);

    // A line of the log is one line, whatever people call their projects.
    private static string Name(string name) => string.Concat(name.Where(letter => !char.IsControl(letter)));
}

/// <summary>
/// The short round of a page: its site is asked whether the page has changed since it was read in full, and a page that comes is compared
/// with that reading. When nothing has changed, that is all its links need to know. Anything in doubt leads to a full fetch in the same
/// round.
/// </summary>
internal sealed class ConditionalRound(
    RelatedPages related, LinkUpdate linkCheck, ProductMeter meter, IOptions<MonitoringOptions> options,
    TimeProvider time)
{
    /// <summary>Asks the site. Null when there is nothing to go by: then the page must be read in full.</summary>
    internal async Task<ConditionalFetch?> AskAsync(
        WatchedPage page, IReadOnlyList<(Watcher Watcher, Project Project)> watching, RoundLinks links, bool obeyRobots,
        CancellationToken cancellationToken) =>
        page.LastFetch is { MayHold: true } lastFetch
            && !IsFullLookDue(lastFetch, watching.Select(one => one.Project), options.Value, time.GetUtcNow())
            && await IsEnoughAsync(lastFetch, watching, links, cancellationToken) is { } areAllThere
            ? await related.RecheckAsync(page.Url, obeyRobots, lastFetch, ignoresNumbers: areAllThere, cancellationToken)
            : null;

    /// <summary>
    /// Applies it to every link that the page has not changed. Null when that is not enough for one of them after all; what was written by
    /// then is true all the same.
    /// </summary>
    internal async Task<RoundOutcome?> ConfirmAsync(
        WatchedPage page,
        IReadOnlyList<(Watcher Watcher, Project Project)> watching,
        RoundLinks links,
        ConditionalFetch unchanged,
        TargetRound targets,
        CancellationToken cancellationToken)
    {
        var round = new UnchangedRound(page, unchanged, targets, links);
        if (await linkCheck.ConfirmAllAsync(round, watching, cancellationToken) is not { } confirmed)
            return null;
        var outcome = new RoundOutcome();
        foreach (var (link, (watcher, _)) in confirmed.Zip(watching))
            outcome.Add(watcher, link);

        meter.CheckedUnchanged();
        return outcome;
    }

    /// <summary>Whether the round after this one would come too late for the next full fetch.</summary>
    internal static bool IsFullLookDue(LastFetch lastFetch, IEnumerable<Project> watching, MonitoringOptions options, DateTimeOffset now) =>
        StoredTime.IsFromFuture(lastFetch.SeenAt, now)
        || now + watching.Min(project => project.CheckEvery) > lastFetch.SeenAt + options.FullFetchEvery;

    // One after the other, and again when they are written where they are more than a round remembers.
    /// <returns>Null when it is not; else whether all the links are there, so that none of them rests on the text around it.</returns>
    private static async Task<bool?> IsEnoughAsync(
        LastFetch lastFetch, IReadOnlyList<(Watcher Watcher, Project Project)> watching, RoundLinks links,
        CancellationToken cancellationToken)
    {
        var areAllThere = true;
        foreach (var (watcher, _) in watching)
        {
            if (await links.FindReadableAsync(watcher, cancellationToken) is not { } link)
                continue;
            if (!UnchangedPage.IsEnough(link.Status, lastFetch.SeenAt))
                return null;
            areAllThere &= IsThere(link.Status);
        }

        return areAllThere;
    }

    /// <summary>Whether a link is on its page, so that it does not rest on the text around it.</summary>
    internal static bool IsThere(LinkStatus status) =>
        status is { State: LinkState.Live or LinkState.Changed, LastEvidence.LinkUrl: not null }
        && !status.Reasons.Any(static reason => reason.Code is ReasonCode.TargetChanged);
}
