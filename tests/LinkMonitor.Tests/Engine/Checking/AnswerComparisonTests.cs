using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Explaining;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Pacing;
using LinkMonitor.Engine.Robots;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Testing;
using LinkMonitor.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace LinkMonitor.Tests.Engine.Checking;

/// <summary>
/// A page that comes again is read only when something has changed that its reading rests on, by what <see cref="LastFetchFactory"/> kept.
/// Its site says nothing of changes here.
/// </summary>
public sealed class AnswerComparisonTests : IAsyncLifetime
{
    private const string Page = "<title>Post</title><!-- {0} --><p>At {1}: <a href=http://shop.example.com/x rel=nofollow>lamps 1</a>.";

    private readonly PageFetcher _fetcher = new(Web.Loopback, new MapResolver().Add("a.example", "127.0.0.1"), TimeProvider.System);
    private LocalWeb _web = null!;
    private PageObserver _pages = null!;
    private string _html = Noisy("x", "07:31");
    private (string Name, string Value)? _header;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _web = await LocalWeb.StartAsync(Stop);
        _web.Map("/post", context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            if (_header is var (name, value))
                context.Response.Headers.Append(name, value);
            return context.Response.WriteAsync(_html, context.RequestAborted);
        });
        var pacer = new HostPacer(new HostPacing { Pause = TimeSpan.Zero }, TimeProvider.System);
        _pages = new PageObserver(_fetcher, pacer, new RobotsCache(_fetcher, pacer, TimeProvider.System));
    }

    public async ValueTask DisposeAsync()
    {
        _fetcher.Dispose();
        await _web.DisposeAsync();
    }

    [Fact]
    public async Task The_same_body_is_not_read_again()
    {
        var first = await FirstAsync();

        var again = await AskAsync(first);

        Assert.Equal((UnchangedBy.Comparison, true), (again.By, again.UnchangedAt > first.SeenAt));
        Assert.Equal((first.SeenAt, 1, null), (again.LastFetch!.SeenAt, again.LastFetch.Confirmations, again.LastFetch.Scan!.Outline));
    }

    [Fact]
    public async Task A_page_with_noise_is_read_twice_and_then_only_when_something_else_changes()
    {
        var first = await FirstAsync();
        _html = Noisy("y", "07:32");
        var second = (await AskAsync(first)).Observations!.LastFetch!;
        _html = Noisy("z", "08:59");

        var third = await AskAsync(second);
        var withMissingLinks = await AskAsync(second, ignoresNumbers: false);

        Assert.NotNull(second.Scan!.Outline);
        Assert.Equal((second.SeenAt, UnchangedBy.Comparison), (third.LastFetch!.SeenAt, third.By));
        Assert.NotEqual(second.Body, third.LastFetch.Body);
        Assert.NotNull(withMissingLinks.Observations);
        _html = _html.Replace("nofollow", "ugc", StringComparison.Ordinal);
        Assert.NotNull((await AskAsync(third.LastFetch)).Observations);
    }

    [Theory]
    [InlineData("X-Robots-Tag", "noindex")]
    [InlineData("Link", "</other>; rel=canonical")]
    [InlineData("Refresh", "0; url=/other")]
    [InlineData("Set-Cookie", "seen=1")]
    [InlineData("cf-mitigated", "challenge")]
    public async Task A_header_that_a_verdict_may_rest_on_is_enough_to_read_it(string name, string value)
    {
        var first = await FirstAsync();
        _header = (name, value);

        Assert.NotNull((await AskAsync(first)).Observations);
    }

    [Fact]
    public async Task What_another_version_kept_and_what_was_forgotten_says_nothing()
    {
        var first = await FirstAsync();
        var other = first with { Scan = first.Scan! with { Version = first.Scan.Version + 1 } };

        Assert.NotNull((await AskAsync(other)).Observations);
        Assert.Equal((true, false, false), (first.MayHold, other.MayHold, first.ToBeReadInFull().MayHold));
    }

    private static string Noisy(string comment, string time) =>
        Page.Replace("{0}", comment, StringComparison.Ordinal).Replace("{1}", time, StringComparison.Ordinal);

    private async Task<LastFetch> FirstAsync()
    {
        var first = (await _pages.CheckAsync(Url, obeyRobots: true, Stop)).LastFetch;
        Assert.Equal((null, null), (first!.Validators, first.Scan!.Outline));
        return first;
    }

    private Task<ConditionalFetch> AskAsync(LastFetch known, bool ignoresNumbers = true) =>
        _pages.RecheckAsync(Url, obeyRobots: true, known, ignoresNumbers, Stop);

    private WebUrl Url => PageAnswer.Url(_web.Url("a.example", "/post"));
}
