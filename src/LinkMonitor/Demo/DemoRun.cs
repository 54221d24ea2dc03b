using System.ComponentModel;
using System.Diagnostics;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Hosting;
using LinkMonitor.Hosting.Azurite;
using LinkMonitor.Hosting.Serving;
using LinkMonitor.Hosting.Standalone;
using LinkMonitor.Keys;
using LinkMonitor.Links;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Connecting;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Demo;

/// <summary>How the demo was asked to run.</summary>
internal sealed record DemoSettings
{
    public const int DefaultPort = 7072;

    /// <summary>The port of the dashboard on loopback; null for 7072 or the next one that is free.</summary>
    public int? Port { get; init; }

    /// <summary>How long after its start it ends by itself; null for never.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>Whether to open a browser where there is one.</summary>
    public bool Opens { get; init; } = true;

    /// <summary>By what the times of the script are multiplied; more than 0, 1 by default.</summary>
    public double Pace { get; init; } = 1;
}

/// <summary>
/// The whole product on made-up data: a web of its own, a storage of its own in a temporary folder, and no setting of this machine. Its
/// data is gone when it ends.
/// </summary>
internal sealed class DemoRun(DemoSettings settings, TimeProvider time, TextWriter output)
{
    private const int FirstWebPort = 8080;
    private static readonly TimeSpan Draining = TimeSpan.FromMilliseconds(300);

    /// <summary>Until how long after the start the one-time link works: for as long as somebody may leave it alone.</summary>
    private static readonly TimeSpan SignInTime = TimeSpan.FromHours(8);

    /// <returns>The exit code of the process.</returns>
    /// <exception cref="AzuriteUnavailableException">There is no storage to be had: Node.js is missing, for example.</exception>
    /// <exception cref="NoFreePortException">The port is taken.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var port = DemoPorts.Choose(settings.Port, DemoSettings.DefaultPort);
        var folder = Directory.CreateTempSubdirectory("linkmonitor-demo-").FullName;
        try
        {
            await output.WriteLineAsync(
                $"""
                LinkMonitor's demo: {DemoSite.All.Count} made-up pages that link to a made-up shop, lose their links and change them, and a
                project that watches them. It needs no keys and no settings, uses none of yours, and keeps all it writes in {folder}
                until it ends. Starting its storage and making up 90 days of history ...
                """);
            await using var web = await DemoWeb.StartAsync(DemoPorts.Choose(null, FirstWebPort), time, cancellationToken);
            await using var azurite = await new AzuriteLauncher(new AzuriteOptions { DataFolder = folder }, time, output)
                .StartAsync(cancellationToken);
            return await ServeAsync(port, folder, web, azurite, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<int> ServeAsync(
        int port, string folder, DemoWeb web, AzuriteStorage azurite, CancellationToken cancellationToken)
    {
        var builder = Builder(port, folder);
        builder.Services.AddSingleton<INameResolver>(web);
        Server.AddRooms(builder, new StorageOptions { ConnectionString = azurite.ConnectionString });
        builder.Services.AddStandaloneLoops(new LoopOptions { DrainTime = Draining, MaxPollingInterval = TimeSpan.FromMilliseconds(500) });
        builder.Services.AddSingleton(services => new DemoHistory(web, services.GetRequiredService<PageObserver>(), time));
        builder.Services.AddSingleton(services => new DemoStage(
            web, services.GetRequiredService<DemoHistory>(), services.GetRequiredService<IProjectStore>(),
            services.GetRequiredService<IPageStore>(), services.GetRequiredService<ILinkStore>(), time));
        Project? project = null;
        builder.Services.AddHostedService(services => new DemoPlay(
            new DemoScript(settings.Pace, time), web, tell => Watch(services, project!, tell),
            services.GetRequiredService<IHostApplicationLifetime>(), settings, time, output));
        await using var app = Server.Build(builder);
        if (await StorageStart.PrepareAsync(app.Services, cancellationToken) is { } problem)
            throw new InvalidOperationException(problem);
        project = await app.Services.GetRequiredService<DemoStage>().SetAsync(cancellationToken);
        web.IsSlow = true;
        var invitation = await InviteAsync(app.Services, port, project, cancellationToken);
        using var end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            Announce(invitation, folder, web);
            end.CancelAfter(settings.For ?? Timeout.InfiniteTimeSpan);
        });
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        return await app.RunToExitCodeAsync(either.Token);
    }

