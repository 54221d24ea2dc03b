namespace LinkMonitor.Demo;

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
        (DemoSite.Forum, DemoLook.AsAgreed, "put back a link that was lost for twelve days: watch it turn to live"),
        (DemoSite.Directory, null, $"still links, but its target {DemoSite.Home}{DemoSite.Catalogue} broke: watch it turn to changed"),
    ];
}
