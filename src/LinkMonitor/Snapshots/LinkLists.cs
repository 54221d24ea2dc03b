using System.Globalization;
using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Filtering;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.LinkTypes;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Snapshots;

/// <summary>Lists of links, filtered, sorted and counted in memory; the links that are shown are read from the table.</summary>
public sealed class LinkLists(SnapshotCache snapshots, ILinkFactStore store, TimeProvider time)
{
    /// <summary>The most links of a page.</summary>
    public const int MaxItems = 1_000;

    /// <summary>So long a page waits for the links before it says how far their reading is.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private const int MostRounds = 5;

    /// <summary>A project's links as they are known now, for counts, facets and choices.</summary>
    public async Task<LinkListing> OpenAsync(Project project, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(project);
        var moment = new FilterMoment(time.GetUtcNow(), LocalTimes.Find(project.TimeZone));
        return new LinkListing(project.Id, await snapshots.GetAsync(project.Id, cancellationToken), moment);
    }

    /// <summary>As <see cref="OpenAsync"/>, for somebody who is to be told when it takes long.</summary>
    /// <returns>
    /// Null when it takes longer than <see cref="Patience"/>, or five times that when there is no number to tell yet; the reading goes on.
    /// </returns>
    public async Task<LinkListing?> OpenSoonAsync(Project project, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(project);
        for (var round = 1; ; round++)
        {
            using var patience = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                return await OpenAsync(project, either.Token);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                if (snapshots.Reading(project.Id) is { Read: > 0 } || round == MostRounds)
                    return null;
            }
        }
    }

    /// <summary>
    /// As <see cref="OpenAsync"/>, of several projects side by side: what is not there within <see cref="Patience"/>, all in all, is null
    /// and goes on being read.
    /// </summary>
    public async Task<IReadOnlyList<LinkListing?>> OpenSoonAsync(IReadOnlyList<Project> projects, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(projects);
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        return await Task.WhenAll(projects.Select(async project =>
        {
            try
            {
                return await OpenAsync(project, either.Token);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                return (LinkListing?)null;
            }
        }));
    }

    /// <summary>Whoever has just changed something is shown no count of before: see <see cref="Known"/>.</summary>
    public async Task CatchUpAsync(ProjectId project, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await snapshots.CatchUpAsync(project, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The count of before is better than a page that does not come; the next page tries again.
        }
    }

    /// <summary>A project's links as they were last known, without a look into the storage; null when they are not in memory.</summary>
    public LinkListing? Known(Project project)
    {
        ArgumentNullException.ThrowIfNull(project);
        return snapshots.Known(project.Id) is { } snapshot
            ? new LinkListing(project.Id, snapshot, new FilterMoment(time.GetUtcNow(), LocalTimes.Find(project.TimeZone))) : null;
    }

    /// <summary>How far the reading of a project's links is, in a sentence for who waits. It says something else each second.</summary>
    public string ReadSoFar(Project project)
    {
        ArgumentNullException.ThrowIfNull(project);
        if (snapshots.Reading(project.Id) is not { } reading)
            return "The links are being read; that has just begun.";
        var seconds = (int)(time.GetUtcNow() - reading.Since).TotalSeconds;
        return (reading.Read, reading.About, seconds) switch
        {
            (0, _, < 1) => "No link has come yet.",
            (0, _, _) => $"No link has come yet, after {CountText.Of(seconds, "second")}: the storage is slow to answer.",
            (var read, { } about, _) when about >= read => string.Create(
                CultureInfo.InvariantCulture,
                $"{read:N0} of about {CountText.Of(about, "link")} read so far, after {CountText.Of(seconds, "second")}."),
            var (read, _, _) => $"{CountText.Of(read, "link")} read so far, after {CountText.Of(seconds, "second")}.",
        };
    }

    /// <summary>
    /// A page of the links that a line wants, whole and as they are now. One that has just been changed may not match any more; one that is
    /// gone, or cannot be read, is left out, so that a page may have fewer links than asked for although others follow.
    /// </summary>
    /// <param name="limit">1 to <see cref="MaxItems"/>.</param>
    /// <param name="after">The page begins beyond it, see <see cref="ListedLinks.Next"/>; null for the first page.</param>
    public async Task<ListedLinks> PageAsync(
        LinkListing listing, FilterLine line, int limit, LinkPlace? after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(listing);
        ArgumentNullException.ThrowIfNull(line);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxItems);
        var found = listing.Select(line, limit, after);
        var read = await store.GetAsync(
            listing.ProjectId, [.. found.Links.Select(link => link.Id)], listing.Snapshot.AreNeighbours(found.Links), cancellationToken);
        foreach (var (one, facts) in read.Zip(found.Links))
            if (one.Facts?.WrittenAt != facts.WrittenAt)
                snapshots.Touch(listing.ProjectId, one.Id);
        var unreadable = read.Count(one => one is { IsThere: true, Link: null });
        return new ListedLinks([.. read.Select(one => one.Link).OfType<WatchedLink>()], found.Total, found.Next)
        {
            Unreadable = unreadable,
            LeftOut = unreadable + (after is null ? listing.Snapshot.Unreadable.Count : 0),
        };
    }

    /// <summary>Opens the list and gives a page of it.</summary>
    public async Task<ListedLinks> PageAsync(
        Project project, FilterLine line, int limit, LinkPlace? after, CancellationToken cancellationToken) =>
        await PageAsync(await OpenAsync(project, cancellationToken), line, limit, after, cancellationToken);
}

