using System.Text.RegularExpressions;

namespace LinkMonitor.Wording;

/// <summary>
/// Marks what differs between two snippets, word by word and attribute by attribute: the longest common subsequence stays unmarked.
/// </summary>
internal static partial class SnippetDifference
{
    private const int MaxLength = 1_200;

    /// <param name="before">HTML as kept in evidence; null when the link was not there.</param>
    public static SnippetPair Compare(string? before, string? after)
    {
        var left = Words(before);
        var right = Words(after);
        if (left.Count == 0 || right.Count == 0)
            return new SnippetPair(Plain(left), Plain(right));
        var lengths = CommonLengths(left, right);
        List<SnippetPiece> leftPieces = [], rightPieces = [];
        int i = 0, j = 0;
        while (i < left.Count && j < right.Count)
        {
            if (left[i] == right[j])
            {
                Add(leftPieces, left[i++], false);
                Add(rightPieces, right[j++], false);
            }
            else if (lengths[i + 1, j] >= lengths[i, j + 1])
                Add(leftPieces, left[i++], true);
            else
                Add(rightPieces, right[j++], true);
        }

        for (; i < left.Count; i++)
            Add(leftPieces, left[i], true);
        for (; j < right.Count; j++)
            Add(rightPieces, right[j], true);
        return new SnippetPair(leftPieces, rightPieces);
    }

    private static int[,] CommonLengths(List<string> left, List<string> right)
    {
        var lengths = new int[left.Count + 1, right.Count + 1];
        for (var i = left.Count - 1; i >= 0; i--)
            for (var j = right.Count - 1; j >= 0; j--)
                lengths[i, j] = left[i] == right[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        return lengths;
    }

    private static List<string> Words(string? html) =>
        html is null ? [] : [.. Word().Matches(WebText.Cut(html, MaxLength)).Select(match => match.Value)];

    private static List<SnippetPiece> Plain(List<string> words) => words.Count == 0 ? [] : [new SnippetPiece(string.Concat(words), false)];

    private static void Add(List<SnippetPiece> pieces, string word, bool isMarked)
    {
        if (pieces.Count > 0 && pieces[^1].IsMarked == isMarked)
            pieces[^1] = pieces[^1] with { Text = pieces[^1].Text + word };
        else
            pieces.Add(new SnippetPiece(word, isMarked));
    }

    // A whole attribute, the opening of a tag, a word, white space, or any one character.
    [GeneratedRegex(
        """[ ][\p{L}\p{N}_:-]+="[^"]*"|</?[a-z0-9]+|[\p{L}\p{N}_-]+|[ ]+|.""", RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex Word();
}

/// <summary>The link's HTML before and after; a side without the link is empty.</summary>
internal sealed record SnippetPair(IReadOnlyList<SnippetPiece> Before, IReadOnlyList<SnippetPiece> After)
{
    /// <summary>Whether both sides have the same HTML.</summary>
    public bool IsSame => Before.Count > 0 && After.Count > 0 && !IsMarked;

    public bool IsMarked => Before.Concat(After).Any(piece => piece.IsMarked);
}

/// <summary>A piece of an HTML snippet, and whether only this side has it.</summary>
internal sealed record SnippetPiece(string Text, bool IsMarked);
