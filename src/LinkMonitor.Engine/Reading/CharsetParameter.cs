namespace LinkMonitor.Engine.Reading;

/// <summary>Finds a charset in the text of a Content-Type, in a header and in a <c>meta</c> element.</summary>
internal static class CharsetParameter
{
    private const string Charset = "charset";
    private static readonly char[] Spaces = ['\t', '\n', '\f', '\r', ' '];

    /// <summary>The encoding's name; null when there is no charset parameter, or its label is unknown. Of several the first counts.</summary>
    public static string? InHeader(string? contentType)
    {
        if (contentType is null)
            return null;
        foreach (var part in contentType.Split(';').Skip(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && part[..equals].TrimStart().Equals(Charset, StringComparison.OrdinalIgnoreCase))
                return EncodingLabels.NameOf(part[(equals + 1)..].Trim().Trim('"', '\''));
        }

        return null;
    }

    /// <summary>
    /// The encoding's name by the algorithm of
    /// https://html.spec.whatwg.org/multipage/urls-and-fetching.html#extracting-character-encodings-from-meta-elements; null when there is none.
    /// </summary>
    public static string? InMetaContent(string content)
    {
        // By places, not by what is left: a page may say "charset" a million times.
        var from = 0;
        while (content.IndexOf(Charset, from, StringComparison.OrdinalIgnoreCase) is >= 0 and var found)
        {
            from = found + Charset.Length;
            var equals = PastSpaces(content, from);
            if (equals < content.Length && content[equals] == '=')
                return EncodingLabels.NameOf(Label(content[PastSpaces(content, equals + 1)..]));
        }

        return null;
    }

    private static int PastSpaces(string text, int from)
    {
        while (from < text.Length && Spaces.Contains(text[from]))
            from++;
        return from;
    }

    private static string? Label(string value)
    {
        if (value is ['"' or '\'', ..])
            return value.IndexOf(value[0], 1) is > 0 and var end ? value[1..end] : null;
        var stop = value.IndexOfAny([.. Spaces, ';']);
        return stop < 0 ? value : value[..stop];
    }
}
