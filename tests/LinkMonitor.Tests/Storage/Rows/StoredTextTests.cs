using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Testing;

namespace LinkMonitor.Tests.Storage.Rows;

public sealed class StoredTextTests
{
    private static readonly string Huge = new('x', 100_000);

    // Each character becomes six in JSON.
    private static readonly string HugeEscaped = new('\u0001', 100_000);

    [Fact]
    public void A_text_within_the_limit_stays_as_it_is() => Assert.Equal("abc", StoredText.Cut("abc", 3));

    [Fact]
    public void A_cut_text_says_so() => Assert.Equal("ab…", StoredText.Cut("abcd", 3));

    [Fact]
    public void A_pair_of_surrogates_is_not_torn() => Assert.Equal("a…", StoredText.Cut("a🎉bcd", 3));

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public void Evidence_of_any_size_fits_a_column(int items)
    {
        foreach (var text in new[] { Huge, HugeEscaped })
        {
            var json = EvidenceFit.Write(HugeEvidence(text, items));

            Assert.InRange(json.Length, 1, 32 * 1024);
        }
    }

    // One for every reason code there is.
    [Theory]
    [InlineData(1)]
    [InlineData(26)]
    public void Reasons_and_suspicions_of_any_size_fit_a_column(int count)
    {
        foreach (var text in new[] { Huge, HugeEscaped })
        {
            var reason = new Reason { Code = ReasonCode.AnchorChanged, Message = text, Expected = text, Found = text };
            var suspicion = new Suspicion
            {
                Towards = LinkState.Changed,
                Reason = reason,
                FirstSeen = StorageSamples.Noon,
                LastSeen = StorageSamples.Noon,
                Observations = 1,
            };

            Assert.InRange(EvidenceFit.Write([.. Enumerable.Repeat(reason, count)]).Length, 1, 32 * 1024);
            Assert.InRange(EvidenceFit.Write([.. Enumerable.Repeat(suspicion, count)]).Length, 1, 32 * 1024);
        }
    }

    [Fact]
    public void What_is_compared_later_is_stored_whole_up_to_the_published_length()
    {
        var found = new string('é', StoredText.MaxLength);

        var json = EvidenceFit.Write([new Reason { Code = ReasonCode.AnchorChanged, Message = "m", Found = found }]);

        Assert.Contains(found, json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_redirect_keeps_the_beginning_of_its_url()
    {
        var url = StorageSamples.Url("https://blog.example.net/" + Huge);
        var evidence = StorageSamples.Evidence(StorageSamples.Noon) with { Redirects = [new Redirect(url, 302)] };

        var json = EvidenceFit.Write(evidence);

        Assert.Contains("\"url\":\"https://blog.example.net/xxx", json, StringComparison.Ordinal);
    }

    private static Evidence HugeEvidence(string text, int items) => StorageSamples.Evidence(StorageSamples.Noon) with
    {
        Detail = text,
        FinalUrl = text,
        Redirects = [.. Enumerable.Repeat(new Redirect(StorageSamples.Url("https://blog.example.net/" + Huge), 302), items)],
        Title = text,
        Canonical = text,
        Robots = new() { Reasons = [.. Enumerable.Repeat(text, items)] },
        LinkUrl = text,
        Rel = [.. Enumerable.Repeat(text, items)],
        Anchor = text,
        Snippet = text,
    };
}
