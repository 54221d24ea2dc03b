using System.Text;

namespace LinkMonitor.Outreach;

/// <summary>
/// Text with placeholders: <c>{name}</c> stands for a value, <c>{{</c> and <c>}}</c> for the braces themselves. Values are put in as they
/// are and never read for placeholders again.
/// </summary>
internal static class PlaceholderText
{
    /// <summary>
    /// Fills a text in. A line whose placeholders are all without a value is left out, and of several empty lines in a row one stays.
    /// </summary>
    /// <param name="text">One that <see cref="Check"/> finds nothing wrong with.</param>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => FillLine(line, values)).OfType<string>();
        var filled = new StringBuilder();
        var isBlank = true;
        foreach (var line in lines)
        {
            if (isBlank && line.Length == 0)
                continue;
            filled.Append(line).Append('\n');
            isBlank = line.Length == 0;
        }

        return filled.ToString().Trim('\n');
    }

    /// <summary>What is wrong with a text, a sentence each; empty when nothing is.</summary>
    public static IReadOnlyList<string> Check(string text, IReadOnlyCollection<string> known)
    {
        List<string> errors = [];
        foreach (var part in Parts(text))
        {
            if (part is { IsPlaceholder: true, IsClosed: false })
                errors.Add("A brace is not closed. Write {{ or }} for a literal brace.");
            else if (part.IsPlaceholder && !known.Contains(part.Text))
                errors.Add($"There is no placeholder {{{Cut(part.Text)}}}. Known placeholders: {string.Join(", ", known)}.");
        }

        return [.. errors.Distinct(StringComparer.Ordinal)];
    }

    private static string? FillLine(string line, IReadOnlyDictionary<string, string> values)
    {
        var parts = Parts(line).ToList();
        var placeholders = parts.FindAll(part => part.IsPlaceholder);
        if (placeholders.Count > 0 && placeholders.TrueForAll(part => values.GetValueOrDefault(part.Text, "").Length == 0))
            return null;
        return string.Concat(parts.Select(part => part.IsPlaceholder ? values.GetValueOrDefault(part.Text, "") : part.Text)).TrimEnd();
    }

    private static IEnumerable<Part> Parts(string text)
    {
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('{' or '}'))
            {
                literal.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == text[i])
            {
                literal.Append(text[i++]);
            }
            else
            {
                yield return new Part(literal.ToString(), false, true);
                literal.Clear();
                var end = text[i] == '{' ? text.IndexOfAny(['{', '}'], i + 1) : -1;
                var isClosed = end > i && text[end] == '}';
                yield return new Part(isClosed ? text[(i + 1)..end] : "", true, isClosed);
                if (!isClosed)
                    yield break;
                i = end;
            }
        }

        yield return new Part(literal.ToString(), false, true);
    }

    private static string Cut(string text) => text.Length <= 50 ? text : text[..50] + "…";

    private readonly record struct Part(string Text, bool IsPlaceholder, bool IsClosed);
}
