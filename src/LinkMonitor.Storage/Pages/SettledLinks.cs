using System.Text.Json;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Pages;

/// <summary>
/// The links of a page as its last check left them, when all of them rest on one full fetch: enough to note at the next check that nothing
/// has changed without reading them. Each is written in the version that is kept here, so that a link that was edited, deleted or checked
/// since is found out, and all are read again.
/// </summary>
public sealed record SettledLinks
{
    /// <summary>The most links: they are written in one transaction for each project.</summary>
    public const int MostLinks = 100;

    /// <summary>
    /// The most characters of all this as JSON. A row is read with the list of its host, and a column takes
    /// <see cref="StoredText.MaxLength"/>.
    /// </summary>
    public const int MostCharacters = 24_000;

    /// <summary>The full fetch (<see cref="LastFetch.SeenAt"/>) that all of them rest on.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>The last check of them.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>
    /// Whether the page's watchers were read once more after this was first written: only then is no link missing, since one that was
    /// registered while it was being written could not know of it.
    /// </summary>
    public bool AreAllKnown { get; init; }

    /// <summary>
    /// The days of the checks since <see cref="SeenAt"/> that are not in the links' own logs, as in <see cref="DayLog"/>.
    /// </summary>
    public string Days { get; init; } = "";

    /// <summary>
    /// <see cref="KeptLinks.At"/> of what was kept of the same links in the same write; null for a version before that kept nothing.
    /// </summary>
    public DateTimeOffset? KeptAt { get; init; }

    /// <summary>Whether the site said at the last check that nothing has changed; false when it was seen by comparing.</summary>
    public bool IsBySite { get; init; }

    /// <summary>Whether all of them are on the page, so that none rests on the text around it.</summary>
    public required bool AreAllThere { get; init; }

    /// <summary>What was decided, in words for the log.</summary>
    public required string Decisions { get; init; }

    public required IReadOnlyList<SettledProject> Projects { get; init; }

    /// <summary>Whether a link is among them.</summary>
    public bool Has(ProjectId project, LinkId link) =>
        Projects.Any(one => one.Id == project && one.Links.Any(own => own.Id == link));

    /// <summary>Whether they are exactly the links of these watches.</summary>
    public bool AreThoseOf(IReadOnlyCollection<Watcher> watchers)
    {
        ArgumentNullException.ThrowIfNull(watchers);
        return watchers.Count == Projects.Sum(project => project.Links.Count)
            && watchers.All(watcher => Has(watcher.ProjectId, watcher.LinkId));
    }

    /// <summary>Null when they are too many, or take too much room.</summary>
    public static SettledLinks? IfSmall(SettledLinks links)
    {
        ArgumentNullException.ThrowIfNull(links);
        return links.Projects.Sum(project => project.Links.Count) is > 0 and <= MostLinks && links.Write().Length <= MostCharacters
            ? links
            : null;
    }

    internal string Write() => JsonSerializer.Serialize(this, PageRowJson.Stored.SettledLinks);
}

/// <summary>The settled links of one project.</summary>
/// <param name="Version">Of the project's row: with another, something else may be wanted of its links.</param>
public sealed record SettledProject(ProjectId Id, string Version, IReadOnlyList<LinkAtRest> Links);

/// <summary>One settled link.</summary>
/// <param name="Version">Of its row.</param>
/// <param name="WasSeen">Whether the full fetch found it.</param>
public sealed record LinkAtRest(LinkId Id, string Version, bool WasSeen)
{
    /// <summary>Its target, which must go on being well; null when it is not fetched.</summary>
    public string? Target { get; init; }

    /// <summary>As <see cref="SteadyTarget.LeadsTo"/>.</summary>
    public string? LeadsTo { get; init; }

    /// <summary>The key of its type; null for none.</summary>
    public string? Type { get; init; }

    /// <summary>The version of the type; null for one that is built in, or not known.</summary>
    public string? TypeVersion { get; init; }
}

/// <summary>
/// The rows of a page's links as a check wrote them, each with the version that it had then. A link that still has its version still has
/// its row, so a check that goes by these writes every link over the version that is kept: a link that was written since refuses that, and
/// is read. Nothing else has to be right for it.
/// </summary>
/// <param name="At">The check that wrote them.</param>
public sealed record KeptLinks(DateTimeOffset At, IReadOnlyList<LinkCopy> Links)
{
    /// <summary>The most links: a transaction writes no more.</summary>
    public const int MostLinks = SettledLinks.MostLinks;
}

/// <summary>One link of <see cref="KeptLinks"/>.</summary>
/// <param name="Version">Of its row.</param>
/// <param name="Row">The columns of its row, as the store of links writes and reads them.</param>
public sealed record LinkCopy(ProjectId Project, LinkId Id, string Version, string Row)
{
    /// <summary>The case that it had last; null when it has none, or when it is not known.</summary>
    public CaseCopy? Case { get; init; }
}

/// <summary>A case of a link of <see cref="KeptLinks"/>.</summary>
/// <inheritdoc cref="LinkCopy"/>
public sealed record CaseCopy(string Id, string Version, string Row);

/// <summary>Who watches a page, and what is kept of their links.</summary>
/// <param name="Kept">Null when nothing is, or when it cannot be read.</param>
public sealed record WatchersRead(IReadOnlyList<Watcher> Watchers, KeptLinks? Kept)
{
    /// <summary>Null when it cannot be read: then the page is moved all the same.</summary>
    public WatchersVersion? Version { get; init; } = new(null);
}

/// <summary>The version of a page's watchers: another one whenever a link is added.</summary>
/// <param name="ETag">Null when none was added since the page was.</param>
public sealed record WatchersVersion(string? ETag);
