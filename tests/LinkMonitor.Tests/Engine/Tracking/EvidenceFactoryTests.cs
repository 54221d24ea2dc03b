using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Tests.Engine.Tracking;

public sealed class EvidenceFactoryTests
{
    [Fact]
    public void Evidence_tells_the_page_and_the_deciding_link()
    {
        var robots = new RobotsDirectives { Index = false, Reasons = ["meta robots: noindex"] };
        var verdict = (Finding.Changed(Finding.Nofollow) with { Robots = robots, AnchorText = "Shop" }).At(TrackingDriver.Start);

        var evidence = EvidenceFactory.From(verdict);

        Assert.Equal(TrackingDriver.Start, evidence.CheckedAt);
        Assert.Equal(200, evidence.Status);
        Assert.Equal("https://blog.example/post", evidence.FinalUrl);
        Assert.Equal("A post", evidence.Title);
        Assert.False(evidence.Robots!.Index);
        Assert.Equal(["meta robots: noindex"], evidence.Robots.Reasons);
        Assert.Equal(1, evidence.Occurrences);
        Assert.Equal("https://shop.example/", evidence.LinkUrl);
        Assert.Equal(["nofollow"], evidence.Rel!);
        Assert.False(evidence.Follow);
        Assert.Equal("Shop", evidence.Anchor);
        Assert.Equal(Placement.Main, evidence.Placement);
        Assert.Contains("<a href", evidence.Snippet, StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_without_a_link_says_nothing_of_one()
    {
        var evidence = EvidenceFactory.From(Finding.PageGone.At(TrackingDriver.Start));

        Assert.Equal(404, evidence.Status);
        Assert.Equal(0, evidence.Occurrences);
        Assert.Null(evidence.LinkUrl);
        Assert.Null(evidence.Rel);
        Assert.Null(evidence.Follow);
        Assert.Null(evidence.Anchor);
        Assert.Null(evidence.Snippet);
        Assert.Null(evidence.Robots);
    }

    [Fact]
    public void Hostile_lengths_are_cut_and_marked()
    {
        var many = Enumerable.Repeat(new string('r', 5_000), 3_000).ToList();
        var huge = Finding.Live with
        {
            AnchorText = string.Concat(Enumerable.Repeat("😀", 50_000)),
            Robots = new RobotsDirectives { Reasons = many },
        };
        var plain = huge.At(TrackingDriver.Start);
        var redirect = new Redirect(Finding.Url("https://blog.example/" + new string('a', 9_000)), 301);
        var verdict = plain with { Observation = plain.Observation with { Redirects = [redirect] } };

        var evidence = EvidenceFactory.From(verdict);

        Assert.InRange(evidence.Anchor!.Length, EvidenceFactory.LongestText - 1, EvidenceFactory.LongestText);
        Assert.EndsWith("😀…", evidence.Anchor, StringComparison.Ordinal);
        Assert.Equal(EvidenceFactory.LongestSnippet, evidence.Snippet!.Length, 1.0);
        Assert.Equal(EvidenceFactory.MostEntries + 1, evidence.Robots!.Reasons.Count);
        Assert.All(evidence.Robots.Reasons, reason => Assert.InRange(reason.Length, 1, EvidenceFactory.LongestEntry));
        var step = Assert.Single(evidence.Redirects);
        Assert.Equal(301, step.Status);
        Assert.Equal(EvidenceFactory.LongestRedirect, step.Url.Href.Length);
    }

    [Fact]
    public void A_baseline_is_what_the_link_and_its_page_were()
    {
        var robots = new RobotsDirectives { Index = false, Follow = false };
        var verdict = (Finding.Changed(Finding.Sponsored) with { Robots = robots }).At(TrackingDriver.Start);

        var baseline = BaselineFactory.From(verdict);

        var expected = new Baseline
        {
            Rel = RelQualifiers.Sponsored,
            Anchor = "Shop",
            Placement = Placement.Main,
            Hidden = false,
            Indexable = false,
            PageNofollow = true,
            SeenAt = TrackingDriver.Start,
        };
        Assert.Equal(expected, baseline);
    }

    [Fact]
    public void There_is_no_baseline_without_a_link() => Assert.Null(BaselineFactory.From(Finding.Removed.At(TrackingDriver.Start)));
}
