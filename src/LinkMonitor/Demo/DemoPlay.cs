using System.Globalization;

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
