using System.Buffers;
using System.Text;
using LinkMonitor.Engine.Fetching.Decoding;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Reading.Tokens;

namespace LinkMonitor.Engine.Reading.Outlines;

/// <summary>
/// A mark of all that the reading of a page rests on. Two answers with one outline have the same reading, so what was judged of one holds
/// for the other, and the tree of the second need not be built (docs/decisions/0037-scan-before-reading.md). Left out is what no reader of
/// ours looks at: ordinary comments, styles, what scripts hold besides the signs that are searched for, and attributes such as a nonce.
/// </summary>
/// <param name="Mark">All but <paramref name="Numbers"/>; the same mark means the same links, the same head and the same words.</param>
/// <param name="Numbers">The digits in the text outside links and titles: dates, times, counters.</param>
public sealed record PageOutline(string Mark, string Numbers)
{
    /// <summary>
    /// Of what is left out and how the rest is written. Anything that changes what a reading rests on, or how, takes a new number: an
    /// outline of another version says nothing.
    /// </summary>
    public const int CurrentVersion = 5;
}

/// <summary>
/// Words that are looked for anywhere in the source of a page, all in one pass that looks at one place in some six, as by S. Wu and
/// U. Manber, "A fast algorithm for multi-pattern searching" (1994). For some fifty words that takes less than half the time of
/// <see cref="SearchValues{T}"/>, which looks at every place.
/// </summary>
internal sealed class SourceMarks
{
    private const int BlockLength = 3;

    // Roughly from the most frequent in markup on; what is not here is rarer.
    private const string Frequent = " e=\"ta<>/is-nrolcdpmhu\n:gbf.;ywv1203";

    private readonly IReadOnlyList<string> _marks;

    // As long as the shortest mark. Of each mark so much is searched for, from where it is least like other markup.
    private readonly int _window;
    private readonly int[] _starts;

    // By the block that a window of the source ends with: how far the next window that may be part of a mark is, and the marks that end so.
    private readonly byte[] _steps = new byte[1 << 15];
    private readonly Dictionary<int, int[]> _ends;

    /// <param name="marks">Each of 3 to 255 characters.</param>
    public SourceMarks(IReadOnlyList<string> marks)
    {
        _marks = marks;
        _window = marks.Min(static mark => mark.Length);
        _starts = [.. marks.Select(mark => Enumerable.Range(0, mark.Length - _window + 1)
            .MaxBy(start => mark.Skip(start).Take(_window).Sum(Rarity)))];
        Array.Fill(_steps, (byte)(_window - BlockLength + 1));
        foreach (var (mark, start) in marks.Zip(_starts))
        {
            for (var end = BlockLength; end <= _window; end++)
            {
                ref var step = ref _steps[BlockAt(mark, start + end)];
                step = Math.Min(step, (byte)(_window - end));
            }
        }

        _ends = marks.Index().GroupBy(mark => BlockAt(mark.Item, _starts[mark.Index] + _window), mark => mark.Index)
            .ToDictionary(static group => group.Key, static group => group.ToArray());
    }

    /// <summary>For each mark whether it is there.</summary>
    public bool[] Find(ReadOnlySpan<char> source)
    {
        var found = new bool[_marks.Count];
        var steps = _steps.AsSpan();
        for (var last = _window - 1; (uint)last < (uint)source.Length;)
        {
            var block = Block(source[last - 2], source[last - 1], source[last]);
            int step = steps[block];
            if (step == 0)
            {
                Compare(source, last + 1 - _window, _ends[block], found);
                step = 1;
            }

            last += step;
        }

        return found;
    }

    private void Compare(ReadOnlySpan<char> source, int window, int[] marks, bool[] found)
    {
        foreach (var i in marks)
            found[i] |= window >= _starts[i] && source[(window - _starts[i])..].StartsWith(_marks[i], StringComparison.Ordinal);
    }

    private static int BlockAt(string mark, int end) => Block(mark[end - 3], mark[end - 2], mark[end - 1]);

    private static int Block(char first, char second, char third) => ((first << 10) ^ (second << 5) ^ third) & 0x7FFF;

    private static int Rarity(char letter) =>
        Frequent.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var rank ? rank : Frequent.Length;
}

/// <summary>Makes the outline of an answer, in pooled memory.</summary>
internal static class OutlineFactory
{
    /// <summary>
    /// Null for XHTML, for encodings in which a byte of ASCII may be half a character, and for markup that only a tree explains.
    /// </summary>
    /// <param name="marks">What a wall is known by; searched for in the beginning of the source.</param>
    /// <param name="searched">How much of the source is searched, in bytes.</param>
    public static PageOutline? Of(FetchedResponse response, SourceMarks marks, int searched)
    {
        var contentType = response.Headers.ContentType;
        if (XhtmlParser.Accepts(contentType))
            return null;
        var body = response.Body.Span;
        var charset = CharsetSniffer.Sniff(body, contentType, isXml: false);
        if (charset is not "utf-8" && !IsOfSingleBytes(charset))
            return null;
        using var source = CharsetSniffer.Source(body, charset);
        var found = marks.Find(source.Characters[..SearchedOf(source, charset, body, searched)]);
        string[] facts =
        [
            charset, GarbledText.Is(source.Characters) ? "garbled" : "", BinaryData.Is(body) ? "binary" : "",
            string.Concat(found.Select(static one => one ? '1' : '0')),
        ];
        source.NormalizeLineEnds();
        return Outliner.Of(source.Memory, facts);
    }

    // A mark is ASCII; where the last character is cut there is none.
    private static int SearchedOf(PageSource source, string charset, ReadOnlySpan<byte> body, int searched)
    {
        var length = source.Characters.Length;
        if (charset is not "utf-8")
            return Math.Min(searched, length);
        var bytes = CharsetSniffer.WithoutMark(body);
        return body.Length <= searched
            ? length : Math.Min(Encoding.UTF8.GetCharCount(bytes[..(searched - (body.Length - bytes.Length))]), length);
    }

    // Of the others, the second byte of a character may be that of a sign of the markup.
    private static bool IsOfSingleBytes(string charset) =>
        charset.StartsWith("windows-", StringComparison.Ordinal)
        || (charset.StartsWith("iso-8859-", StringComparison.Ordinal))
        || charset is "koi8-r" or "koi8-u" or "ibm866" or "macintosh" or "x-mac-cyrillic";
}
