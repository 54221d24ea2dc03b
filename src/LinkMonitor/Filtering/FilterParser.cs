using System.Text;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Unicode;

namespace LinkMonitor.Filtering;

/// <summary>
/// The one reader of filter lines: <c>state:lost -tag:old vendor:"Acme Media" ends:&lt;30d "text" sort:-since</c>. Parts stand between
/// white space and must all hold; <c>-</c> before one inverts it; commas between values mean any of them; quotes keep a value together,
/// with <c>\"</c> and <c>\\</c> within. What is written after an unknown key is never taken for text.
/// </summary>
public static class FilterParser
{
    /// <summary>The longest line, in characters.</summary>
    public const int MaxLength = 1_000;

    /// <summary>The most terms of a line.</summary>
    public const int MaxTerms = 30;

    /// <summary>The most values of a term.</summary>
    public const int MaxValues = 20;

    internal const string Sort = "sort";

    private const int MaxShown = 60;

    /// <summary>Reads a line; null and white space are all links.</summary>
    public static FilterReading Read(string? line)
    {
        line ??= "";
        if (line.Length > MaxLength)
            return new FilterReading(null, [new FilterProblem(
                MaxLength, line.Length - MaxLength, $"At most {MaxLength} characters; it has {line.Length}.")]);
        if (UnicodeText.FirstNoncharacter(line) is { } codePoint)
            return new FilterReading(null, [new FilterProblem(0, line.Length, $"It contains {codePoint}, which is not a character.")]);

        List<FilterProblem> problems = [];
        List<FilterTerm> terms = [];
        LinkOrder? order = null;
        foreach (var part in LinePart.Split(line, problems))
        {
            if (part.Key is { } key && string.Equals(key, Sort, StringComparison.OrdinalIgnoreCase))
            {
                if (order is not null)
                    problems.Add(part.Wrong("The order is given twice. Give one."));
                else
                    order = ReadOrder(part, problems);
            }
            else if (ReadTerm(part, problems) is { } term && !terms.Contains(term))
            {
                terms.Add(term);
                if (terms.Count == MaxTerms + 1)
                    problems.Add(part.Wrong($"At most {MaxTerms} terms."));
            }
        }

        return problems.Count > 0 ? new FilterReading(null, problems) : new FilterReading(FilterLine.Of(terms, order), []);
    }

    internal static string Cut(string text) => text.Length <= MaxShown ? text : text[..MaxShown] + "…";

    private static LinkOrder? ReadOrder(LinePart part, List<FilterProblem> problems)
    {
        var text = part.Values is [var only] ? only.Text : string.Join(',', part.Values.Select(value => value.Text));
        var isDescending = text.StartsWith('-');
        if (!part.IsNegated && WireName.TryParse<LinkSort>(isDescending ? text[1..] : text, out var by))
            return new LinkOrder(by, isDescending);
        problems.Add(part.Wrong(part.IsNegated
            ? $"Write {Sort}:-{Cut(text.TrimStart('-'))} for the reverse order."
            : $"'{Cut(text)}' is no order. Write one of {string.Join(", ", WireName.All<LinkSort>())}, with - before it for the reverse."));
        return null;
    }

    private static FilterTerm? ReadTerm(LinePart part, List<FilterProblem> problems)
    {
        var key = part.Key is null ? FilterBy.Text : FilterBy.Find(part.Key);
        if (key is null)
        {
            var known = FilterBy.All.Select(one => one.Name).Append(Sort);
            problems.Add(part.Wrong(
                $"There is no key '{Cut(part.Key!)}'. "
                    + (Spelling.Nearest(part.Key!, known) is { } meant
                        ? $"Did you mean {meant}? " : $"There are: {string.Join(", ", known.Where(name => name.Length > 0))}. ")
                    + "Put quotes around it to look for it as text."));
            return null;
        }

        if (part.Values.Count > MaxValues)
        {
            problems.Add(part.Wrong($"At most {MaxValues} values; there are {part.Values.Count}."));
            return null;
        }

        return part.Values is [{ Text: "", IsQuoted: true }] && HasOf(key) is { } has
            ? new FilterTerm(FilterBy.Has, !part.IsNegated, [has])
            : ReadValues(key, part, problems) is { Count: > 0 } values ? new FilterTerm(key, part.IsNegated, values) : null;
    }

    private static List<FilterValue>? ReadValues(FilterKey key, LinePart part, List<FilterProblem> problems)
    {
        List<FilterValue> values = [];
        var before = problems.Count;
        foreach (var value in part.Values)
        {
            if (value.Text.Length == 0)
                problems.Add(new FilterProblem(value.At, 0, Missing(key)));
            else if (key.Read(value.Text) is { Problem: { } problem })
                problems.Add(new FilterProblem(value.At, value.Length, problem));
            else if (key.Read(value.Text).Value is { } read && !values.Contains(read))
                values.Add(read);
        }

        return problems.Count > before ? null : values;
    }

    // Of a key that a link may lack, an empty value means exactly that.
    private static NameValue? HasOf(FilterKey key) => FilterBy.Has.Names.Contains(key.Name) ? new NameValue(key.Name) : null;

    private static string Missing(FilterKey key) =>
        key.Name.Length == 0 ? "There is nothing between the quotes."
        : $"Write a value after {key.Name}:, for example {key.Example}"
            + (HasOf(key) is null ? "." : $", or -has:{key.Name} for links without one.");
}

/// <summary>A line that was read.</summary>
/// <param name="Line">Null exactly when there are problems.</param>
/// <param name="Problems">Everything that is wrong, from left to right.</param>
public sealed record FilterReading(FilterLine? Line, IReadOnlyList<FilterProblem> Problems);

/// <summary>What is wrong with a part of a line.</summary>
/// <param name="At">Where the part begins, in UTF-16 characters from 0.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Message">What is wrong, and what is allowed.</param>
public sealed record FilterProblem(int At, int Length, string Message)
{
    /// <summary>With the place, counted from 1, as people count.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"At {At + 1}: {Message}");
}

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
