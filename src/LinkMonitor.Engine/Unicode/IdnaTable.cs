using System.Globalization;

namespace LinkMonitor.Engine.Unicode;

/// <summary>
/// What <c>Idna.txt</c> says of characters: the same on every machine, whatever ICU it has. Read when the first name beyond ASCII comes.
/// Source: https://www.unicode.org/reports/tr46/#IDNA_Mapping_Table
/// </summary>
internal sealed class IdnaTable
{
    private const int FirstSyllable = 0xAC00, LastSyllable = 0xD7A3, Leads = 0x1100, Vowels = 0x1161, Tails = 0x11A7;
    private const int LeadCount = 19, VowelCount = 21, TailCount = 28;
    private static readonly Lazy<IdnaTable> Once = new(static () => new IdnaTable(Sections()));

    private readonly CodePointMap<Mapping> _mapped;
    private readonly CodePointMap<bool> _ignored, _disallowed, _marks, _viramas;
    private readonly CodePointMap<int> _order;
    private readonly CodePointMap<BidiClass> _bidi;
    private readonly CodePointMap<char> _joining;
    private readonly Dictionary<int, (int First, int Last)> _parts = [];
    private readonly Dictionary<(int First, int Last), int> _composed = [];

    private IdnaTable(Dictionary<string, List<string>> sections)
    {
        _mapped = CodePointMap<Mapping>.Of(sections["mapped"], Mapping.Parse);
        _ignored = CodePointMap<bool>.Of(sections["ignored"], static _ => true);
        _disallowed = CodePointMap<bool>.Of(sections["disallowed"], static _ => true);
        _marks = CodePointMap<bool>.Of(sections["mark"], static _ => true);
        _viramas = CodePointMap<bool>.Of(sections["virama"], static _ => true);
        _order = CodePointMap<int>.Of(sections["order"], static text => int.Parse(text, CultureInfo.InvariantCulture));
        _bidi = CodePointMap<BidiClass>.Of(sections["bidi"], Enum.Parse<BidiClass>);
        _joining = CodePointMap<char>.Of(sections["joining"], static text => text[0]);
        foreach (var line in sections["composed"])
        {
            var points = CodePoints.Parse(line);
            _parts[points[0]] = (points[1], points[2]);
            _composed[(points[1], points[2])] = points[0];
        }
    }

    public static IdnaTable Current => Once.Value;

    /// <summary>Whether it may stand in a name as it is.</summary>
    public bool IsValid(int point) => !_disallowed.Has(point) && !_ignored.Has(point) && MappingOf(point) is null;

    public bool IsMark(int point) => _marks.Has(point);

    public bool IsVirama(int point) => _viramas.Has(point);

    /// <summary>L for what the table leaves out.</summary>
    public BidiClass Bidi(int point) => _bidi.TryGet(point, out var bidi, out _) ? bidi : BidiClass.L;

    /// <summary>L, R, D or T; a space for what does not join.</summary>
    public char Joining(int point) => _joining.TryGet(point, out var type, out _) ? type : ' ';

    /// <summary>Each character as the table maps it; what is disallowed stays.</summary>
    public List<int> Map(string name)
    {
        var mapped = new List<int>(name.Length);
        foreach (var point in CodePoints.Of(name))
        {
            if (_ignored.Has(point))
                continue;
            if (MappingOf(point) is { } mapping)
                mapping.AddTo(mapped, point);
            else
                mapped.Add(point);
        }

        return mapped;
    }

    /// <summary>Form C (https://www.unicode.org/reports/tr15/) of characters that are valid or disallowed.</summary>
    public List<int> Compose(IReadOnlyList<int> text)
    {
        var apart = new List<int>(text.Count);
        foreach (var point in text)
            Decompose(apart, point);
        Sort(apart);
        return Together(apart);
    }

    private Mapping? MappingOf(int point) =>
        _mapped.TryGet(point, out var mapping, out var from) && (point - from) % mapping.Step == 0 ? mapping : null;

    private void Decompose(List<int> to, int point)
    {
        if (point is >= FirstSyllable and <= LastSyllable)
        {
            var syllable = point - FirstSyllable;
            to.Add(Leads + (syllable / (VowelCount * TailCount)));
            to.Add(Vowels + (syllable / TailCount % VowelCount));
            if (syllable % TailCount is > 0 and var tail)
                to.Add(Tails + tail);
        }
        else if (_parts.TryGetValue(point, out var parts))
        {
            Decompose(to, parts.First);
            to.Add(parts.Last);
        }
        else
        {
            to.Add(point);
        }
    }

    private void Sort(List<int> text)
    {
        for (var start = 0; start < text.Count; start++)
        {
            var end = start;
            while (end < text.Count && Order(text[end]) > 0)
                end++;
            if (end - start > 1)
                Reorder(text, start, end);
            start = end;
        }
    }

