using System.Diagnostics;
using System.Globalization;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Hosts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Queues;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;
using LinkMonitor.Testing.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Bench;

/// <summary>
/// What a tick of the schedule costs with 1,000 hosts due, among few stored pages and among many: storage in memory, each page on a host of
/// its own, medians of rounds in turns.
/// </summary>
internal static class ScheduleTimes
{
    private const int Due = 1_000;
    private const int Rounds = 9;
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(int many)
    {
        var small = await Stored.CreateAsync(10_000);
        var large = await Stored.CreateAsync(many);
        List<double> few = [], lots = [];
        for (var round = 0; round < Rounds; round++)
        {
            few.Add(await small.TickAsync(round));
            lots.Add(await large.TickAsync(round));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Due:N0} hosts due, CPU ms a tick: of 10,000 stored {Median(few):F1}, of {many:N0} stored {Median(lots):F1}, "
                + $"ratio {Median(lots) / Median(few):F2}"));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>A storage with pages, of which some are due in each round.</summary>
    private sealed class Stored(PageSchedule schedule, MovedClock clock)
    {
        private const int AtOnce = 25;

        public static async Task<Stored> CreateAsync(int pages)
        {
            var clock = new MovedClock { Now = Start };
            var account = new MemoryAccount(clock);
            await new TableSetup(account).CreateAsync(CancellationToken.None);
            var tables = new StoreTables(account, new NothingSetAside());
            var store = new TablePageStore(tables, HostLimits.Widest, clock);
            var hosts = new TableHostStore(tables, HostLimits.Widest, clock);
            var queues = new StorageWorkQueues(account, clock);
            await queues.CreateAsync(CancellationToken.None);
            for (var round = 0; round < Rounds; round++)
                await WatchAsync(store, round * Due, Due, Start.AddHours(round + 1));
            await WatchAsync(store, Rounds * Due, pages - (Rounds * Due), Start.AddDays(30));
            var options = Options.Create(new MonitoringOptions { Lease = TimeSpan.FromDays(1) });
            var runs = new HostRuns(hosts, queues, options, clock);
            return new Stored(new PageSchedule(store, hosts, runs, options, clock, NullLogger<PageSchedule>.Instance), clock);
        }

        /// <summary>The CPU milliseconds of one tick.</summary>
        public async Task<double> TickAsync(int round)
        {
            clock.Now = Start.AddHours(round + 1);
            GC.Collect();
            using var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            var begun = await schedule.EnqueueDueAsync(CancellationToken.None);
            process.Refresh();
            var spent = process.TotalProcessorTime - before;
            return begun == Due ? spent.TotalMilliseconds : throw new InvalidOperationException($"{begun} of {Due} were begun.");
        }

        private static async Task WatchAsync(TablePageStore store, int first, int count, DateTimeOffset dueAt)
        {
            var pages = Enumerable.Range(first, count).Select(number => Url($"https://host{number}.example/page"));
            foreach (var shard in pages.GroupBy(page => HostRowKeys.For(page).Shard))
                foreach (var some in shard.Chunk(AtOnce))
                    await store.TryWatchNewAsync(
                        new ProjectId("prj_aaaaaaaaaaaaaaaa"),
                        [.. some.Select(page => (page, LinkIdFactory.For(page, Target, TargetMatch.Page)))],
                        dueAt,
                        CancellationToken.None);
        }

        private static WebUrl Target { get; } = Url("https://example.org/");

        private static WebUrl Url(string text) => WebUrl.TryParse(text, out var url) ? url : throw new FormatException(text);
    }

    private sealed class MovedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
