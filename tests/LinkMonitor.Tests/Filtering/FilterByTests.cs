using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Filtering;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Filtering;

/// <summary>What each key means: whether a link with one known value in every field matches.</summary>
public sealed class FilterByTests
{
    // It is the 22nd in Tokyo already, and the 21st in UTC.
    private static readonly FilterMoment Moment = new(
        new DateTimeOffset(2026, 11, 21, 20, 0, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"));

    private static readonly LinkFacts Full = LinkFacts.Of(Link(
        "https://www.blog.example.net/Post?a=b", link => link with
        {
            Expectation = link.Expectation with { Anchor = Expected<string>.Exactly("Grün & süß") },
            Type = "press",
            Tags = ["Agency", "spring sale"],
            Note = "x",
            Muted = true,
            MutedUntil = Moment.Now.AddHours(1),
            Answer = new HumanAnswer
            {
                Says = AnswerKind.Seen,
                By = new Author("k", "Anna"),
                At = Moment.Now.AddHours(-1),
                Until = Moment.Now.AddDays(30),
            },
            Terms = new Terms
            {
                Vendor = "Acme  Media",
                Cost = 249.5m,
                Currency = "EUR",
                Start = new DateOnly(2026, 11, 1),
                End = new DateOnly(2026, 12, 2),
            },
            Status = link.Status with
            {
                State = LinkState.Changed,
                Since = Moment.Now.AddDays(-7),
                Reasons = [StorageSamples.Reason(ReasonCode.RelChanged)],
                LastCheckedAt = Moment.Now.AddHours(-2),
                LastSeenAt = Moment.Now.AddDays(-3),
                LastEvidence = StorageSamples.Evidence(Moment.Now) with { Outcome = CheckOutcome.Blocked },
                LastSeenEvidence = StorageSamples.Evidence(Moment.Now) with
                {
                    Anchor = "best links",
                    Rel = ["noopener", "sponsored", "nofollow"],
                },
            },
        }));

    private static readonly LinkFacts Empty = LinkFacts.Of(Link("https://example.net/", link => link));

    [Theory]
    [InlineData("state:changed", true)]
    [InlineData("state:live,changed", true)]
    [InlineData("state:live", false)]
    [InlineData("-state:live", true)]
    [InlineData("reason:rel-changed", true)]
    [InlineData("reason:soft-404", false)]
    [InlineData("observation:blocked", true)]
    [InlineData("observation:unseen", true)]
    [InlineData("observation:seen", false)]
    [InlineData("host:blog.example.net", true)]
    [InlineData("host:www.blog.example.net", true)]
    [InlineData("host:example.net", false)]
    [InlineData("host:*.example.net", true)]
    [InlineData("host:*.blog.example.net", true)]
    [InlineData("host:*.log.example.net", false)]
    [InlineData("host:b*.net", true)]
    [InlineData("host:*", true)]
    [InlineData("page:/POST?A", true)]
    [InlineData("page:/past", false)]
    [InlineData("target:example.org", true)]
    [InlineData("target:blog", false)]
    [InlineData("anchor:BEST", true)]
    [InlineData("anchor:grün", false)]
    [InlineData("rel:sponsored", true)]
    [InlineData("rel:ugc", false)]
    [InlineData("rel:follow", false)]
    [InlineData("type:Press", true)]
    [InlineData("type:forum,press", true)]
    [InlineData("-type:press", false)]
    [InlineData("tag:AGENCY", true)]
    [InlineData("tag:agen", false)]
    [InlineData("tag:\"spring sale\" tag:agency", true)]
    [InlineData("-tag:agency", false)]
    [InlineData("vendor:\"acme media\"", true)]
    [InlineData("vendor:acme", false)]
    [InlineData("cost:249.50", true)]
    [InlineData("cost:>249", true)]
    [InlineData("cost:<=249", false)]
    [InlineData("cost:>100 cost:<200", false)]
    [InlineData("currency:eur", true)]
    [InlineData("currency:USD", false)]
    [InlineData("ends:10d", true)]
    [InlineData("ends:<10d", false)]
    [InlineData("ends:<=10d", true)]
    [InlineData("ends:>1w", true)]
    [InlineData("ends:2026-12-02", true)]
    [InlineData("ends:<2026-12-02", false)]
    [InlineData("ended:<1y", false)]
    [InlineData("started:21d", true)]
    [InlineData("starts:<1y", false)]
    [InlineData("starts:<2026-12-02", true)]
    [InlineData("since:<7d", false)]
    [InlineData("since:<=7d", true)]
    [InlineData("since:>6d", true)]
    [InlineData("since:2026-11-15", true)]
    [InlineData("since:2026-11-14", false)]
    [InlineData("since:<2026-11-15", false)]
    [InlineData("since:>=2026-11-15", true)]
    [InlineData("since:>2026-11-15", false)]
    [InlineData("seen:<4d", true)]
    [InlineData("seen:>72h", false)]
    [InlineData("checked:<3h", true)]
    [InlineData("added:<1y", true)]
    [InlineData("muted:yes", true)]
    [InlineData("is:muted", true)]
    [InlineData("-is:muted", false)]
    [InlineData("is:answered", true)]
    [InlineData("is:suspected", false)]
    [InlineData("muted:no", false)]
    [InlineData("grün", true)]
    [InlineData("\"BEST links\"", true)]
    [InlineData("example.org", true)]
    [InlineData("nowhere", false)]
    [InlineData("-nowhere grün", true)]
    public void A_full_link_is_told_by_each_key(string line, bool matches) => Assert.Equal(matches, Matches(line, Full));

    [Theory]
    [InlineData("rel:follow")]
    [InlineData("seen:>1d")]
    [InlineData("seen:<1d")]
    [InlineData("ends:<1y")]
    [InlineData("cost:<=0")]
    [InlineData("vendor:x")]
    [InlineData("checked:<2026-12-31")]
    [InlineData("observation:unseen")]
    public void A_link_without_a_value_matches_no_comparison_with_it(string line)
    {
        Assert.False(Matches(line, Empty));
        Assert.True(Matches($"-{line}", Empty));
    }

    public static TheoryData<string> Names => [.. FilterBy.Has.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_blank_is_told_from_a_value(string name)
    {
        Assert.True(Matches($"has:{name}", Full) || name == "suspicion");
        Assert.False(Matches($"has:{name}", Empty));
        Assert.True(Matches($"-has:{name}", Empty));
    }

    [Fact]
    public void Each_key_has_an_example_that_is_read_and_a_sentence() => Assert.All(FilterBy.All, key =>
    {
        Assert.Empty(FilterParser.Read(key.Example).Problems);
        Assert.EndsWith(".", key.Meaning, StringComparison.Ordinal);
        Assert.Same(key, FilterBy.Find(key.Name.ToUpperInvariant()));
    });

    [Fact]
    public void A_past_day_is_ended_from_the_day_after_on()
    {
        var today = LinkFacts.Of(Link("https://example.net/", link => link with { Terms = new() { End = new DateOnly(2026, 11, 22) } }));
        var past = LinkFacts.Of(Link("https://example.net/", link => link with { Terms = new() { End = new DateOnly(2026, 11, 21) } }));

        Assert.True(Matches("ends:<30d", today));
        Assert.False(Matches("ended:<30d", today));
        Assert.False(Matches("ends:<30d", past));
        Assert.True(Matches("ended:<30d", past));
    }

    private static bool Matches(string line, LinkFacts facts) => FilterParser.Read(line).Line!.ToPredicate(Moment)(facts);

    private static WatchedLink Link(string page, Func<WatchedLink, WatchedLink> edit) =>
        edit(StorageSamples.Link(new ProjectId("prj_a"), page));
}
