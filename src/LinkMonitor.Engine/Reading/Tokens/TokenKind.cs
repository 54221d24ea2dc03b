namespace LinkMonitor.Engine.Reading.Tokens;

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
