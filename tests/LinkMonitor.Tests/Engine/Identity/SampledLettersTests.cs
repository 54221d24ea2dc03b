using LinkMonitor.Engine.Identity;

namespace LinkMonitor.Tests.Engine.Identity;

/// <summary>The pieces of a text that a sample is taken of.</summary>
public sealed class SampledLettersTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("a b c d e f g h i", 0)]
    [InlineData("a, b; c d e f g h i J!", 1)]
    [InlineData("abcdefghij12", 3)]
    public void There_is_one_at_every_letter_but_the_last_nine(string text, int pieces)
    {
        using var letters = new SampledLetters(text);

        Assert.Equal(pieces, letters.Pieces);
    }

    [Fact]
    public void Case_and_what_is_no_letter_make_no_difference()
    {
        using var one = new SampledLetters("Some words, and more.");
        using var other = new SampledLetters("SOME wordsand\nmore");

        Assert.Equal(Enumerable.Range(0, one.Pieces).Select(one.Hash), Enumerable.Range(0, other.Pieces).Select(other.Hash));
    }
}
