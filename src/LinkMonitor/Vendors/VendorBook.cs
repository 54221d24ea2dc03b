using LinkMonitor.Engine.Clocks;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Filtering;
using LinkMonitor.Keys;
using LinkMonitor.Placements.Vendors;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Vendors;

/// <summary>
/// Vendors across the projects that a key opens. Which vendors there are, and what was bought twice, is known from the snapshots; the
/// placements of one vendor are read whole. A project whose links are still being read is told, and counted as not there yet.
/// </summary>
internal sealed class VendorBook(IProjectStore projects, LinkLists lists, ILinkStore links, ICaseStore cases, TimeProvider time)
{
    private const int AtOnce = 50;

    /// <summary>All vendors, in the order of their names.</summary>
    public async Task<VendorList> ListAsync(KeyHolder holder, CancellationToken cancellationToken)
    {
        var (open, waiting, unread) = await OpenAsync(holder, isPatient: false, cancellationToken);
        var paid = open.SelectMany(
            one => one.Paid.Where(link => link.Terms!.VendorKey.Length > 0).Select(link => (one.Project, Link: link)));
        return new VendorList(
            [
                .. paid.GroupBy(one => one.Link.Terms!.VendorKey, StringComparer.Ordinal)
                .OrderBy(vendor => vendor.Key, StringComparer.Ordinal)
                    .Select(vendor => new VendorBrief(
                        VendorName.IdOf(vendor.Key)!, Named(vendor.Select(one => one.Link)),
                        vendor.Select(one => one.Project.Id).Distinct().Count(), vendor.Count(),
                        vendor.Count(one => one.Link.Standing == Standing.AsAgreed),
                        vendor.Count(one => one.Link.Standing is Standing.Lost or Standing.NotFound or Standing.Changed))),
            ],
            Twice(open), waiting, unread);
    }

    /// <summary>One vendor with all of its placements.</summary>
    /// <param name="isPatient">Waits until the links of all projects are read, however long that takes.</param>
    /// <returns>No account when no project that was read has the vendor: while some wait, that says nothing.</returns>
    public async Task<(VendorAccount? Account, int Waiting)> FindAsync(
        KeyHolder holder, string id, bool isPatient, CancellationToken cancellationToken)
    {
        var (open, waiting, unread) = await OpenAsync(holder, isPatient, cancellationToken);
        var theirs = open.Where(one => one.Paid.Any(link => VendorName.IdOf(link.Terms!.VendorKey) == id)).ToList();
        if (theirs.Count == 0)
            return (null, waiting);
        var name = Named(theirs.SelectMany(one => one.Paid).Where(link => VendorName.IdOf(link.Terms!.VendorKey) == id));
        var (placements, opened) = (new List<VendorPlacement>(), new List<VendorCase>());
        foreach (var (project, _) in theirs)
        {
            var known = new Dictionary<string, WatchedLink>(StringComparer.Ordinal);
            await foreach (var link in links.ReadAllAsync(project.Id, new LinkFilter { Vendor = name }, cancellationToken))
                known[link.Id.Value] = link;
            placements.AddRange(known.Values.Select(link => new VendorPlacement(project, link)));
            await foreach (var slice in cases.ReadSlicesAsync(project.Id, new CaseFilter { IsOpen = true }, cancellationToken))
            {
                opened.AddRange(slice.Items.Where(one => known.ContainsKey(one.LinkId.Value)).Select(one => new VendorCase(project, one)));
                unread = unread with { Cases = unread.Cases + slice.SetAside };
            }
        }

        var today = LocalTimes.Day(time.GetUtcNow(), TimeZoneInfo.Utc);
        var all = placements.ConvertAll(one => one.Link);
        var lifetimes = VendorFigures.Lifetimes(all, today);
        return (new VendorAccount
        {
            Id = id,
            Name = name,
            Placements = [.. placements.OrderByDescending(one => one.Link.Terms!.Start ?? DateOnly.MinValue)],
            Spend = VendorFigures.Spend(all, today),
            Share = VendorFigures.Share(all),
            Survival = SurvivalCurve.Of(lifetimes, VendorTally.Horizons),
            Counted = lifetimes.Count,
            Prices = VendorFigures.Prices(all),
            Cases = opened,
            Twice = [.. Twice(open).Where(one => one.Bought.Any(buy => VendorName.IdOf(buy.Vendor) == id))],
            Waiting = waiting,
            Unread = unread,
        }, waiting);
    }

