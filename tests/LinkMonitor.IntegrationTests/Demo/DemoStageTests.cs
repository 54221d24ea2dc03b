using LinkMonitor.Demo;
using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.IntegrationTests.Support;
using LinkMonitor.Links;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Cases;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.IntegrationTests.Demo;

/// <summary>The made-up past of the demo (<see cref="DemoHistory"/>), and what comes of its scenes (<see cref="DemoWatch"/>).</summary>
public sealed class DemoStageTests : IAsyncLifetime
{
    private DemoWeb _web = null!;
    private Product _product = null!;
    private DemoStage _stage = null!;
    private Project _project = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _web = await DemoWeb.StartAsync(0, TimeProvider.System, Token);
        _product = await Product.StartAsync(ProductSettings.InMemory() with { Names = _web }, Token);
        var history = new DemoHistory(_web, _product.Get<PageObserver>(), _product.Clock);
        _stage = new DemoStage(
            _web, history, _product.Get<IProjectStore>(), _product.Get<IPageStore>(), _product.Get<ILinkStore>(), _product.Clock);
        _project = await _stage.SetAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _product.DisposeAsync();
        await _web.DisposeAsync();
    }

    [Fact]
    public async Task The_past_is_in_marks_states_and_changes_and_none_of_it_is_told_again()
    {
        var lost = await LinkAsync("oldpartner.localhost");
        var live = await LinkAsync(DemoSite.Blog);
        var walled = await LinkAsync("premiummag.localhost");

        Assert.Equal((LinkState.Lost, LinkState.Live, LinkState.Live), (lost.Status.State, live.Status.State, walled.Status.State));
        Assert.Equal(CheckOutcome.Blocked, walled.Status.LastOutcome);
        var yesterday = DayLogEntry.Day(_product.Clock.GetUtcNow()).AddDays(-1);
        Assert.Equal(
            [DayMark.AsAgreed, DayMark.AsAgreed, DayMark.Lost],
            new[] { live.Status.Days[yesterday.AddDays(-80)], lost.Status.Days[yesterday.AddDays(-80)], lost.Status.Days[yesterday] });
        Assert.All(await LinksAsync(), link => Assert.True(link.Status.LastCheckedAt <= _product.Clock.GetUtcNow()));
        Assert.Contains(await ChangesAsync(), change => change.LinkId == lost.Id && change.Transition.After.Status == 404);
        Assert.Empty(await _product.Get<ILinkStore>().ReadOutboxKeysAsync(_project.Id, Token));
        var opened = (await _product.Get<ICaseStore>().FindAllAsync(_project.Id, [lost.CaseId!], Token))[lost.CaseId!];
        Assert.Equal((lost.Id, true, LinkState.Lost), (opened.LinkId, opened.IsOpen, opened.State));
        Assert.True(opened.OpenedAt < _product.Clock.GetUtcNow().AddDays(-30));
        await _product.RoundAsync(Token);
        Assert.Empty((await _product.Get<IAlertStore>().ListAsync(_project.Id, 10, null, Token)).Items);
    }

    [Theory]
    [InlineData(DemoSite.Blog, "is lost", "alert: Lost:")]
    [InlineData(DemoSite.Diary, "is changed", "alert: Changed:")]
    [InlineData(DemoSite.Reviews, "is lost", "alert: Lost:")]
    [InlineData(DemoSite.Press, "is changed", "alert: Changed:")]
    [InlineData(DemoSite.Forum, "is live", "alert: ")]
    [InlineData(DemoSite.Directory, "is changed", "alert: Changed:")]
    public async Task Every_scene_of_the_script_comes_to_the_state_it_promises_and_to_an_alert(string host, string state, string alert)
    {
        List<string> told = [];
        var watch = new DemoWatch(
            _project.Id, _product.Get<LinkRegistry>(), _product.Get<ILinkStore>(), _product.Get<IAlertStore>(), _stage.IdOf,
            line =>
            {
                told.Add(line);
                return Task.CompletedTask;
            });
        await watch.FollowAsync(PageOf(host), Token);
        _web.Play(new DemoScript(1, _product.Clock).Scenes.Single(scene => scene.Host == host));

        for (var turn = 0; turn < 8; turn++)
        {
            await watch.TurnAsync(Token);
            await _product.RoundAfterAsync(TimeSpan.FromSeconds(2), Token);
        }

        Assert.True(watch.IsQuiet);
        Assert.Contains(told, line => line.StartsWith($"{host} {state}", StringComparison.Ordinal));
        Assert.StartsWith(alert, told[^1], StringComparison.Ordinal);
        Assert.Equal(1, watch.Alerts);
    }

    private static DemoPage PageOf(string host) => DemoSite.All.Single(page => page.Host == host);

    private async Task<WatchedLink> LinkAsync(string host) =>
        (await _product.Get<ILinkStore>().GetAsync(_project.Id, _stage.IdOf(PageOf(host)), Token))!;

    private async Task<IReadOnlyList<WatchedLink>> LinksAsync() =>
        (await _product.Get<ILinkStore>().ListAsync(_project.Id, LinkFilter.None, 100, null, Token)).Items;

    private async Task<IReadOnlyList<LinkChange>> ChangesAsync() =>
        (await _product.Get<ILinkStore>().ListChangesAsync(_project.Id, null, 100, null, Token)).Items;
}
