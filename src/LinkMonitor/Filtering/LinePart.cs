using System.Text;

namespace LinkMonitor.Filtering;

/// <summary>One part of a line, before anything is known of its key.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Key">As written; null for a word or quoted text.</param>
internal sealed record LinePart(int At, int Length, bool IsNegated, string? Key, IReadOnlyList<WrittenPart> Values)
{
    public FilterProblem Wrong(string message) => new(At, Length, message);

    /// <summary>The parts of a line between white space.</summary>
    /// <param name="problems">Told of a quote without an end; what follows it is not read.</param>
    public static IEnumerable<LinePart> Split(string line, List<FilterProblem> problems)
    {
        var at = 0;
        while (true)
        {
            while (at < line.Length && char.IsWhiteSpace(line[at]))
                at++;
            if (at >= line.Length)
                yield break;
            if (ReadPart(line, ref at, problems) is not { } part)
                yield break;
            yield return part;
        }
    }

    private static LinePart? ReadPart(string line, ref int at, List<FilterProblem> problems)
    {
        var start = at;
        var isNegated = line[at] == '-' && at + 1 < line.Length && !char.IsWhiteSpace(line[at + 1]);
        at += isNegated ? 1 : 0;
        var key = KeyAt(line, at);
        at += key is null ? 0 : key.Length + 1;
        List<WrittenPart> values = [];
        while (true)
        {
            if (WrittenPart.Read(line, ref at, isOfKey: key is not null) is not { } value)
            {
                problems.Add(new FilterProblem(start, line.Length - start, "A quote has no end. Write \\\" for a quote within quotes."));
                return null;
            }

            values.Add(value);
            if (at >= line.Length || line[at] != ',' || key is null)
                return new LinePart(start, at - start, isNegated, key, values);
            at++;
        }
    }

    // Letters and hyphens up to a colon. The scheme of an address is no key: it is looked for as it is.
    private static string? KeyAt(string line, int at)
    {
        var end = at;
        while (end < line.Length && (char.IsAsciiLetter(line[end]) || (line[end] == '-' && end > at)))
            end++;
        if (end == at || end == line.Length || line[end] != ':')
            return null;
        var isScheme = line.AsSpan(end + 1).StartsWith("//", StringComparison.Ordinal) && FilterBy.Find(line[at..end]) is null;
        return isScheme ? null : line[at..end];
    }
}

/// <summary>A value as it was written, without its quotes.</summary>
/// <param name="At">Where it begins in the line.</param>
internal sealed record WrittenPart(int At, int Length, string Text, bool IsQuoted)
{
    /// <summary>Reads up to white space and, after a key, up to a comma, unless quotes hold them.</summary>
    /// <returns>Null when a quote has no end.</returns>
    public static WrittenPart? Read(string line, ref int at, bool isOfKey)
    {
        var (start, text, isQuoted) = (at, new StringBuilder(), false);
        while (at < line.Length && !char.IsWhiteSpace(line[at]) && !(isOfKey && line[at] == ','))
        {
            if (line[at] != '"')
            {
                text.Append(line[at++]);
                continue;
            }

            isQuoted = true;
            if (!ReadQuoted(line, ref at, text))
                return null;
        }

        return new WrittenPart(start, at - start, text.ToString(), isQuoted);
    }

    private static bool ReadQuoted(string line, ref int at, StringBuilder text)
    {
        for (at++; at < line.Length; at++)
        {
            if (line[at] == '"')
            {
                at++;
                return true;
            }

            if (line[at] == '\\' && at + 1 < line.Length && line[at + 1] is '"' or '\\')
                at++;
            text.Append(line[at]);
        }

        return false;
    }
}