    // OrderBy keeps marks of one class as they stand.
    private void Reorder(List<int> text, int start, int end)
    {
        int[] marks = [.. text.Skip(start).Take(end - start).OrderBy(Order)];
        for (var i = 0; i < marks.Length; i++)
            text[start + i] = marks[i];
    }

    private List<int> Together(List<int> apart)
    {
        var text = new List<int>(apart.Count);
        var (starter, last) = (-1, 0);
        foreach (var point in apart)
        {
            var order = Order(point);
            var isNext = starter == text.Count - 1;
            if (starter >= 0 && (isNext || last < order) && Pair(text[starter], point) is { } whole)
            {
                text[starter] = whole;
                continue;
            }

            if (order == 0)
                starter = text.Count;
            last = order;
            text.Add(point);
        }

        return text;
    }

    private int? Pair(int first, int last)
    {
        if (first is >= Leads and < Leads + LeadCount && last is >= Vowels and < Vowels + VowelCount)
            return FirstSyllable + ((((first - Leads) * VowelCount) + last - Vowels) * TailCount);
        if (first is >= FirstSyllable and <= LastSyllable && (first - FirstSyllable) % TailCount == 0
            && last is > Tails and < Tails + TailCount)
            return first + last - Tails;
        return _composed.TryGetValue((first, last), out var whole) ? whole : null;
    }

    private int Order(int point) => _order.TryGet(point, out var order, out _) ? order : 0;

    private static Dictionary<string, List<string>> Sections()
    {
        using var stream = typeof(IdnaTable).Assembly.GetManifestResourceStream("LinkMonitor.Engine.Unicode.Idna.txt")!;
        using var reader = new StreamReader(stream);
        var sections = new Dictionary<string, List<string>>();
        List<string> lines = [];
        while (reader.ReadLine() is { } line)
        {
            if (line is ['[', .. var name, ']'])
                sections[name] = lines = [];
            else if (line.Length > 0 && line[0] != '#')
                lines.Add(line);
        }

        return sections;
    }

    /// <summary>What characters are mapped to: others, or the one a distance away, for each one or each second one of a range.</summary>
    private sealed record Mapping(int Step, int Distance, int[]? To)
    {
        public static Mapping Parse(string text)
        {
            var step = text.StartsWith("/ 2 ", StringComparison.Ordinal) ? 2 : 1;
            var rest = step == 2 ? text[4..] : text;
            return rest[0] == '='
                ? new Mapping(step, 0, CodePoints.Parse(rest[2..]))
                : new Mapping(step, CodePoints.Parse(rest[2..])[0] * (rest[0] == '-' ? -1 : 1), null);
        }

        public void AddTo(List<int> text, int point)
        {
            if (To is null)
                text.Add(point + Distance);
            else
                text.AddRange(To);
        }
    }
}

/// <summary>https://www.unicode.org/reports/tr9/#Bidirectional_Character_Types, as far as a valid name may have them.</summary>
internal enum BidiClass
{
    L,
    R,
    AL,
    AN,
    EN,
    ES,
    CS,
    ET,
    ON,
    BN,
    NSM,
}

/// <summary>Values of ranges of characters that do not overlap.</summary>
internal sealed class CodePointMap<T>
{
    private readonly int[] _from, _to;
    private readonly T[] _values;

    private CodePointMap(int[] from, int[] to, T[] values) => (_from, _to, _values) = (from, to, values);

    /// <param name="lines">In order: <c>41-5A value</c>, or <c>41 value</c>.</param>
    public static CodePointMap<T> Of(List<string> lines, Func<string, T> parse)
    {
        var (from, to, values) = (new int[lines.Count], new int[lines.Count], new T[lines.Count]);
        for (var i = 0; i < lines.Count; i++)
        {
            var space = lines[i].IndexOf(' ', StringComparison.Ordinal);
            var range = CodePoints.Parse((space < 0 ? lines[i] : lines[i][..space]).Replace('-', ' '));
            (from[i], to[i]) = (range[0], range[^1]);
            values[i] = parse(space < 0 ? "" : lines[i][(space + 1)..]);
        }

        return new CodePointMap<T>(from, to, values);
    }

    public bool Has(int point) => TryGet(point, out _, out _);

    /// <param name="first">The first character of its range.</param>
    public bool TryGet(int point, out T value, out int first)
    {
        var at = Array.BinarySearch(_from, point);
        if (at < 0)
            at = ~at - 1;
        var isIn = at >= 0 && point <= _to[at];
        (value, first) = isIn ? (_values[at], _from[at]) : (default!, 0);
        return isIn;
    }
}