    // The same page and the same target, however they are written, as targets are matched by default; what is the same link in one project
    // is bought once there, and what costs nothing is no waste.
    private static List<BoughtTwice> Twice(IReadOnlyList<OpenProject> open) =>
    [
        .. open.SelectMany(one => one.Paid.Where(link => link.Terms!.Cost != 0).Select(link => (one.Project, Link: link)))
            .GroupBy(one => (Page: KeyOf(one.Link.Page), Target: KeyOf(one.Link.Target))).Where(same => same.Skip(1).Any())
            .OrderBy(same => same.Key.Page, StringComparer.Ordinal).ThenBy(same => same.Key.Target, StringComparer.Ordinal)
            .Select(same => new BoughtTwice(
                same.First().Link.Page, same.First().Link.Target,
                [.. same.Select(one => new Purchase(one.Project, one.Link.Id.Value, one.Link.Terms!.Vendor, one.Link.Terms.Cost,
                    one.Link.Terms.Currency, one.Link.Terms.CostPeriod))])),
    ];

    private static string KeyOf(string url) => WebUrl.TryParse(url, out var read) ? UrlKeys.TargetKey(read) : url;

    private async Task<(IReadOnlyList<OpenProject> Open, int Waiting, Unread Unread)> OpenAsync(
        KeyHolder holder, bool isPatient, CancellationToken cancellationToken)
    {
        var (open, waiting, unread, cursor) = (new List<OpenProject>(), 0, new Unread(0, 0, 0), (string?)null);
        do
        {
            var slice = await projects.ListAsync(AtOnce, cursor, cancellationToken);
            var theirs = slice.Items.Where(project => holder.Opens(project.Id)).ToList();
            foreach (var (project, soon) in theirs.Zip(await lists.OpenSoonAsync(theirs, cancellationToken)))
            {
                if ((soon ?? (isPatient ? await lists.OpenAsync(project, cancellationToken) : null)) is not { } listing)
                {
                    waiting++;
                    continue;
                }

                open.Add(new OpenProject(project, [.. listing.Matching(FilterLine.All).Where(IsPaid)]));
                unread = unread with { Links = unread.Links + listing.Snapshot.Unreadable.Count };
            }

            // Whose projects they are that cannot be read, only who sees all may know.
            unread = unread with { Projects = unread.Projects + (holder.Projects.IsAll ? slice.SetAside : 0) };
            cursor = slice.Cursor;
        }
        while (cursor is not null);
        return (open, waiting, unread);
    }

    private static string Named(IEnumerable<LinkFacts> links) => VendorName.Best(links.CountBy(link => link.Terms!.Vendor!));

    private static bool IsPaid(LinkFacts link) => link.Terms is { } terms && (terms.VendorKey.Length > 0 || terms.Cost is not null);

    private sealed record OpenProject(Project Project, IReadOnlyList<LinkFacts> Paid);
}

/// <param name="Twice">What was bought twice, from whomever.</param>
/// <param name="Waiting">Projects whose links are still being read: nothing of them is counted yet.</param>
internal sealed record VendorList(IReadOnlyList<VendorBrief> Vendors, IReadOnlyList<BoughtTwice> Twice, int Waiting, Unread Unread);

/// <summary>What is there and cannot be read: whether it is of a vendor nobody can tell.</summary>
/// <param name="Cases">Those of the projects that have the vendor; 0 in a list of vendors.</param>
internal sealed record Unread(int Links, int Cases, int Projects)
{
    public int Sum => Links + Cases + Projects;
}

/// <summary>A vendor in short.</summary>
/// <param name="Id">The same for all spellings of the name.</param>
/// <param name="Name">In the most frequent spelling.</param>
/// <param name="Projects">In how many projects.</param>
/// <param name="Live">Placements that are as agreed now.</param>
/// <param name="Wrong">Placements that are lost, changed or were never there.</param>
public sealed record VendorBrief(string Id, string Name, int Projects, int Placements, int Live, int Wrong);

internal sealed record VendorPlacement(Project Project, WatchedLink Link);

internal sealed record VendorCase(Project Project, LinkCase Case);

/// <summary>One page and target that is paid for more than once.</summary>
internal sealed record BoughtTwice(string Page, string Target, IReadOnlyList<Purchase> Bought);

internal sealed record Purchase(Project Project, string LinkId, string? Vendor, decimal? Cost, string? Currency, CostPeriod Period);

/// <summary>All that is known of a vendor.</summary>
internal sealed record VendorAccount
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<VendorPlacement> Placements { get; init; }

    public required IReadOnlyList<QuarterSpend> Spend { get; init; }

    public required AgreedShare Share { get; init; }

    public required IReadOnlyList<CurvePoint> Survival { get; init; }

    /// <summary>How many placements the survival rests on.</summary>
    public required int Counted { get; init; }

    public required IReadOnlyList<AgreedPrice> Prices { get; init; }

    public required IReadOnlyList<VendorCase> Cases { get; init; }

    public required IReadOnlyList<BoughtTwice> Twice { get; init; }

    public required int Waiting { get; init; }

    public required Unread Unread { get; init; }
}
