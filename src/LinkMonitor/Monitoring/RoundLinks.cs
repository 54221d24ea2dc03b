using System.Collections.Concurrent;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Pages;

namespace LinkMonitor.Monitoring;

/// <summary>A link with what its type says now.</summary>
/// <param name="Stored">As its row says.</param>
/// <param name="TypeVersion">Of its type; null for none, and for one that is built in.</param>
internal sealed record TypedLink(WatchedLink Stored, WatchedLink Link, string? TypeVersion);

/// <summary>
/// The links of a page as one round knows them: from what its last check kept, or read once. Each is written over the version that it has
/// here, so one that somebody wrote since refuses that, and is read again. As many are remembered as one transaction writes.
/// </summary>
/// <param name="settled">What checks have noted since that found nothing changed; null when none has.</param>
internal sealed class RoundLinks(ILinkStore links, ILinkTypeStore types, KeptLinks? kept, SettledLinks? settled)
{
    /// <summary>So many links are read, judged and written at a time.</summary>
    public const int Most = KeptLinks.MostLinks;

    // Reading takes most of the time of a page with many links that are not kept.
    private const int AtATime = 8;

    private readonly Dictionary<ProjectId, ProjectTypes> _types = [];
    private readonly ConcurrentDictionary<(ProjectId, LinkId), WatchedLink> _known = new();
    private readonly ConcurrentDictionary<(ProjectId, LinkId), LinkCopy> _kept = new(
        (kept?.Links ?? []).DistinctBy(link => (link.Project, link.Id))
        .Select(link => KeyValuePair.Create((link.Project, link.Id), link)));

    private readonly ConcurrentDictionary<(ProjectId, LinkId), LinkCase> _cases = new(
        from link in (kept?.Links ?? []).DistinctBy(link => (link.Project, link.Id))
        let last = LinkKeeping.FindCase(link)
        where last is not null
        select KeyValuePair.Create((link.Project, link.Id), last));

    /// <summary>What was kept when the round began; null when nothing was.</summary>
    public KeptLinks? Kept => kept;

    /// <summary>Some links, in order; null for each that is gone or cannot be read.</summary>
    /// <param name="watchers">At most <see cref="Most"/>.</param>
    public async Task<IReadOnlyList<TypedLink?>> ReadAllAsync(IReadOnlyList<Watcher> watchers, CancellationToken cancellationToken)
    {
        var read = new WatchedLink?[watchers.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, watchers.Count), parallel,
            async (index, token) => read[index] = await FindReadableAsync(watchers[index], token));
        var typed = new TypedLink?[read.Length];
        foreach (var (index, link) in read.Index())
            typed[index] = link is null ? null : await FollowAsync(link, cancellationToken);
        return typed;
    }

    /// <summary>A link as it is stored now; null when it is gone.</summary>
    public async Task<TypedLink?> ReadAgainAsync(Watcher watcher, CancellationToken cancellationToken)
    {
        Forget(watcher);
        _types.Remove(watcher.ProjectId);
        return await links.GetAsync(watcher.ProjectId, watcher.LinkId, cancellationToken) is { } link
            ? await FollowAsync(link, cancellationToken)
            : null;
    }

    /// <summary>A link without its type; null when it is gone or cannot be read.</summary>
    public async Task<WatchedLink?> FindReadableAsync(Watcher watcher, CancellationToken cancellationToken)
    {
        var key = (watcher.ProjectId, watcher.LinkId);
        if (_known.TryGetValue(key, out var known))
            return known;
        if ((_kept.TryRemove(key, out var one) ? LinkKeeping.Find(one, kept!.At, settled) : null) is { } found)
            return Remember(found);
        return await links.FindReadableAsync(watcher.ProjectId, watcher.LinkId, cancellationToken) is { } read ? Remember(read) : null;
    }

    /// <summary>Whether the last check of the link, if there was one, could see its page.</summary>
    public async Task<bool> WasObservedAsync(Watcher watcher, CancellationToken cancellationToken) =>
        await FindReadableAsync(watcher, cancellationToken) is { Status: { LastObservedAt: not null, UnobservedSince: null } };

    /// <summary>The link is stored so. One whose version is not known is read when it is needed again.</summary>
    public WatchedLink Remember(WatchedLink link)
    {
        var key = (link.ProjectId, link.Id);
        if (link.ETag is null)
            _known.TryRemove(key, out _);
        else if (_known.Count < Most || _known.ContainsKey(key))
            _known[key] = link;
        return link;
    }

    /// <summary>The case that a link had last, as it was kept; null when it is not known.</summary>
    public LinkCase? FindCase(WatchedLink link) =>
        _cases.TryGetValue((link.ProjectId, link.Id), out var last) && last.Id == link.CaseId ? last : null;

    /// <summary>Somebody may have written the link, or its case.</summary>
    public void Forget(Watcher watcher)
    {
        var key = (watcher.ProjectId, watcher.LinkId);
        _cases.TryRemove(key, out _);
        _known.TryRemove(key, out _);
        _kept.TryRemove(key, out _);
    }

    // With what its type says now: so a type that is changed reaches each of its links with the next check, and nobody has to go through
    // all of them.
    private async Task<TypedLink> FollowAsync(WatchedLink link, CancellationToken cancellationToken)
    {
        if (link.Type is not { } key)
            return new TypedLink(link, link, null);
        if (!_types.TryGetValue(link.ProjectId, out var known))
            _types[link.ProjectId] = known = await types.ReadAsync(link.ProjectId, cancellationToken);
        return new TypedLink(link, LinkTyping.Follow(link, known), known.Find(key)?.Version);
    }
}
