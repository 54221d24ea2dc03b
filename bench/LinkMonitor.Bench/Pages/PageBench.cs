using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace LinkMonitor.Bench.Pages;

/// <summary>Runs all ways in turns, several rounds, each in a process of its own, and prints medians, spread and ratios.</summary>
internal static class PageBench
{
    private const int Pages = 1_000;
    private const int AtATime = 8;
    private const double Mebi = 1024 * 1024;

    private static readonly (string Name, string Way, string Root, int Passes)[] Ways =
    [
        ("fetch", "fetch", "p", 3),
        ("AngleSharp loop", "loop", "p", 3),
        ("first checks", "first", "p", 3),
        ("LinkMonitor", "check", "p", 3),
        ("LinkMonitor, noise", "check", "noise", 3),
    ];

    public static async Task RunAsync(int rounds)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        using var web = Start("pages-web", url);
        await WaitAsync(url);
        try
        {
            Console.WriteLine($"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, .NET {Environment.Version}; "
                + $"{Pages} pages, {AtATime} at a time, {rounds} rounds in turns; CPU seconds of the whole process");
            await CompareAsync(url, rounds);
            await MeasureMemoryAsync(url);
        }
        finally
        {
            web.Kill();
        }
    }

    private static async Task CompareAsync(string url, int rounds)
    {
        var passes = Ways.ToDictionary(way => way.Name, way => Enumerable.Range(0, way.Passes).Select(_ => new List<Pass>()).ToArray());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var way in Ways)
            {
                var measured = await MeasureAsync(way.Way, $"{url}/{way.Root}/", Pages, AtATime, way.Passes);
                for (var pass = 0; pass < way.Passes; pass++)
                    passes[way.Name][pass].Add(measured[pass]);
            }
        }

        var fetch = Median(passes["fetch"][^1]);
        Console.WriteLine($"{"",-34}{"median",8}{"from",8}{"to",8}{"of loop",9}{"of fetch",9}{"KB/page",9}{"odd",5}");
        foreach (var way in Ways)
        {
            for (var pass = 0; pass < way.Passes; pass++)
            {
                var all = passes[way.Name][pass];
                var name = way.Passes > 1 ? $"{way.Name}, pass {pass + 1}" : way.Name;
                var (median, least, most) = (Median(all), all.Min(one => one.Cpu), all.Max(one => one.Cpu));
                // Of the loop's pass that has as much behind it.
                var loop = Median(passes["AngleSharp loop"][pass]);
                var (perPage, odd) = (all.Min(one => one.Bytes) / 1024.0 / Pages, all.Max(one => one.Odd));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name,-34}{median,8:F2}{least,8:F2}{most,8:F2}{median / loop,9:F2}{median / fetch,9:F2}{perPage,9:F1}{odd,5}"));
            }
        }
    }

    private static async Task MeasureMemoryAsync(string url)
    {
        var many = await MeasureAsync("check", $"{url}/p/", Pages, 64, 2);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"64 pages at a time: peak {many[^1].Peak / Mebi:F0} MiB, {many[0].Odd} given up"));
        foreach (var name in HostilePages.Names)
        {
            var eight = await MeasureAsync("check", $"{url}/hostile/{name}?", 8, 8, 1);
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"hostile, eight at a time, {name}: peak {eight[0].Peak / Mebi:F0} MiB"));
        }
    }

    private static async Task<Pass[]> MeasureAsync(string way, string root, int pages, int atATime, int passes)
    {
        using var child = Start("pages-run", way, root, Text(pages), Text(atATime), Text(passes));
        var lines = (await child.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await child.WaitForExitAsync();
        if (child.ExitCode != 0 || lines.Length != passes)
            throw new InvalidOperationException($"{way} {root} ended with {child.ExitCode}.");
        return [.. lines.Select(Pass.Read)];
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true };
        // What is ours runs as it is published (src/LinkMonitor/LinkMonitor.csproj), the others as anybody would run them.
        if (arguments is ["pages-run", "first" or "check", ..])
            start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start)!;
    }

    private static async Task WaitAsync(string url)
    {
        using var client = PlainClient.New();
        for (var tries = 0; tries < 100; tries++)
        {
            try
            {
                await client.GetByteArrayAsync($"{url}/p/0");
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
            }
        }

        throw new InvalidOperationException("The web of pages did not start.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static double Median(IEnumerable<Pass> passes)
    {
        var sorted = passes.Select(pass => pass.Cpu).Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Pass(double Cpu, long Bytes, int Odd, long Peak)
    {
        public static Pass Read(string line)
        {
            var parts = line.Split(' ').Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
            return new Pass(parts[0] / 1000.0, parts[1], (int)parts[2], parts[3]);
        }
    }
}
