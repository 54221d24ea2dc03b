using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LinkMonitor.Filtering;
using LinkMonitor.Links;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Bench;

/// <summary>
/// A page of the links of a project, from the line to the JSON of its 100 links: how much longer it takes for 100,000 links than for 1,000,
/// and the memory of the snapshot. The rows are made when they are read, so that what is measured is ours.
/// </summary>
internal static class LinkListTimes
{
    private const int Rounds = 60;
    private const int PageSize = 100;
    private const double MostRatio = 1.5;
    private const double MostMilliseconds = 150;
    private const double MostBytesALink = 340;
    private static readonly int[] Sizes = [1_000, 100_000];

    private static readonly string[] Lines =
    [
        "", "state:lost", "state:lost -tag:old sort:-since", "has:vendor -currency:USD sort:ends", "product sort:page",
        "host:*.example.net sort:host",
    ];

    public static async Task RunAsync()
    {
        Console.WriteLine(
            $"{"line",-34} {"1,000",9} {"100,000",9} {"p95",9} {"ratio",7} {"cold",9}   (milliseconds; warm: median, p95, ratio of the "
                + $"medians)");
        var labs = new List<Lab>();
        foreach (var size in Sizes)
            labs.Add(await Lab.OpenAsync(size));
        foreach (var text in Lines)
        {
            var line = FilterParser.Read(text).Line!;
            var colds = new List<double>();
            foreach (var lab in labs)
                colds.Add(await lab.PageAsync(line));
            var times = labs.Select(_ => new List<double>()).ToList();

            // In turns, so that whatever else the machine does weighs on both alike.
            for (var round = 0; round < Rounds; round++)
                for (var lab = 0; lab < labs.Count; lab++)
                    times[lab].Add(await labs[lab].PageAsync(line));
            var (small, large) = (Share(times[0], 0.5), Share(times[1], 0.5));
            var slow = Share(times[1], 0.95);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{text,-34} {small,9:F1} {large,9:F1} {slow,9:F1} {large / small,7:F2} {colds[1],9:F1}"));
            if (large / small > MostRatio || slow > MostMilliseconds)
                Environment.ExitCode = 1;
        }

        foreach (var lab in labs)
            Console.WriteLine(lab.Report);
        Console.WriteLine($"Bounds: ratio {MostRatio}, p95 {MostMilliseconds} ms, {MostBytesALink} bytes a link of {Sizes[^1]:N0}, "
            + "every one with a page, target and anchor of its own.");
        if (labs[^1].BytesALink > MostBytesALink)
            Environment.ExitCode = 1;
        Console.WriteLine(Environment.ExitCode == 0 ? "All bounds hold." : "A bound does not hold.");
    }

    private static double Share(List<double> times, double share) => times.Order().ElementAt((int)((times.Count - 1) * share));

    private sealed record Lab(Project Project, LinkLists Lists, string Report, double BytesALink)
    {
        public static async Task<Lab> OpenAsync(int size)
        {
            var project = new Project { Id = ProjectId.New(), Name = "Bench", CreatedAt = DateTimeOffset.UnixEpoch };
            var store = new TableLinkFactStore(new StoreTables(new GeneratedLinks(project.Id, size, 0), new NothingSetAside()));
            var cache = new SnapshotCache(
                store, new LinkWrites(), Options.Create(new SnapshotOptions()), TimeProvider.System, NullLogger<SnapshotCache>.Instance);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var watch = Stopwatch.StartNew();
            var snapshot = await cache.GetAsync(project.Id, CancellationToken.None);
            var cold = watch.Elapsed.TotalMilliseconds;

            // On a stack of its own: that of the reading, which is still below us, holds all that was read.
            await Task.Yield();
            var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
            var report = string.Create(
                CultureInfo.InvariantCulture,
                $"{size,7:N0} links: cold {cold,7:F0} ms, {bytes / size} bytes a link measured, {snapshot.Bytes / size} estimated");
            return new Lab(project, new LinkLists(cache, store, TimeProvider.System), report, (double)bytes / size);
        }

        public async Task<double> PageAsync(FilterLine line)
        {
            var watch = Stopwatch.StartNew();
            var page = await Lists.PageAsync(Project, line, PageSize, null, CancellationToken.None);
            foreach (var link in page.Links)
                JsonSerializer.Serialize(LinkView.Of(link), LinkJson.Default.LinkView);
            return watch.Elapsed.TotalMilliseconds;
        }
    }
}
