using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Wording;

namespace LinkMonitor.Tests.Wording;

public sealed class ChangeKindOfTests
{
    [Theory]
    [InlineData(LinkState.Lost, "Lost", "Verloren")]
    [InlineData(LinkState.Unreachable, "Unreachable", "Nicht erreichbar")]
    [InlineData(LinkState.Changed, "Changed", "Geändert")]
    [InlineData(LinkState.NotFound, "Not found", "Nicht gefunden")]
    [InlineData(LinkState.Pending, "Not found", "Nicht gefunden")]
    [InlineData(LinkState.Live, "Recovered", "Wiederhergestellt")]
    public void A_state_has_its_word_in_each_language(LinkState state, string english, string german)
    {
        var kind = ChangeKindOf.Of(state);

        Assert.Equal(
            (english, german), (ChangeKindOf.Word(kind, Language.English), ChangeKindOf.Word(kind, Language.Of("de"))));
    }

    [Theory]
    [InlineData(ReasonCode.LinkRemoved, "not on the page", "nicht auf der Seite")]
    [InlineData(ReasonCode.MentionOnly, "only a mention", "nur eine Erwähnung")]
    [InlineData(ReasonCode.PageGone, "no such page", "keine solche Seite")]
    [InlineData(ReasonCode.DomainGone, "no such domain", "keine solche Domain")]
    public void What_was_never_there_is_neither_gone_nor_removed(ReasonCode code, string english, string german)
    {
        Assert.Equal(english, ReasonWords.Label(code, ChangeKind.NotFound, Language.English));
        Assert.Equal(german, ReasonWords.Label(code, ChangeKind.NotFound, Language.Of("de")));
        Assert.NotEqual(english, ReasonWords.Label(code, ChangeKind.Lost, Language.English));
    }

    [Fact]
    public void Every_kind_has_a_tone_of_its_own_and_the_worst_stands_first()
    {
        var tones = Enum.GetValues<ChangeKind>().Select(ChangeKindOf.ToneOf).ToList();

        Assert.Equal([Tone.Bad, Tone.Unknown, Tone.Warning, Tone.Absent, Tone.Good], tones);
    }
}
