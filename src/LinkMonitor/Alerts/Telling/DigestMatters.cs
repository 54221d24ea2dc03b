using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Placements;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using TellingTime = LinkMonitor.Storage.Channels.Telling;

namespace LinkMonitor.Alerts.Telling;

/// <summary>
/// Gathers what a digest tells: the period's changes from the change log, and how things stand from all links of the project, which are read once
/// for each digest that is sent. The first is the same at every attempt; the second is as of the attempt.
/// </summary>
internal sealed class DigestMatters(ILinkStore links, TimeProvider time)
{
    // So many entries of a list a mail can hold; the counts are of all.
    private const int MaxEntries = 200;
    private const int ReadAtOnce = 1_000;

    // Days: as far ahead as people plan a renewal.
    private const int TermsAhead = 30;
    private static readonly TimeSpan LongUnseen = TimeSpan.FromDays(7);

    /// <summary>A digest sums up all that a channel does not refuse to hear of, also what it was told at once.</summary>
    public static bool IsTold(LinkChange change, Channel channel) =>
        change.Transition.Alerts && channel.Choice.For(change) != TellingTime.Never;

    public async Task<DigestMatter> GatherAsync(Project project, Alert alert, Channel channel, CancellationToken cancellationToken)
    {
        var content = alert.Content!;
        var all = await ReadLinksAsync(project, cancellationToken);
        var muted = all.Where(link => link.IsMutedAt(time.GetUtcNow())).Select(link => link.Id).ToHashSet();
        var told = all.Where(link => !muted.Contains(link.Id)).ToList();
        var changes = await links.ReadChangesAsync(project.Id, content.From!.Value, content.To!.Value, cancellationToken)
            .Where(change => IsTold(change, channel) && !muted.Contains(change.LinkId))
            .ToListAsync(cancellationToken);
        var open = told.Where(IsOpen).ToList();
        var unverifiable = told.Where(IsUnverifiable).ToList();
        var terms = channel.Choice.For(Topics.Terms) == TellingTime.Never ? [] : EndingTerms(project, told);
        return new DigestMatter
        {
            AlertId = alert.Id,
            Project = project,
            From = content.From.Value,
            To = content.To.Value,
            Totals = all.GroupBy(link => link.Status.State).ToDictionary(state => state.Key, state => state.Count()),
            LiveNotSeen = all.Count(link => link.Status is { State: LinkState.Live, LastLook: { } look } && !look.IsSeen()),
            Changes = [.. changes.Take(MaxEntries)],
            ChangeCount = changes.Count,
            Open = [.. open.OrderByDescending(link => link.Status.Since).Take(MaxEntries).Select(Open)],
            OpenCount = open.Count,
            Unverifiable = [.. unverifiable.Take(MaxEntries).Select(Unverifiable)],
            UnverifiableCount = unverifiable.Count,
            Terms = [.. terms.Take(MaxEntries)],
            TermsCount = terms.Count,
            Stakes = TermMatters.StakesOf(told),
            Muted = muted.Count,
            Next = channel.Digest is { } schedule ? DigestTimes.Next(channel, schedule, project, time.GetUtcNow()) : null,
        };
    }

    private async Task<List<WatchedLink>> ReadLinksAsync(Project project, CancellationToken cancellationToken)
    {
        var all = new List<WatchedLink>();
        string? cursor = null;
        do
        {
            var slice = await links.ListAsync(project.Id, LinkFilter.None, ReadAtOnce, cursor, cancellationToken);
            all.AddRange(slice.Items);
            cursor = slice.Cursor;
        }
        while (cursor is not null);
        return all;
    }

    /// <summary>Terms that end within <see cref="TermsAhead"/>, and live links that outlived theirs.</summary>
    private List<TermsEvent> EndingTerms(Project project, List<WatchedLink> links)
    {
        var today = ZoneDay.Of(time.GetUtcNow(), ZoneDay.Find(project.TimeZone));
        return
        [
            .. links.Where(link => link.Terms?.End is not null)
                .Select(link => TermMatters.EventOf(link, link.Terms!.End!.Value, link.Terms.End.Value.DayNumber - today.DayNumber))
                .Where(one => one.DaysLeft <= TermsAhead && (one.DaysLeft >= 0 || one.State == LinkState.Live))
                .OrderBy(one => one.End),
        ];
    }

    private static bool IsOpen(WatchedLink link) =>
        link.Status.State is LinkState.Lost or LinkState.Changed or LinkState.NotFound;

    private bool IsUnverifiable(WatchedLink link) => link.Status.State == LinkState.Unreachable
        || (link.Status.UnobservedSince is { } since && time.GetUtcNow() - since >= LongUnseen);

    private static OpenLink Open(WatchedLink link) =>
        new(LinkName.Of(link), link.Status.State, link.Status.Reasons, link.Status.Since);

    private static UnverifiableLink Unverifiable(WatchedLink link) => new(
        LinkName.Of(link),
        link.Status.Reasons.Count > 0 && link.Status.State == LinkState.Unreachable ? link.Status.Reasons[0].Code : ReasonCode.Unreachable,
        link.Status.LastSeenAt);
}