    /// <summary>Reads no setting of this machine: no account, no mail server and no telemetry of anybody is touched.</summary>
    private static WebApplicationBuilder Builder(int port, string folder)
    {
        var builder = Server.CreateBuilder(new ServerSettings());
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LinkMonitor:Monitoring:AllowPrivateNetworks"] = "true",
            ["LinkMonitor:Monitoring:HostPause"] = "00:00:00",
            ["LinkMonitor:Outages:ControlUrls"] = "",
            ["LinkMonitor:Alerts:GroupingDelay"] = "00:00:01",
            ["LinkMonitor:Alerts:MaxGroupingDelay"] = "00:00:02",
            ["LinkMonitor:Alerts:MaxSharedGroupingDelay"] = "00:00:02",
            ["LinkMonitor:Alerts:GroupInterval"] = "00:00:00",
            ["LinkMonitor:Mail:Files:Folder"] = Outbox(folder),
        });

        // Cookies know no ports: under localhost the sign-in would replace that of a service on this machine.
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        return builder;
    }

    private static DemoWatch Watch(IServiceProvider services, Project project, Func<string, Task> tell) => new(
        project.Id, services.GetRequiredService<LinkRegistry>(), services.GetRequiredService<ILinkStore>(),
        services.GetRequiredService<IAlertStore>(), services.GetRequiredService<DemoStage>().IdOf, tell);

    private static async Task<Invitation> InviteAsync(
        IServiceProvider services, int port, Project project, CancellationToken cancellationToken)
    {
        var (key, secret) = await services.GetRequiredService<KeyRing>().IssueAsync(
            "Demo owner", ApiKeyScope.Admin, ProjectSet.All, null, cancellationToken);
        var link = await services.GetRequiredService<SignInLinks>().IssueAsync(key.Id, SignInTime, cancellationToken)
            ?? throw new InvalidOperationException("The key that was just made is gone.");
        var home = new Uri($"http://127.0.0.1:{port}/");
        var dashboard = new Uri(home, $"app/p/{project.Id}");
        var signIn = $"{Announcement.Here(home.AbsoluteUri, link.Address)}?next={Uri.EscapeDataString(dashboard.AbsolutePath)}";
        return new Invitation(new Uri(signIn), dashboard, secret.Text);
    }

    private void Announce(Invitation invitation, string folder, DemoWeb web)
    {
        output.WriteLine(
            $"""

              open     {invitation.SignIn}   (signs you in, once)
              project  {invitation.Dashboard}
              key      {invitation.Key}   (to sign in again)
              mails    {Outbox(folder)}
              pages    http://{DemoSite.Blog}:{web.Port}/ and so on, as the dashboard links them
              stop     Ctrl+C; everything is removed

            What happens, by the clock of the demo. In real life a loss is confirmed after an hour, here after two checks in a row.

            """);
        if (settings.Opens && DemoBrowser.TryOpen(invitation.SignIn))
            output.WriteLine("Your browser opens the first address.");
    }

    private static string Outbox(string folder) => Path.Combine(folder, "outbox");

    /// <summary>How to come in.</summary>
    private sealed record Invitation(Uri SignIn, Uri Dashboard, string Key);
}

/// <summary>Finds a port on loopback.</summary>
internal static class DemoPorts
{
    private const int Tries = 100;

    /// <param name="wanted">The only one that will do; null for the first that is free.</param>
    /// <exception cref="NoFreePortException">It is taken, or all that were tried are.</exception>
    public static int Choose(int? wanted, int first)
    {
        if (wanted is { } only)
            return PortCheck.IsTaken(only) ? throw new NoFreePortException($"Port {only} is in use by another program.") : only;
        return Enumerable.Range(first, Tries).Select(port => (int?)port).FirstOrDefault(port => !PortCheck.IsTaken(port!.Value))
            ?? throw new NoFreePortException($"The ports {first} to {first + Tries - 1} are in use.");
    }
}

/// <summary>A port that is needed is taken. The message is meant for the user.</summary>
internal sealed class NoFreePortException(string message) : Exception(message);

/// <summary>The browser of whoever sits at the machine.</summary>
internal static class DemoBrowser
{
    private static readonly string[] Screens = ["DISPLAY", "WAYLAND_DISPLAY"];

    /// <returns>False where there is no screen, or nothing that opens addresses.</returns>
    public static bool TryOpen(Uri address)
    {
        if (Command(address, HasScreen()) is not { } start)
            return false;
        try
        {
            using var process = Process.Start(start);
            return process is not null;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>What opens an address on this system; null where nothing does.</summary>
    internal static ProcessStartInfo? Command(Uri address, bool hasScreen)
    {
        if (OperatingSystem.IsWindows())
            return new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true };
        if (OperatingSystem.IsMacOS())
            return new ProcessStartInfo("open", [address.AbsoluteUri]);

        // What it prints would stand among our lines.
        return hasScreen
            ? new ProcessStartInfo("xdg-open", [address.AbsoluteUri]) { RedirectStandardError = true, RedirectStandardOutput = true }
            : null;
    }

    private static bool HasScreen() => Screens.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));
}
