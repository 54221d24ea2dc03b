namespace LinkMonitor.Engine.Reading.Tokens;

/// <content>Text that is no markup: https://html.spec.whatwg.org/multipage/parsing.html#rcdata-state and those behind it.</content>
internal sealed partial class Tokenizer
{
    private const string Script = "script";

    /// <summary>Reads up to the end tag, which is read next; false when that stands here.</summary>
    private bool ReadRawText(ReadOnlySpan<char> source)
    {
        var start = Position;
        var kind = _raw;
        var end = kind switch
        {
            TextKind.Plain => source.Length,
            TextKind.Script => EndOfScript(source, start),
            _ => EndOfRaw(source, start, _rawName),
        };
        if (kind is not TextKind.Plain)
            _raw = TextKind.None;
        Position = end;
        if (end == start)
            return false;
        TextFrom(start, end, kind);
        return true;
    }

    private static int EndOfRaw(ReadOnlySpan<char> source, int from, string name)
    {
        for (var at = from; at < source.Length; at++)
        {
            var next = source[at..].IndexOf("</");
            if (next < 0)
                break;
            at += next;
            if (IsNamed(source, at + 2, name))
                return at;
        }

        return source.Length;
    }

    private static bool IsNamed(ReadOnlySpan<char> source, int at, string name)
    {
        var end = at + name.Length;
        return end < source.Length
            && source[at..end].Equals(name, StringComparison.OrdinalIgnoreCase)
            && source[end] is '>' or ' ' or '\n' or '\t' or '\f' or '/';
    }

    // The dashes that begin a comment may be those that end it.
    private static int EndOfScript(ReadOnlySpan<char> source, int from)
    {
        var escape = Escape.None;
        for (var at = from; at < source.Length; at++)
        {
            var next = escape is Escape.None ? source[at..].IndexOf('<') : source[at..].IndexOfAny('<', '-');
            if (next < 0)
                break;
            at += next;
            if (source[at] == '-')
            {
                if (source[at..].StartsWith("-->"))
                    escape = Escape.None;
                continue;
            }

            if (escape is not Escape.Twice && at + 1 < source.Length && source[at + 1] == '/' && IsNamed(source, at + 2, Script))
                return at;
            if (escape is Escape.None && source[at..].StartsWith("<!--"))
            {
                escape = Escape.Once;
                at++;
            }
            else if (escape is Escape.Once && IsNamed(source, at + 1, Script))
                escape = Escape.Twice;
            else if (escape is Escape.Twice && at + 1 < source.Length && source[at + 1] == '/' && IsNamed(source, at + 2, Script))
                escape = Escape.Once;
        }

        return source.Length;
    }

    private enum Escape
    {
        None,
        Once,
        Twice,
    }
}
