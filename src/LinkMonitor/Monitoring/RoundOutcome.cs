using LinkMonitor.Storage.Pages;

namespace LinkMonitor.Monitoring;

/// <summary>What the links of a page want after a round, gathered one by one.</summary>
internal sealed class RoundOutcome
{
    private readonly List<LinkOutcome?> _outcomes = [];
    private int _links;
    private int? _firstLeft;
    private WatcherPlace? _left;
    private WatcherPlace? _behindLeft;

    /// <summary>The earliest time that a link wants; null when no link is left.</summary>
    public DateTimeOffset? Due { get; private set; }

    /// <summary>
    /// Where the next round begins: with the first link whose target was not looked at. When that is the one that this round began with, its target takes more
    /// than a whole round, and the others have their turn first. Null when all were looked at.
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

    /// <summary>What was decided, in words for the log.</summary>
    public string Decisions => RoundText.Decisions(_outcomes);

    /// <summary>Notes when links want their next check that an earlier part of the round judged.</summary>
    public void AddJudgedBefore(DateTimeOffset? due) => Due = due;

    public void Add(Watcher watcher, LinkOutcome link)
    {
        _outcomes.Add(link);
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