/// <summary>Some of the links that a line wants.</summary>
/// <param name="Total">How many there are in all.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record ListedLinks(IReadOnlyList<WatchedLink> Links, int Total, LinkPlace? Next)
{
    /// <summary>
    /// How many are left out because their rows cannot be read, beside those of <see cref="LinkSnapshot.Unreadable"/>: these were found out
    /// as they were read.
    /// </summary>
    public int Unreadable { get; init; }

    /// <summary>
    /// The same with those of <see cref="LinkSnapshot.Unreadable"/>, which have no place in any order, on the first page alone: the pages
    /// of a list add up.
    /// </summary>
    public int LeftOut { get; init; }
}

/// <summary>A line that a project can be asked for.</summary>
/// <param name="Line">Null exactly when there are problems.</param>
/// <param name="Problems">A sentence each.</param>
internal sealed record UsableLine(FilterLine? Line, IReadOnlyList<string> Problems);

/// <summary>
/// Which types a filter line may name. A line is read without knowing the project: a misspelt type would find nothing, or with - before it
/// everything, without a word.
/// </summary>
internal sealed class NamedTypes(ILinkTypeStore types, LinkLists lists)
{
    /// <summary>Reads a line as somebody wrote it, and holds it to the types there are: one step, so that none is forgotten.</summary>
    public async Task<UsableLine> ReadAsync(Project project, string? filter, CancellationToken cancellationToken)
    {
        var reading = FilterParser.Read(filter);
        return Usable(reading, reading.Line is { } line ? await UnknownAsync(project, line, cancellationToken) : []);
    }

    /// <summary>The same for whoever has the types and the links at hand.</summary>
    public static UsableLine Read(string? filter, ProjectTypes known, LinkListing listing)
    {
        var reading = FilterParser.Read(filter);
        return Usable(reading, reading.Line is { } line ? Unknown(line, known, listing) : []);
    }

    /// <summary>Tells of each type of a line that neither the project nor any of its links has.</summary>
    /// <param name="filter">A line as somebody wrote it; one that cannot be read names nothing.</param>
    public async Task CheckAsync(Project project, string? filter, Action<string> tell, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(project);
        if (FilterParser.Read(filter).Line is not { } line)
            return;
        foreach (var problem in await UnknownAsync(project, line, cancellationToken))
            tell(problem);
    }

    private static UsableLine Usable(FilterReading reading, IEnumerable<string> unknown)
    {
        List<string> problems = [.. reading.Problems.Select(problem => problem.ToString()), .. unknown];
        return new UsableLine(problems.Count == 0 ? reading.Line : null, problems);
    }

    private async Task<IEnumerable<string>> UnknownAsync(Project project, FilterLine line, CancellationToken cancellationToken)
    {
        if (!Of(line).Any())
            return [];
        var known = await types.ReadAsync(project.Id, cancellationToken);
        return Of(line).All(key => known.Find(key) is not null)
            ? [] : Unknown(line, known, await lists.OpenAsync(project, cancellationToken));
    }

    private static IEnumerable<string> Unknown(FilterLine line, ProjectTypes known, LinkListing listing) =>
        Of(line).Where(key => known.Find(key) is null && listing.Count(FilterLine.Of([FilterTerm.Of(FilterBy.Type, key)])) == 0)
            .Select(key => $"There is no type '{FilterParser.Cut(key)}'. "
                + (Spelling.Nearest(key, known.All.Select(type => type.Key)) is { } meant ? $"Did you mean {meant}? " : "")
                + $"There are: {string.Join(", ", known.All.Select(type => type.Key))}.");

    private static IEnumerable<string> Of(FilterLine line) => line.Terms.Where(term => term.Key == FilterBy.Type)
        .SelectMany(term => term.Values).Select(value => value.Text).Distinct(StringComparer.Ordinal);
}
