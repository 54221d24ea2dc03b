using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using LinkMonitor.Hosting.Azurite;

namespace LinkMonitor.Bench;

/// <summary>
/// What a start costs until <c>/health</c> answers, beside a minimal API that is published with the same settings: CPU of the process, in
/// turns. The storage is an Azurite that runs already and has all tables.
/// </summary>
internal static class StartTimes
{
    private const double Wanted = 1.5;
    private const string Product = "src/LinkMonitor/LinkMonitor.csproj";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // What decides how a process starts. The peer gets what the product's project says.
    private static readonly string[] Settings =
    [
        "PublishReadyToRun", "TieredPGO", "TieredCompilation", "ConcurrentGarbageCollection", "ServerGarbageCollection",
        "InvariantTimezone", "UseSystemResourceKeys", "AutoreleasePoolSupport", "EventSourceSupport",
        "InvariantGlobalization", "EnableRequestDelegateGenerator",
    ];

    /// <param name="rounds">How often each is started, after once that does not count.</param>
    public static async Task RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("linkmonitor-start-").FullName;
        try
        {
            await PublishAsync(Product, Path.Combine(folder, "product"));
            await PublishAsync(await WritePeerAsync(Path.Combine(folder, "source")), Path.Combine(folder, "peer"));
            var options = new AzuriteOptions { DataFolder = Path.Combine(folder, "data"), UsualPorts = null };
            var azurite = new AzuriteLauncher(options, TimeProvider.System, TextWriter.Null);
            await using var storage = await azurite.StartAsync(CancellationToken.None);
            await CompareAsync(rounds, folder, storage.ConnectionString);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CompareAsync(int rounds, string folder, string storage)
    {
        List<Start> product = [], peer = [];
        for (var round = 0; round <= rounds; round++)
        {
            peer.Add(await StartAsync(Path.Combine(folder, "peer", "minimal"), folder, storage));
            product.Add(await StartAsync(Path.Combine(folder, "product", "linkmonitor"), folder, storage));
        }

        Console.WriteLine($"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, .NET {Environment.Version}; "
            + $"until /health answers, {rounds} starts each in turns; CPU seconds");
        Console.WriteLine($"{"",-14}{"all",8}{"from",8}{"to",8}{"user",8}{"wall",8}");
        var (of, beside) = (Print("linkmonitor", product[1..]), Print("minimal API", peer[1..]));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"ratio {of / beside:F2} (wanted: at most {Wanted})"));
    }

    /// <returns>The median.</returns>
    private static double Print(string name, List<Start> starts)
    {
        var all = Median(starts, start => start.Total);
        var (least, most) = (starts.Min(start => start.Total.TotalSeconds), starts.Max(start => start.Total.TotalSeconds));
        var (user, wall) = (Median(starts, start => start.User), Median(starts, start => start.Wall));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-14}{all,8:F2}{least,8:F2}{most,8:F2}{user,8:F2}{wall,8:F2}"));
        return all;
    }

    private static double Median(List<Start> starts, Func<Start, TimeSpan> value) =>
        starts.Select(start => value(start).TotalSeconds).Order().ElementAt(starts.Count / 2);

    private static async Task<Start> StartAsync(string program, string folder, string storage)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_URLS"] = address;
        start.Environment["LinkMonitor__Storage"] = storage;
        var began = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        try
        {
            using var client = Pages.PlainClient.New();
            while (!await AnswersAsync(client, address))
            {
                if (process.HasExited || TimeProvider.System.GetElapsedTime(began) > Patience)
                    throw new InvalidOperationException($"{program} did not start.");
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
            }

            process.Refresh();
            return new Start(
                process.TotalProcessorTime, process.UserProcessorTime, TimeProvider.System.GetElapsedTime(began));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient client, string address)
    {
        try
        {
            using var answer = await client.GetAsync($"{address}/health");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task PublishAsync(string project, string folder)
    {
        string[] arguments = ["publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--no-self-contained"];
        await DotnetAsync([.. arguments, "-o", folder, "-p:RunAnalyzers=false", "-v", "q", "-nologo"]);
    }

    private static async Task<string> WritePeerAsync(string folder)
    {
        string[] arguments = ["msbuild", Product, "-p:Configuration=Release"];
        var told = await DotnetAsync(
            [.. arguments, $"-p:RuntimeIdentifier={RuntimeInformation.RuntimeIdentifier}", $"-getProperty:{string.Join(',', Settings)}"]);
        var settings = JsonElement.Parse(told).GetProperty("Properties").EnumerateObject()
            .Where(setting => setting.Value.GetString() is { Length: > 0 })
            .Select(setting => $"<{setting.Name}>{setting.Value.GetString()}</{setting.Name}>");
        Directory.CreateDirectory(folder);
        var project = Path.Combine(folder, "minimal.csproj");
        await File.WriteAllTextAsync(project, $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                {string.Join("\n    ", settings)}
              </PropertyGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), """
            var app = WebApplication.CreateSlimBuilder(args).Build();
            app.MapGet("/health", () => "ok");
            app.Run();
            """);
        return project;
    }

    private static async Task<string> DotnetAsync(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"dotnet {arguments[0]} failed:\n{output}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <param name="Total">CPU of the process, with what the system did for it.</param>
    /// <param name="User">CPU of the process's own code.</param>
    private sealed record Start(TimeSpan Total, TimeSpan User, TimeSpan Wall);
}
