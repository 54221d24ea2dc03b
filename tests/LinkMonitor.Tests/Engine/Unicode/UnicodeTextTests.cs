using System.Text;
using LinkMonitor.Engine.Unicode;

namespace LinkMonitor.Tests.Engine.Unicode;

public sealed class UnicodeTextTests
{
    [Fact]
    public void Every_sequence_of_units_can_be_composed_and_is_valid_then()
    {
        foreach (var text in HostileText.Some(5_000))
        {
            var composed = UnicodeText.Compose(text);
            Assert.Null(UnicodeText.FirstNoncharacter(composed));
            Assert.Equal(composed, UnicodeText.Compose(composed));
        }
    }

    [Fact]
    public void Every_code_point_can_be_composed()
    {
        for (var codePoint = 0; codePoint <= 0xFFFF; codePoint++)
            UnicodeText.Compose($"a{(char)codePoint}b");
        for (var codePoint = 0x10000; codePoint <= 0x10FFFF; codePoint++)
            UnicodeText.Compose(new Rune(codePoint).ToString());
    }

    [Theory]
    [InlineData("cafe\u0301", "caf\u00E9")]
    [InlineData("a\uFFFEb", "a\uFFFDb")]
    [InlineData("a\U0001FFFEb", "a\uFFFDb")]
    [InlineData("\uE000\u0378", "\uE000\u0378")]
    public void Text_is_composed_and_what_is_no_character_replaced(string text, string expected) =>
        Assert.Equal(expected, UnicodeText.Compose(text));

    // Not as data of the tests above: attributes cannot hold half a pair.
    [Fact]
    public void Half_a_pair_is_no_character()
    {
        Assert.Equal("a\uFFFDb", UnicodeText.Compose("a\uD800b"));
        Assert.Equal("\uFFFD\uFFFD", UnicodeText.Compose("\uDC00\uD800"));
        Assert.Equal("U+D83D", UnicodeText.FirstNoncharacter("ab\uD83D"));
    }

    [Fact]
    public void Marks_without_end_are_put_in_order_in_short_runs_only()
    {
        var text = "a" + new string('\u0301', 50_000) + new string('\u0327', 50_000);

        var composed = UnicodeText.Compose(text);

        // Were it one run, every mark of the second kind would have to go before all of the first.
        Assert.Equal("\u00E1" + new string('\u0301', 29), composed[..30]);
        Assert.EndsWith(new string('\u0327', 30), composed, StringComparison.Ordinal);
        Assert.Equal(text.Length - 1, composed.Length);
    }

    [Theory]
    [InlineData("ab\uFFFEc", "U+FFFE")]
    [InlineData("\U0010FFFF", "U+10FFFF")]
    [InlineData("\uFDD0", "U+FDD0")]
    [InlineData("\uE000\u0378\uFFFD\U0001F600", null)]
    public void First_noncharacter_is_named(string text, string? expected) => Assert.Equal(expected, UnicodeText.FirstNoncharacter(text));

    [Fact]
    public void Name_that_is_none_is_null()
    {
        foreach (var text in HostileText.Some(2_000))
        {
            IdnName.ToAscii(text, isHost: false);
            IdnName.ToAscii(text, isHost: true);
        }
    }
}
