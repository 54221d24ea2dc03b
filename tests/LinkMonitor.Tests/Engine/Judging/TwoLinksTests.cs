using LinkMonitor.Engine.Checking;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Judging.Absences;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Judging;

/// <summary>
/// Two links to one site on a page, of which A is watched and goes: a link that was there before is never told as what A became. In the
/// pages, <c>A</c> stands for the link to /a with the anchor "first", <c>B</c> for one to /b with "second", <c>C</c> for one to /c with
/// "third"; <c>Xy</c> is the link X with the anchor of Y, and a bar divides paragraphs.
/// </summary>
public sealed class TwoLinksTests
{
    private const string Prose =
        "We tried a dozen of these lamps over the winter, in every room of the house, and wrote down which of them were still alight when "
            + "the days grew long again. ";

    private static readonly Dictionary<char, string> Anchors =
        new() { ['A'] = "first", ['B'] = "second", ['C'] = "third", ['D'] = "fourth" };

    private static readonly Expectation WatchA = new() { Target = PageAnswer.Url("https://shop.example.com/a") };
    private static readonly Expectation WatchB = new() { Target = PageAnswer.Url("https://shop.example.com/b") };

    [Theory]
    [InlineData("See A and B.", "See B.", false, "link-removed", "")]
    [InlineData("See A and B.", "See B.", true, "link-removed", "")]
    [InlineData("See B and A.", "See B.", false, "link-removed", "")]
    [InlineData("See A and B.", "See Ba.", false, "link-removed", "")]
    [InlineData("See A and B.", "See Ba.", true, "link-removed", "")]
    [InlineData("See A. | See B.", "See B.", false, "link-removed", "")]
    [InlineData("See A. | See B.", "See B. | See nothing.", true, "link-removed", "")]
    [InlineData("See A. | See B.", "See nothing. | See B.", false, "link-removed", "")]
    [InlineData("See Ab and Ba.", "See Ba.", false, "link-removed", "")]
    [InlineData("See A and B.", "See B. | Other things to look at are C.", false, "link-removed", "")]
    [InlineData("See A and B.", "See B and B.", false, "link-removed", "")]
    [InlineData("See A and B.", "See nothing.", true, "link-removed", "")]
    [InlineData("See A and B.", "See C and B.", false, "target-changed", "c")]
    [InlineData("See A and B.", "See C and B.", true, "target-changed", "c")]
    [InlineData("See A and B.", "See Ca and B.", true, "target-changed", "c")]
    [InlineData("See A and B.", "See B. | Other things to look at are Ca.", true, "target-changed", "c")]
    [InlineData("See A.", "See C.", false, "target-changed", "c")]
    [InlineData("See A.", "See B.", true, "link-removed", "")]
    [InlineData("See A.", "See Ba.", true, "link-removed", "")]
    [InlineData("See A.", "See Ba.", false, "target-changed", "b")]
    [InlineData("See A and B.", "See A.", true, "", "")]
    [InlineData("See A and B.", "See Ab and Ba.", true, "anchor-changed", "")]
    public void Later(string before, string now, bool isBWatched, string told, string became)
    {
        var status = Apply(LinkStatus.New(PageAnswer.Time), Judge(before, LinkStatus.New(PageAnswer.Time), isBWatched, 0));
        Assert.Equal(LinkState.Live, status.State);

        var verdict = Judge(now, status, isBWatched, 1);

        Assert.Equal(told, string.Join(' ', verdict.Reasons.Select(reason => WireName.Of(reason.Code))));
        Assert.Equal(
            became.Length == 0 ? null : $"https://shop.example.com/{became}", told == "target-changed" ? verdict.Reasons[0].Found : null);
    }

