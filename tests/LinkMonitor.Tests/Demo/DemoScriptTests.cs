using LinkMonitor.Demo;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Demo;

public sealed class DemoScriptTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Everything_happens_within_two_minutes_and_each_thing_by_itself()
    {
        var scenes = new DemoScript(1, _clock).Scenes;

        Assert.Equal(6, scenes.Count);
        Assert.InRange(scenes[0].At, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15));
        Assert.All(
            scenes.Zip(scenes.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromSeconds(15), pair.Second.Told));
        Assert.True(scenes[^1].At < TimeSpan.FromSeconds(110));
        Assert.Equal(scenes.Count, scenes.Select(scene => scene.Host).Distinct().Count());
        Assert.All(scenes, scene => Assert.Single(DemoSite.All, page => page.Host == scene.Host));
    }

    [Fact]
    public void Every_scene_changes_something_and_one_is_a_recovery()
    {
        var scenes = new DemoScript(1, _clock).Scenes.Where(scene => scene.Look is not null).ToList();

        Assert.All(scenes, scene => Assert.NotEqual(DemoSite.All.Single(page => page.Host == scene.Host).LookOn(0), scene.Look));
        Assert.Single(scenes, scene => scene.Look == DemoLook.AsAgreed);
    }

    [Fact]
    public void A_scene_says_of_the_past_only_what_the_list_of_changes_shows_too()
    {
        var back = new DemoScript(1, _clock).Scenes.Single(scene => scene.Look == DemoLook.AsAgreed);
        var lostFor = DemoSite.All.Single(page => page.Host == back.Host).Past[0].DaysAgo;

        // It is confirmed a day or two after it was seen first, at an hour of its own.
        Assert.Contains("more than a week", back.Told, StringComparison.Ordinal);
        Assert.True(lostFor - 3 > 7);
    }

    [Fact]
    public async Task Scenes_are_played_at_their_times_by_the_clock_and_not_before()
    {
        var script = new DemoScript(0.5, _clock);
        List<(TimeSpan At, string Host)> played = [];
        var start = _clock.GetTimestamp();
        var running = script.RunAsync(
            start,
            scene =>
            {
                played.Add((_clock.GetElapsedTime(start), scene.Host));
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);

        foreach (var scene in script.Scenes)
        {
            await _clock.WaitForTimersAsync(1, TestContext.Current.CancellationToken);
            Assert.DoesNotContain(played, one => one.Host == scene.Host);
            _clock.Advance(scene.At - _clock.GetElapsedTime(start));
        }

        await running;
        Assert.Equal(script.Scenes.Select(scene => (scene.At, scene.Host)), played);
        Assert.Equal(TimeSpan.FromSeconds(6), played[0].At);
    }

    [Fact]
    public void A_page_looks_as_the_latest_of_its_past_said()
    {
        var page = DemoSite.All.Single(one => one.Host == DemoSite.Diary);

        Assert.Equal(
            [DemoLook.AsAgreed, DemoLook.Nofollow, DemoLook.Nofollow, DemoLook.AsAgreed, DemoLook.AsAgreed],
            new[] { 42, 41, 37, 36, 0 }.Select(page.LookOn));
    }
}
