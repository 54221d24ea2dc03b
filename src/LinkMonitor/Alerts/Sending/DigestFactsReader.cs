using System.Collections.Concurrent;
using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using TellingTime = LinkMonitor.Storage.Channels.AlertTiming;

namespace LinkMonitor.Alerts.Sending;

/// <summary>
/// Gathers what a digest reports: the period's changes from the change log, and how things stand from all links of the project. Both are
/// read as a stream, of
/// which only counts and the foremost entries are kept, once for all digests of a run (<see cref="DigestReads"/>). The first is the same at
/// every attempt;
/// the second is as of the attempt.
/// </summary>
internal sealed class DigestFactsReader(ILinkStore links, TimeProvider time)
{
    /// <summary>A digest sums up all that a channel does not refuse to get, also what it got at once.</summary>
    public static bool IsTold(LinkChange change, Channel channel) =>
        change.Transition.Alerts && channel.Choice.Wants(change);

    public async Task<DigestFacts> GatherAsync(
        DeliveryRun run, Project project, Alert alert, Channel channel, CancellationToken cancellationToken)
    {
        var (from, to) = (alert.Content!.From!.Value, alert.Content.To!.Value);
        var standing = await run.Digests.StandingAsync(() => ReadStandingAsync(project, cancellationToken));
        var all = await run.Digests.NewsAsync(
            from, to, () => ReadNewsAsync(project, from, to, standing, [.. run.Channels.Values], cancellationToken));
        var news = all[channel.Id.Value];
        var hearsTerms = channel.Choice.For(Topics.Terms, TellingTime.AtOnce) != TellingTime.Never;
        return new DigestFacts
        {
            AlertId = alert.Id,
            Project = project,
            From = from,
            To = to,
            Totals = standing.Totals,
            LiveNotSeen = standing.LiveNotSeen,
            Changes = news.Changes.Items,
            ChangeCount = news.Changes.Count,
            ChangesTo = news.To,
            Open = standing.Open.Items,
            OpenCount = standing.Open.Count,
            OpenStakes = standing.OpenStakes,
            Unverifiable = standing.Unverifiable.Items,
            UnverifiableCount = standing.Unverifiable.Count,
            Terms = hearsTerms ? standing.Terms.Items : [],
            TermsCount = hearsTerms ? standing.Terms.Count : 0,
            Stakes = standing.Stakes,
            Muted = standing.Muted.Count,
            Next = channel.Digest is { } schedule ? DigestTimes.Next(channel, schedule, project, time.GetUtcNow()) : null,
        };
    }

    private async Task<DigestStanding> ReadStandingAsync(Project project, CancellationToken cancellationToken)
    {
        var standing = new DigestStanding(project, time.GetUtcNow());
        await foreach (var link in links.ReadAllAsync(project.Id, LinkFilter.None, cancellationToken))
            standing.Add(link);
        return standing;
    }

    private async Task<IReadOnlyDictionary<string, DigestNews>> ReadNewsAsync(
        Project project,
        DateTimeOffset from,
        DateTimeOffset to,
        DigestStanding standing,
        IReadOnlyList<Channel> channels,
        CancellationToken cancellationToken)
    {
        var news = channels.ToDictionary(channel => channel.Id.Value, _ => new DigestNews(), StringComparer.Ordinal);
        await foreach (var change in links.ReadChangesAsync(project.Id, from, to, cancellationToken))
        {
            if (standing.Muted.Contains(change.LinkId))
                continue;
            foreach (var channel in channels.Where(channel => IsTold(change, channel)))
                news[channel.Id.Value].Add(change);
        }

        return news;
    }
}

/// <summary>
/// What the digests of one project are made of, read once for all that leave in one run: the links whoever gets them, the changes once for
/// each period. A read
/// that failed fails all of them, and the next run reads again.
/// </summary>
internal sealed class DigestReads
{
    private readonly ConcurrentDictionary<
        (DateTimeOffset From, DateTimeOffset To), Lazy<Task<IReadOnlyDictionary<string, DigestNews>>>> _news = new();
    private Lazy<Task<DigestStanding>>? _standing;

    public Task<DigestStanding> StandingAsync(Func<Task<DigestStanding>> read)
    {
        var mine = new Lazy<Task<DigestStanding>>(read);
        return (Interlocked.CompareExchange(ref _standing, mine, null) ?? mine).Value;
    }

    /// <param name="read">By channel id.</param>
    public Task<IReadOnlyDictionary<string, DigestNews>> NewsAsync(
        DateTimeOffset from, DateTimeOffset to, Func<Task<IReadOnlyDictionary<string, DigestNews>>> read) =>
        _news.GetOrAdd((from, to), _ => new Lazy<Task<IReadOnlyDictionary<string, DigestNews>>>(read)).Value;
}
