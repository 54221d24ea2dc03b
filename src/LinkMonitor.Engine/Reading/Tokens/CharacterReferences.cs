using System.Buffers;
using System.Text;
using AngleSharp.Html;

namespace LinkMonitor.Engine.Reading.Tokens;

/// <summary>
/// Reads the character references in a piece of a page: https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state. The
/// table of names is AngleSharp's.
/// </summary>
internal static class CharacterReferences
{
    // As long as the longest name of the table, without its semicolon.
    private const int LongestName = 31;

    // As long as the longest name that may do without one.
    private const int LongestOld = 6;

    private const int LastCharacter = 0x10FFFF;

    // What the numbers of windows-1252 mean, which many pages write for characters; zero for those that mean nothing else.
    private const string Windows1252 =
        "\u20AC\0\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\0\u017D\0"
        + "\0\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\0\u017E\u0178";

    /// <summary>The text with its references read.</summary>
    /// <param name="isAttribute">
    /// In an attribute, an old name without a semicolon is none before a letter, a digit or an equals sign: it is part of a query.
    /// </param>
    public static string Read(ReadOnlySpan<char> source, bool isAttribute)
    {
        var amp = source.IndexOf('&');
        if (amp < 0)
            return source.ToString();
        var output = new StringBuilder(source.Length);
        while (amp >= 0)
        {
            output.Append(source[..amp]);
            source = source[amp..];
            var length = ReadOne(source, isAttribute, output);
            if (length == 0)
                output.Append('&');
            source = source[Math.Max(length, 1)..];
            amp = source.IndexOf('&');
        }

        return output.Append(source).ToString();
    }

    /// <returns>How long the reference is; 0 when there is none.</returns>
    private static int ReadOne(ReadOnlySpan<char> source, bool isAttribute, StringBuilder output)
    {
        if (source.Length < 2)
            return 0;
        if (source[1] == '#')
            return ReadNumber(source, output);
        var run = 1;
        while (run < source.Length && run <= LongestName + 1 && char.IsAsciiLetterOrDigit(source[run]))
            run++;
        if (run == 1)
            return 0;
        if (run < source.Length && source[run] == ';' && Symbol(source[1..(run + 1)]) is { } named)
        {
            output.Append(named);
            return run + 1;
        }

        for (var end = Math.Min(run, LongestOld + 1); end > 2; end--)
        {
            if (Symbol(source[1..end]) is not { } old)
                continue;
            var isPartOfQuery = isAttribute && end < source.Length && (source[end] == '=' || char.IsAsciiLetterOrDigit(source[end]));
            if (isPartOfQuery)
                return 0;
            output.Append(old);
            return end;
        }

        return 0;
    }

    private static string? Symbol(ReadOnlySpan<char> name) => name switch
    {
        "amp;" or "amp" => "&",
        "nbsp;" => "\u00A0",
        "quot;" => "\"",
        "lt;" => "<",
        "gt;" => ">",
        _ => HtmlEntityProvider.Resolver.GetSymbol(name.ToString()),
    };

    private static int ReadNumber(ReadOnlySpan<char> source, StringBuilder output)
    {
        var isHex = source.Length > 2 && source[2] is 'x' or 'X';
        var start = isHex ? 3 : 2;
        var at = start;
        var number = 0;
        while (at < source.Length && (isHex ? char.IsAsciiHexDigit(source[at]) : char.IsAsciiDigit(source[at])))
        {
            // Past the last character it grows no more: what it is then no longer matters.
            if (number <= LastCharacter)
                number = (number * (isHex ? 16 : 10)) + Digit(source[at]);
            at++;
        }

        if (at == start)
            return 0;
        output.Append(Character(number));
        return at < source.Length && source[at] == ';' ? at + 1 : at;
    }

    private static int Digit(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    private static string Character(int number)
    {
        if (number is 0 or > LastCharacter or (>= 0xD800 and <= 0xDFFF))
            return "\uFFFD";
        if (number is >= 0x80 and <= 0x9F && Windows1252[number - 0x80] is not '\0' and var meant)
            return meant.ToString();
        return char.ConvertFromUtf32(number);
    }
}

/// <summary>Line ends as the standard has them: https://infra.spec.whatwg.org/#normalize-newlines</summary>
internal static class LineEnds
{
    /// <summary>In place.</summary>
    /// <returns>How much is left of it.</returns>
    public static int Normalize(Span<char> text)
    {
        var first = text.IndexOf('\r');
        if (first < 0)
            return text.Length;
        var to = first;
        for (var from = first; from < text.Length;)
        {
            if (text[from] == '\r')
            {
                text[to++] = '\n';
                from += from + 1 < text.Length && text[from + 1] == '\n' ? 2 : 1;
                continue;
            }

            var length = text[from..].IndexOf('\r');
            length = length < 0 ? text.Length - from : length;
            text.Slice(from, length).CopyTo(text[to..]);
            (from, to) = (from + length, to + length);
        }

        return to;
    }
}

/// <summary>
/// The characters of a page, in pooled memory: a page of 190 KB would otherwise be a large object, which the collector clears and gathers
/// apart. Whoever reads on after the memory was given back gets an exception, never the text of another page. One that nobody gives back
/// is the collector's.
/// </summary>
internal sealed class PageSource : MemoryManager<char>
{
    private char[]? _characters;
    private int _length;

    private PageSource(int most) => _characters = ArrayPool<char>.Shared.Rent(Math.Max(most, 1));

    /// <exception cref="ObjectDisposedException">The memory was given back.</exception>
    public ReadOnlySpan<char> Characters => GetSpan();

    public override Memory<char> Memory => CreateMemory(_length);

    public static PageSource Of(string text)
    {
        var source = new PageSource(text.Length) { _length = text.Length };
        text.CopyTo(source._characters);
        return source;
    }

    /// <param name="decoder">Makes at most as many characters of some bytes as it says itself.</param>
    public static PageSource Of(ReadOnlySpan<byte> bytes, Encoding decoder)
    {
        var source = new PageSource(decoder.GetMaxCharCount(bytes.Length));
        source._length = decoder.GetChars(bytes, source._characters);
        return source;
    }

    /// <summary>Normalises its line ends. Only before somebody has a part of it.</summary>
    public void NormalizeLineEnds() => _length = LineEnds.Normalize(_characters.AsSpan(0, _length));

    public override Span<char> GetSpan() => _characters is null ? throw Gone() : _characters.AsSpan(0, _length);

    /// <summary>Not for native code.</summary>
    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException("The source of a page is not pinned.");

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _characters, null) is { } characters)
            ArrayPool<char>.Shared.Return(characters);
    }

    private static ObjectDisposedException Gone() =>
        new(nameof(PageSource), "The page's source was given back: nothing of its tree may be asked for any more.");
}
