using System.Globalization;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Links;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Demo;

/// <summary>Plays the script of the demo while the service runs, with a line of text for all that happens.</summary>
internal sealed class DemoPlay(
    DemoScript script, DemoWeb web, Func<Func<string, Task>, DemoWatch> watching, IHostApplicationLifetime lifetime, DemoSettings settings,
    TimeProvider time, TextWriter output) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private long _start;

    public override void Dispose()
    {
        _oneAtATime.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await StartedAsync(stoppingToken);
            _start = time.GetTimestamp();
            var watch = watching(TellAsync);
            var playing = PlayAsync(watch, stoppingToken);
            using var timer = new PeriodicTimer(Between * settings.Pace, time);
            var isTold = false;
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TurnAsync(watch.TurnAsync, stoppingToken);
                if (playing.IsFaulted)
                    await playing;
                if (isTold || !playing.IsCompletedSuccessfully || !watch.IsQuiet || watch.Alerts < script.Scenes.Count)
                    continue;
                isTold = true;
                await TellAsync("that was all. Look around for as long as you like; Ctrl+C ends the demo and removes everything");
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var waiting = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    private Task PlayAsync(DemoWatch watch, CancellationToken cancellationToken) => script.RunAsync(
        _start,
        scene => TurnAsync(
            async stop =>
            {
                var page = DemoSite.All.Single(one => one.Host == scene.Host);
                await watch.FollowAsync(page, stop);
                web.Play(scene);
                await TellAsync($"{scene.Host} {scene.Told}");
            },
            cancellationToken),
        cancellationToken);

    // The script and the checks take turns.
    private async Task TurnAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            await work(cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private Task TellAsync(string line) => output.WriteLineAsync(
        string.Create(CultureInfo.InvariantCulture, $"{time.GetElapsedTime(_start):mm\\:ss}  {line}"));
}

/// <summary>Something that happens on the made-up web.</summary>
/// <param name="At">Since the start.</param>
/// <param name="Host">The site on which it happens.</param>
/// <param name="Look">How its page looks from then on; null when its target breaks instead.</param>
/// <param name="Told">What happened and what to look out for, for a line of text.</param>
internal sealed record DemoScene(TimeSpan At, string Host, DemoLook? Look, string Told);

/// <summary>What happens when: six things in two minutes, each by itself so that it can be watched.</summary>
/// <param name="pace">By what the times are multiplied: 1 for people, less for who cannot wait. More than 0.</param>
internal sealed class DemoScript(double pace, TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(18);

    /// <summary>In order of time.</summary>
    public IReadOnlyList<DemoScene> Scenes { get; } =
    [
        .. Told().Select((scene, index) => new DemoScene((First + (Between * index)) * pace, scene.Host, scene.Look, scene.Text)),
    ];

    /// <summary>Waits for each scene and has it played; ends after the last one.</summary>
    /// <param name="start">When the script began, as <see cref="TimeProvider.GetTimestamp"/> gave it.</param>
    public async Task RunAsync(long start, Func<DemoScene, Task> play, CancellationToken cancellationToken)
    {
        foreach (var scene in Scenes)
        {
            if (scene.At - time.GetElapsedTime(start) is { Ticks: > 0 } wait)
                await Task.Delay(wait, time, cancellationToken);
            await play(scene);
        }
    }

    private static IEnumerable<(string Host, DemoLook? Look, string Text)> Told() =>
    [
        (DemoSite.Blog, DemoLook.Unlinked, "removed the link from a paid post: watch it turn to lost"),
        (DemoSite.Diary, DemoLook.Nofollow, "made its link nofollow: watch it turn to changed"),
        (DemoSite.Reviews, DemoLook.Gone, "deleted the whole page, which answers 404 now: watch it turn to lost"),
        (DemoSite.Press, DemoLook.Noindex, "told search engines not to index its page: watch it turn to changed"),
        (DemoSite.Forum, DemoLook.AsAgreed, "put back a link that was lost for more than a week: watch it turn to live"),
        (DemoSite.Directory, null, $"still links, but its target {DemoSite.Home}{DemoSite.Catalogue} broke: watch it turn to changed"),
    ];
}

/// <summary>
/// Has the pages of the demo checked every few seconds, those first on which something has just happened, and tells what came of it.
/// </summary>
/// <param name="tell">Is given a line for people.</param>
internal sealed class DemoWatch(
    ProjectId project, LinkRegistry registry, ILinkStore links, IAlertStore alerts, Func<DemoPage, LinkId> idOf, Func<string, Task> tell)
{
    private const int MaxAlerts = 100;
    private const int EveryOther = 3;

    // Long enough for somebody to see the suspicion.
    private const int TurnsInDoubt = 2;

    private readonly Dictionary<DemoPage, Followed> _followed = [];
    private readonly HashSet<string> _alerts = [];
    private int _turn;

    /// <summary>How many alerts were told of.</summary>
    public int Alerts => _alerts.Count;

    /// <summary>Whether all that happened has led to the state that it should.</summary>
    public bool IsQuiet => _followed.Count == 0;

    /// <summary>Follows a page until its link is in another state.</summary>
    public async Task FollowAsync(DemoPage page, CancellationToken cancellationToken)
    {
        if (await links.GetAsync(project, idOf(page), cancellationToken) is { } link)
            _followed[page] = new Followed(link.Status.State, link.Status.Reasons.Count, null);
    }

    /// <summary>Looks what came of the checks so far, and asks for the next ones.</summary>
    public async Task TurnAsync(CancellationToken cancellationToken)
    {
        foreach (var (page, before) in _followed.ToList())
            await LookAsync(page, before, cancellationToken);
        if (_turn++ % EveryOther == 0)
            await CheckAnotherAsync(cancellationToken);
        foreach (var alert in (await alerts.ListAsync(project, MaxAlerts, null, cancellationToken)).Items.OrderBy(one => one.CreatedAt))
            if (_alerts.Add(alert.Id))
                await tell($"alert: {alert.Subject}");
    }

    private async Task LookAsync(DemoPage page, Followed before, CancellationToken cancellationToken)
    {
        if (await links.GetAsync(project, idOf(page), cancellationToken) is not { } link)
            return;
        if (link.Status.State != before.State || link.Status.Reasons.Count != before.Reasons)
        {
            _followed.Remove(page);
            await tell(string.Create(CultureInfo.InvariantCulture, $"{page.Host} is {WireName.Of(link.Status.State)}{Why(link.Status)}"));
            return;
        }

        if (link.Status.Suspicions.Count > 0 && before.SuspectedIn is null)
        {
            _followed[page] = before with { SuspectedIn = _turn };
            await tell($"{page.Host} is suspected; the next check confirms it (in real life an hour later)");
        }
        else if (before.SuspectedIn is not { } turn || _turn - turn >= TurnsInDoubt)
        {
            await registry.CheckNowAsync(link, cancellationToken);
        }
    }

    // The target that is going to break is not fetched before: what was seen of a target stands for ten minutes.
    private async Task CheckAnotherAsync(CancellationToken cancellationToken)
    {
        var page = DemoSite.All[_turn / EveryOther % DemoSite.All.Count];
        if (page.Target != DemoSite.Catalogue && !_followed.ContainsKey(page)
            && await links.GetAsync(project, idOf(page), cancellationToken) is { } link)
            await registry.CheckNowAsync(link, cancellationToken);
    }

    private static string Why(LinkStatus status) => status.Reasons is [var reason, ..] ? $": {reason.Message}" : " again";

    /// <param name="SuspectedIn">The turn in which the change was suspected; null before.</param>
    private sealed record Followed(LinkState State, int Reasons, int? SuspectedIn);
}
