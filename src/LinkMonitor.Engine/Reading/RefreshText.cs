namespace LinkMonitor.Engine.Reading;

/// <summary>
/// Reads the content of a meta refresh or a Refresh header.
/// Source: https://html.spec.whatwg.org/multipage/semantics.html#shared-declarative-refresh-steps
/// </summary>
internal static class RefreshText
{
    private const int MaxDigits = 9;

    /// <summary>The seconds and the URL as written, null for a page that loads itself again; null when the text is invalid.</summary>
    public static (int Seconds, string? Url)? Parse(string? text)
    {
        var rest = (text ?? "").TrimStart();
        var digits = rest.TakeWhile(char.IsAsciiDigit).Count();
        if (digits > MaxDigits || (digits == 0 && !rest.StartsWith('.')))
            return null;

        var seconds = digits == 0 ? 0 : int.Parse(rest.AsSpan(0, digits), System.Globalization.CultureInfo.InvariantCulture);
        var after = rest[digits..].TrimStart([.. "0123456789."]);
        if (after.Length > 0 && after[0] is not (';' or ',') && !char.IsWhiteSpace(after[0]))
            return null;

        after = after.TrimStart();
        if (after is [';' or ',', ..])
            after = after[1..].TrimStart();
        var url = Unquote(WithoutName(after));
        return (seconds, url.Length == 0 ? null : url);
    }

    private static string WithoutName(string text)
    {
        if (!text.StartsWith("url", StringComparison.OrdinalIgnoreCase))
            return text;
        var rest = text[3..].TrimStart();
        return rest.StartsWith('=') ? rest[1..].TrimStart() : text;
    }

    private static string Unquote(string text)
    {
        if (text is not ['"' or '\'', ..])
            return text.Trim();
        var end = text.IndexOf(text[0], 1);
        return (end < 0 ? text[1..] : text[1..end]).Trim();
    }
}
