using System.Diagnostics;
using System.Globalization;
using AngleSharp.Html.Parser;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Bench.Pages;

/// <summary>
/// One way to do the work, in a process of its own: what is measured is the process, all of its CPU time and its peak working set. Prints
/// a line for each pass: CPU milliseconds, bytes allocated, results that were not as they should be, and the peak of the process so far.
/// </summary>
internal static class PageRun
{
    /// <param name="way">
    /// <c>fetch</c>, <c>loop</c>, <c>first</c> (every pass is a first check) or <c>check</c>, which asks again in its later passes.
    /// </param>
    public static async Task RunAsync(string way, string root, int pages, int atATime, int passes)
    {
        var known = new LastFetch?[pages];
        using var client = PlainClient.New();
        using var fetcher = new PageFetcher(new FetchOptions { AllowPrivateNetworks = true }, null, TimeProvider.System);
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.Zero, PerHost = atATime }, TimeProvider.System);
        var observer = new PageObserver(fetcher, pacer, new RobotsCache(fetcher, pacer, TimeProvider.System));
        var parser = new HtmlParser();
        for (var pass = 0; pass < passes; pass++)
        {
            var (cpu, bytes, odd) = (Cpu(), GC.GetTotalAllocatedBytes(), 0);
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = atATime };
            await Parallel.ForEachAsync(Enumerable.Range(0, pages), parallel, async (number, stop) =>
            {
                var isFine = way switch
                {
                    "fetch" => (await client.GetByteArrayAsync($"{root}{number}", stop)).Length > 0,
                    "loop" => await LoopAsync(client, parser, $"{root}{number}", Target(number), stop),
                    _ => await CheckAsync(observer, known, root, number, way is not "first", stop),
                };
                if (!isFine)
                    Interlocked.Increment(ref odd);
            });
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(Cpu() - cpu).TotalMilliseconds:F0} {GC.GetTotalAllocatedBytes() - bytes} {odd} {Peak()}"));
        }
    }

    private static string Target(int number) => $"https://shop.example.com/lamps/{number}";

    private static async Task<bool> LoopAsync(HttpClient client, HtmlParser parser, string page, string target, CancellationToken stop)
    {
        await using var stream = await client.GetStreamAsync(page, stop);
        using var document = await parser.ParseDocumentAsync(stream, stop);
        return document.QuerySelectorAll("a[href]").Any(link => link.GetAttribute("href") == target);
    }

    private static async Task<bool> CheckAsync(
        PageObserver observer, LastFetch?[] known, string root, int number, bool again, CancellationToken stop)
    {
        if (!WebUrl.TryParse($"{root}{number}", out var page) || !WebUrl.TryParse(Target(number), out var target))
            return false;
        PageObservations? seen;
        if (again && known[number] is { MayHold: true } last)
        {
            var recheck = await observer.RecheckAsync(page, true, last, ignoresNumbers: true, stop);
            known[number] = recheck.LastFetch ?? recheck.Observations?.LastFetch;
            if (recheck.UnchangedAt is not null)
                return true;
            seen = recheck.Observations;
        }
        else
            seen = await observer.CheckAsync(page, obeyRobots: true, stop);
        known[number] = seen!.LastFetch;
        var isHostile = root.Contains("hostile", StringComparison.Ordinal);
        var state = isHostile ? VerdictState.Live : LinkJudge.Judge(seen.Seen, new Expectation { Target = target }, LinkMemory.None).State;
        seen.Seen.Reading?.Release();
        return state is VerdictState.Live;
    }

    private static TimeSpan Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}

/// <summary>What one would write without us, and is measured beside us.</summary>
internal static class PlainClient
{
#pragma warning disable RS0030 // It asks this machine only.
    public static HttpClient New() => new() { MaxResponseContentBufferSize = int.MaxValue };
#pragma warning restore RS0030
}
