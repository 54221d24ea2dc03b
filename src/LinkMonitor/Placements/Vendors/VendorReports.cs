using LinkMonitor.Engine.Tracking;
using LinkMonitor.Placements.Reporting;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Placements.Vendors;

/// <summary>Reads a project's paid links once and counts them by vendor.</summary>
internal sealed class VendorReports(ILinkStore links, TimeProvider time)
{
    public async Task<VendorReport> MakeAsync(Project project, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await CountAsync(
            links.ReadAllAsync(project.Id, new LinkFilter { HasVendor = true }, cancellationToken),
            DayMarks.Day(now),
            ZoneDay.Of(now, ZoneDay.Find(project.TimeZone)),
            cancellationToken);
    }

    public static async Task<VendorReport> CountAsync(
        IAsyncEnumerable<WatchedLink> paid, DateOnly today, DateOnly here, CancellationToken cancellationToken)
    {
        var tallies = new SortedDictionary<string, VendorTally>(StringComparer.Ordinal);
        await foreach (var link in paid.WithCancellation(cancellationToken))
        {
            var key = VendorName.Key(link.Terms?.Vendor);
            if (!tallies.TryGetValue(key, out var tally))
                tallies[key] = tally = new VendorTally(link.Terms?.Vendor ?? "");
            tally.Add(link, today, here);
        }

        return new VendorReport { AsOf = today, Notes = VendorReport.Caveats, Vendors = [.. tallies.Values.Select(tally => tally.ToRecord())] };
    }
}