    [Theory]
    [InlineData("See B.", false)]
    [InlineData("See B.", true)]
    [InlineData("See B and C.", false)]
    [InlineData("See Ba.", true)]
    [InlineData("See B. | See C.", true)]
    public void At_first_sight(string now, bool isBWatched)
    {
        var verdict = Judge(now, LinkStatus.New(PageAnswer.Time), isBWatched, 0);

        Assert.Equal([ReasonCode.LinkRemoved], verdict.Codes());
        Assert.Contains("on the page", verdict.Reasons[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("put it back", verdict.Reasons[0].Message, StringComparison.Ordinal);
        Assert.Equal(LinkState.NotFound, Apply(LinkStatus.New(PageAnswer.Time), verdict).State);
    }

    [Fact]
    public void Two_watched_links_that_go_have_a_successor_each()
    {
        var (a, b) = (Seen("See A. | Look at B.", WatchA), Seen("See A. | Look at B.", WatchB));
        var observation = Observe("See C. | Look at D.", 1);

        var set = WatchedSet.Of(observation, [(WatchA, LinkChecker.Memory(a)), (WatchB, LinkChecker.Memory(b))]);

        Assert.NotEqual(set.TakenFrom(0), set.TakenFrom(1));
        var found = new[] { JudgeAs(WatchA, a, set.TakenFrom(0)), JudgeAs(WatchB, b, set.TakenFrom(1)) };
        Assert.Equal(["https://shop.example.com/c", "https://shop.example.com/d"], found.Order());

        string? JudgeAs(Expectation expectation, LinkStatus status, IReadOnlySet<int> taken) =>
            LinkJudge.Judge(observation, expectation, LinkChecker.Memory(status) with { Taken = taken }).Reasons[0].Found;
    }

    [Fact]
    public void Of_two_watched_links_that_go_one_alone_has_the_one_new_link()
    {
        var (a, b) = (Seen("See A and B.", WatchA), Seen("See A and B.", WatchB));
        var observation = Observe("See Ca.", 1);

        var set = WatchedSet.Of(observation, [(WatchB, LinkChecker.Memory(b)), (WatchA, LinkChecker.Memory(a))]);

        Assert.Equal(
            [ReasonCode.LinkRemoved],
            LinkJudge.Judge(observation, WatchB, LinkChecker.Memory(b) with { Taken = set.TakenFrom(0) }).Codes());
        Assert.Equal(
            [ReasonCode.TargetChanged],
            LinkJudge.Judge(observation, WatchA, LinkChecker.Memory(a) with { Taken = set.TakenFrom(1) }).Codes());
    }

    private static LinkStatus Seen(string page, Expectation expectation) =>
        Apply(LinkStatus.New(PageAnswer.Time), LinkJudge.Judge(Observe(page, 0), expectation, LinkMemory.None));

    private static Verdict Judge(string page, LinkStatus status, bool isBWatched, int hour)
    {
        var (observation, memory) = (Observe(page, hour), LinkChecker.Memory(status));
        if (!isBWatched)
            return LinkJudge.Judge(observation, WatchA, memory);
        var set = WatchedSet.Of(observation, [(WatchA, memory), (WatchB, LinkMemory.None)]);
        return LinkJudge.Judge(observation, WatchA, memory with { Taken = set.TakenFrom(0) });
    }

    private static LinkStatus Apply(LinkStatus status, Verdict verdict) =>
        LinkTracker.Apply(status, verdict, ConfirmationPolicy.Default).Status;

    private static Observation Observe(string page, int hour) =>
        JudgeCase.Observe(PageAnswer.Html(Html(page)) with { StartedAt = PageAnswer.Time.AddHours(hour) });

    private static string Html(string page)
    {
        var text = string.Concat(page.Split('|').Select(part => $"<p>{Prose}{part.Trim()}</p>"));
        foreach (var (letter, own) in Anchors)
        {
            foreach (var (other, anchor) in Anchors)
                text = text.Replace($" {letter}{char.ToLowerInvariant(other)}", $" {Link(letter, anchor)}", StringComparison.Ordinal);
            text =
                text.Replace($" {letter}.", $" {Link(letter, own)}.", StringComparison.Ordinal).Replace(
                    $" {letter} ", $" {Link(letter, own)} ", StringComparison.Ordinal);
        }

        return $"<title>Lamps</title><main><article><h1>Lamps</h1><p>{Prose}{Prose}</p>{text}</article></main>";
    }

    private static string Link(char letter, string anchor) =>
        $"<a href='https://shop.example.com/{char.ToLowerInvariant(letter)}'>{anchor}</a>";
}
