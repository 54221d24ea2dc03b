using System.Diagnostics;
using System.Globalization;
using LinkMonitor.Alerts.Composing;
using LinkMonitor.Alerts.Sending;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Bench;

/// <summary>
/// How far the memory of the process grows while a digest is gathered and composed: from the rows of the tables to the mail.
/// </summary>
internal static class DigestMemory
{
    private const double MiB = 1024 * 1024;
    private const double MostMiB = 150;
    private static readonly int[] Sizes = [1_000, 10_000, 100_000];
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync()
    {
        // Code is compiled and the runtime has its own memory before the first measure.
        await ComposeAsync(100);
        var before = Peak();
        double? first = null;
        Console.WriteLine(
            $"{"links",8} {"changes",8} {"mail",9} {"peak growth",12} {"ratio",7}   "
            + "(peak working set over that before the first; ratio to 1,000 links)");
        foreach (var size in Sizes)
        {
            var bytes = await ComposeAsync(size);
            var growth = (Peak() - before) / MiB;
            first ??= Math.Max(growth, 1);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{size,8:N0} {size / 2,8:N0} {bytes / 1024,5} KiB {growth,8:F1} MiB {growth / first,7:F2}"));
            if (growth > MostMiB)
                Environment.ExitCode = 1;
        }
    }

    private static async Task<int> ComposeAsync(int size)
    {
        var project = new Project { Id = ProjectId.New(), Name = "Bench", CreatedAt = Noon };
        var channel = new Channel
        {
            ProjectId = project.Id,
            Id = new ChannelId("chn_bench"),
            Kind = ChannelKind.Email,
            Address = "owner@example.org",
            Digest = new DigestSchedule(DayOfWeek.Monday, new TimeOnly(8, 0)),
            CreatedAt = Noon,
        };
        var alert = new Alert
        {
            Id = "alr_bench",
            ProjectId = project.Id,
            Kind = AlertKind.Digest,
            Content = new AlertContent { ChannelId = channel.Id.Value, From = Noon.AddDays(-7), To = Noon },
            CreatedAt = Noon,
            Subject = "Digest",
            Deliveries = [],
            LeasedUntil = Noon,
        };
        var run = new DeliveryRun(
            project,
            new Dictionary<string, Channel> { [channel.Id.Value] = channel },
            new RunBudget(TimeProvider.System, TimeSpan.FromHours(1)),
            new PausedRoutes(TimeProvider.System));
        var links = new TableLinkStore(
            new StoreTables(new GeneratedLinks(project.Id, size, size / 2), new NothingSetAside()), new LinkWrites());
        var matter = await new DigestFactsReader(links, TimeProvider.System).GatherAsync(
            run, project, alert, channel, CancellationToken.None);
        return AlertComposer.Compose(matter, PublicLinks.None).Html.Length;
    }

    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
