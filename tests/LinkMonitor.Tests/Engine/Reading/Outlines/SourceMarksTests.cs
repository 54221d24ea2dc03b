using LinkMonitor.Engine.Judging.Walls;
using LinkMonitor.Engine.Reading.Outlines;

namespace LinkMonitor.Tests.Engine.Reading.Outlines;

/// <summary>What is found in one pass is what a search for each word by itself finds.</summary>
public sealed class SourceMarksTests
{
    private static readonly string[] Walls =
        [.. WallMarkTable.All.Where(mark => mark.Place is WallPlace.Body).Select(mark => mark.Value)];

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("abc")]
    [InlineData("xxabc")]
    [InlineData("abcabd")]
    [InlineData("ababdab")]
    [InlineData("an abcd and a bcdx")]
    public void Short_words_are_found_at_both_ends_and_in_each_other(string source) =>
        Compare(["abc", "abd", "bcd", "abcd", "cabd"], source);

    [Fact]
    public void Every_mark_of_a_wall_is_found_alone_and_none_beside_it()
    {
        var marks = new SourceMarks(Walls);

        foreach (var wall in Walls)
            Compare(marks, Walls, wall);
    }

    /// <summary>Pieces of marks in any order, so that nearly all of a mark is there, and marks overlap.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Pieces_of_marks_are_told_from_marks(int seed)
    {
        var random = new Random(seed);
        var marks = new SourceMarks(Walls);

        for (var round = 0; round < 2_000; round++)
            Compare(marks, Walls, string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => Piece(random))));
    }

    private static string Piece(Random random)
    {
        var wall = Walls[random.Next(Walls.Length)];
        var start = random.Next(2) == 0 ? 0 : random.Next(wall.Length);
        var end = random.Next(2) == 0 ? wall.Length : random.Next(start, wall.Length + 1);
        return wall[start..end];
    }

    private static void Compare(string[] words, string source) => Compare(new SourceMarks(words), words, source);

    private static void Compare(SourceMarks marks, string[] words, string source) =>
        Assert.Equal(words.Select(word => source.Contains(word, StringComparison.Ordinal)), marks.Find(source));
}
