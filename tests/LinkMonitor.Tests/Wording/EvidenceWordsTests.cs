using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Wording;

namespace LinkMonitor.Tests.Wording;

public sealed class EvidenceWordsTests
{
    private static readonly Language German = Language.Of("de");

    [Fact]
    public void Every_placement_and_kind_of_link_has_words_in_both_languages()
    {
        foreach (var say in new[] { Language.English, German })
        {
            Assert.All(Enum.GetValues<LinkKind>(), kind => Assert.NotEmpty(EvidenceWords.Of(kind, say)));
            Assert.All(Enum.GetValues<Placement>(), place => Assert.NotEmpty(EvidenceWords.Of(place, say)));
            Assert.StartsWith("in ", EvidenceWords.In(Placement.Main, Language.English), StringComparison.Ordinal);
        }

        Assert.Equal(
            Enum.GetValues<Placement>().Length,
            Enum.GetValues<Placement>().Select(place => EvidenceWords.In(place, German)).Distinct().Count());
    }

    [Theory]
    [InlineData(ReasonCode.PlacementChanged, "footer", "Fußbereich")]
    [InlineData(ReasonCode.PlacementChanged, "elsewhere", "elsewhere")]
    [InlineData(ReasonCode.TargetBroken, "no-such-name", "Domain gibt es nicht")]
    [InlineData(ReasonCode.TargetBroken, "404", "404")]
    [InlineData(ReasonCode.GoogleDisallowed, "Googlebot allowed", "Googlebot erlaubt")]
    [InlineData(ReasonCode.AnchorChanged, "footer", "footer")]
    public void A_value_of_ours_is_translated_and_one_of_the_web_stays(ReasonCode code, string value, string expected) =>
        Assert.Equal(expected, EvidenceWords.Value(code, value, German));

    [Theory]
    [InlineData(ReasonCode.MentionOnly, "the page's text", "only the URL (the page's text)")]
    [InlineData(ReasonCode.Soft404, "title", "an error text (title)")]
    [InlineData(ReasonCode.Soft404, "home page", "home page")]
    [InlineData(ReasonCode.RelChanged, "nofollow", "nofollow")]
    public void What_was_found_somewhere_says_what_it_is(ReasonCode code, string value, string expected) =>
        Assert.Equal(expected, EvidenceWords.Found(code, value, Language.English));
}
