using System.Buffers.Text;
using System.Runtime.InteropServices;
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

        Assert.Equal(Hashes(one), Hashes(other));
    }

    /// <summary>Several pieces are hashed at once, whose hashes must be those of each by itself.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(61)]
    public void A_piece_has_one_hash_wherever_it_stands(int length)
    {
        var text = string.Concat(Enumerable.Range(0, length).Select(static i => (char)('a' + (i * i % 26))));
        using var letters = new SampledLetters(text);

        var hashes = Hashes(letters);

        Assert.Equal(length - 9, hashes.Count);
        foreach (var (at, hash) in hashes.Index())
        {
            using var alone = new SampledLetters(text[at..(at + 10)]);
            Assert.Equal([hash], Hashes(alone));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    public void A_sample_is_the_smallest_hashes_in_order_each_once(int most)
    {
        var text = string.Concat(Enumerable.Range(0, 900).Select(static i => (char)('a' + (i * 7 % 23 * i % 26)))) + new string('x', 40);
        using var letters = new SampledLetters(text);

        var sample = Base64Url.DecodeFromChars(TextSample.Of(text, most));

        Assert.Equal(Hashes(letters).Distinct().Order().Take(most), MemoryMarshal.Cast<byte, uint>(sample).ToArray());
    }

    private static List<uint> Hashes(SampledLetters letters)
    {
        List<uint> all = [];
        Span<uint> some = stackalloc uint[SampledLetters.AtOnce];
        for (var piece = 0; piece < letters.Pieces; piece += SampledLetters.AtOnce)
            all.AddRange(some[..letters.Hash(piece, some)]);
        return all;
    }
}
