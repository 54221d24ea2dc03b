namespace LinkMonitor.Engine.Reading.Tokens;

/// <summary>The attributes of one tag, the first of each name. Names are compared without case, as HTML does for ASCII.</summary>
internal sealed class AttributeList
{
    /// <summary>The most that are kept of one tag.</summary>
    public const int Most = 200_000;

    private const int Few = 16;

    private AttributeRange[] _all = new AttributeRange[Few];
    private HashSet<string>? _seen;
    private int _count;

    /// <summary>Whether there were more than <see cref="Most"/>.</summary>
    public bool IsFull { get; private set; }

    public ReadOnlySpan<AttributeRange> All => _all.AsSpan(0, _count);

    public void Clear()
    {
        _count = 0;
        _seen?.Clear();
    }

    public void Add(ReadOnlySpan<char> source, AttributeRange attribute)
    {
        if (IsFull || IsKnown(source, attribute.Name(source)))
            return;
        IsFull = _count == Most;
        if (IsFull)
            return;
        if (_count == _all.Length)
            Array.Resize(ref _all, _count * 2);
        _all[_count++] = attribute;
    }

    private bool IsKnown(ReadOnlySpan<char> source, ReadOnlySpan<char> name)
    {
        if (_count < Few)
            return Find(source, name);
        _seen ??= [];
        if (_seen.Count == 0)
        {
            foreach (var attribute in All)
                _seen.Add(AsciiCase.Lower(attribute.Name(source)));
        }

        return !_seen.Add(AsciiCase.Lower(name));
    }

    private bool Find(ReadOnlySpan<char> source, ReadOnlySpan<char> name)
    {
        foreach (var attribute in All)
        {
            if (AsciiCase.AreEqual(attribute.Name(source), name))
                return true;
        }

        return false;
    }
}

/// <summary>Compares as HTML does: capitals of ASCII are their small letters, and no other letter has a case.</summary>
internal static class AsciiCase
{
    public static string Lower(ReadOnlySpan<char> text) => string.Create(text.Length, text, static (lower, text) =>
    {
        for (var i = 0; i < text.Length; i++)
            lower[i] = Lower(text[i]);
    });

    public static char Lower(char c) => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;

    public static bool AreEqual(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (one.Length != other.Length)
            return false;
        for (var i = 0; i < one.Length; i++)
        {
            if (one[i] != other[i] && Lower(one[i]) != Lower(other[i]))
                return false;
        }

        return true;
    }
}

/// <summary>What a <see cref="Tokenizer"/> has read.</summary>
internal enum TokenKind
{
    EndOfFile,
    Text,
    StartTag,
    EndTag,
    Comment,
    Doctype,
}

/// <summary>How a text is read.</summary>
internal enum TextKind
{
    /// <summary>As markup, with references.</summary>
    None,

    /// <summary>With references, without markup: title and textarea.</summary>
    Escapable,

    /// <summary>Neither: style and what browsers skip.</summary>
    Raw,

    /// <summary>A script, in which a comment may hide an end tag.</summary>
    Script,

    /// <summary>All that is left.</summary>
    Plain,

    /// <summary>A CDATA section.</summary>
    CData,
}

/// <summary>Where an attribute stands in the source: its name and its value, without quotes.</summary>
internal readonly record struct AttributeRange(int NameStart, int NameEnd, int Start, int End)
{
    public int Length => End - Start;

    public ReadOnlySpan<char> Name(ReadOnlySpan<char> source) => source[NameStart..NameEnd];

    public ReadOnlySpan<char> Value(ReadOnlySpan<char> source) => source[Start..End];
}
