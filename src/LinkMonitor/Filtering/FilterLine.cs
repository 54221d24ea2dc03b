using LinkMonitor.Storage.Links;

namespace LinkMonitor.Filtering;

/// <summary>
/// Which links are wanted, and in what order: a filter line that was read (<see cref="FilterParser"/>). Page, API, command line, exports
/// and saved views share it. Two lines with the same <see cref="Text"/> are equal.
/// </summary>
public sealed class FilterLine : IEquatable<FilterLine>
{
    private FilterLine(IReadOnlyList<FilterTerm> terms, LinkOrder? order)
    {
        (Terms, Order) = (terms, order);
        Text = string.Join(' ', terms.Select(term => term.Text).Concat(order is null ? [] : [$"{FilterParser.Sort}:{order.Text}"]));
    }

    /// <summary>All links, in order of identity.</summary>
    public static FilterLine All { get; } = new([], null);

    /// <summary>All of them must hold; each once.</summary>
    public IReadOnlyList<FilterTerm> Terms { get; }

    /// <summary>Null for the order of identity, which never changes.</summary>
    public LinkOrder? Order { get; }

    /// <summary>The line in its one canonical spelling, without the empty one for all links; reading it gives an equal line.</summary>
    public string Text { get; }

    /// <summary>Whether the same links may match now and not later, because a term says how long ago or in how many days.</summary>
    public bool DependsOnTime => Terms.Any(term => term.DependsOnTime);

    /// <summary>A line of these terms; one that is there twice counts once.</summary>
    public static FilterLine Of(IEnumerable<FilterTerm> terms, LinkOrder? order = null) => new([.. terms.Distinct()], order);

    /// <summary>The line with one more term. The same line when it has it; its opposite is taken out.</summary>
    public FilterLine With(FilterTerm term)
    {
        ArgumentNullException.ThrowIfNull(term);
        return Terms.Contains(term) ? this : Of(Terms.Where(one => one != term.Inverse()).Append(term), Order);
    }

    /// <summary>The line without a term.</summary>
    public FilterLine Without(FilterTerm term) => Of(Terms.Where(one => one != term), Order);

    /// <summary>The line without any term of a key.</summary>
    public FilterLine Without(FilterKey key) => Of(Terms.Where(one => one.Key != key), Order);

    /// <summary>The line with a term in the place of all others of its key.</summary>
    public FilterLine WithOnly(FilterTerm term)
    {
        ArgumentNullException.ThrowIfNull(term);
        return Without(term.Key).With(term);
    }

    /// <param name="order">Null for the order of identity.</param>
    public FilterLine OrderedBy(LinkOrder? order) => new(Terms, order);

    /// <summary>The links of both lines; the order is this line's, or the other's when this has none.</summary>
    public FilterLine And(FilterLine other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Of(Terms.Concat(other.Terms), Order ?? other.Order);
    }

    /// <summary>What tells the wanted links; make one for a run, as it stands for one moment.</summary>
    public Func<LinkFacts, bool> ToPredicate(FilterMoment moment)
    {
        var tests = Terms.Select(term => term.ToPredicate(moment)).ToArray();
        return tests switch
        {
            [] => static _ => true,
            [var only] => only,
            _ => link =>
            {
                foreach (var test in tests)
                    if (!test(link))
                        return false;
                return true;
            }
            ,
        };
    }

    public bool Equals(FilterLine? other) => other?.Text == Text;

    public override bool Equals(object? obj) => Equals(obj as FilterLine);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public static bool operator ==(FilterLine? one, FilterLine? other) => one is null ? other is null : one.Equals(other);

    public static bool operator !=(FilterLine? one, FilterLine? other) => !(one == other);

    public override string ToString() => Text;
}

/// <summary>The moment for which relative times count.</summary>
/// <param name="Zone">The project's: days begin and end in it.</param>
public sealed record FilterMoment(DateTimeOffset Now, TimeZoneInfo Zone)
{
    /// <summary>The day that it is there.</summary>
    public DateOnly Today { get; } = Engine.Clocks.LocalTimes.Day(Now, Zone);
}

/// <summary>A name for a filter line.</summary>
/// <param name="Id">In lower case with hyphens; stays when the name changes.</param>
public sealed record NamedLine(string Id, string Name, FilterLine Line);

/// <summary>The views that every project has.</summary>
public static class BuiltInViews
{
    /// <summary>Links that no check could tell and nobody has answered, the longest unseen first.</summary>
    public static NamedLine NeedsHuman { get; } =
        new("needs-a-human", "Needs a human", Read("observation:unseen -observation:our-fault -has:answer sort:seen"));

    /// <summary>Links that are paid for and whose term ends within 30 days, the soonest first.</summary>
    public static NamedLine PaidEnding { get; } =
        new("paid-ending", "Paid ending in 30 days", Read("has:cost ends:<=30d sort:ends"));

    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<NamedLine> All { get; } =
    [
        NeedsHuman,
        new("lost-this-week", "Lost this week", Read("state:lost since:<=7d sort:-since")),
        PaidEnding,
        new("live-but-changed", "Live but changed", Read("state:changed sort:-since")),
        new("never-seen", "Never seen", Read("-has:seen sort:added")),
    ];

    private static FilterLine Read(string line) =>
        FilterParser.Read(line) is { Line: { } read } ? read : throw new InvalidOperationException($"'{line}' is no filter line.");
}

/// <summary>
/// One condition of a line, for example <c>-tag:old</c> or <c>state:lost,changed</c>: any of its values must hold, or none of them when it
/// is negated. Made by <see cref="FilterParser"/> and <see cref="Of"/>.
/// </summary>
public sealed class FilterTerm : IEquatable<FilterTerm>
{
    internal FilterTerm(FilterKey key, bool isNegated, IReadOnlyList<FilterValue> values)
    {
        (Key, IsNegated, Values) = (key, isNegated, values);
        Text = (isNegated ? "-" : "") + (key == FilterBy.Text
            ? FilterText.OfWord(values[0].Text)
            : $"{key.Name}:{string.Join(',', values.Select(value => value.IsQuotable ? FilterText.OfValue(value.Text) : value.Text))}");
    }

    public FilterKey Key { get; }

    public bool IsNegated { get; }

    /// <summary>1 to <see cref="FilterParser.MaxValues"/>, each once.</summary>
    public IReadOnlyList<FilterValue> Values { get; }

    /// <summary>In its canonical spelling.</summary>
    public string Text { get; }

    /// <inheritdoc cref="FilterLine.DependsOnTime"/>
    /// <remarks>Mutings and answers end by themselves.</remarks>
    public bool DependsOnTime => Key == FilterBy.Muted || Key == FilterBy.Is
        || Values.Any(value => value is AgeValue || (Key == FilterBy.Has && value.Text == FilterBy.Answer));

    /// <summary>A term of one value, for chips.</summary>
    /// <param name="value">As it is, without quotes; for keys of times and amounts with its comparison, for example <c>&gt;7d</c>.</param>
    /// <exception cref="ArgumentException">The key takes no such value.</exception>
    public static FilterTerm Of(FilterKey key, string value, bool isNegated = false)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        return key.Read(value) is { Value: { } read }
            ? new FilterTerm(key, isNegated, [read])
            : throw new ArgumentException($"'{value}' is no value of {key.Name}.", nameof(value));
    }

    /// <summary>The same condition, negated; for one that is negated, without that.</summary>
    public FilterTerm Inverse() => new(Key, !IsNegated, Values);

    internal Func<LinkFacts, bool> ToPredicate(FilterMoment moment)
    {
        var tests = Values.Select(value => Key.Test(value, moment)).ToArray();
        var any = tests is [var only] ? only : link => Array.Exists(tests, test => test(link));
        return IsNegated ? link => !any(link) : any;
    }

    public bool Equals(FilterTerm? other) => other?.Text == Text;

    public override bool Equals(object? obj) => Equals(obj as FilterTerm);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public static bool operator ==(FilterTerm? one, FilterTerm? other) => one is null ? other is null : one.Equals(other);

    public static bool operator !=(FilterTerm? one, FilterTerm? other) => !(one == other);

    public override string ToString() => Text;
}

/// <summary>Puts texts so that the parser reads them back.</summary>
internal static class FilterText
{
    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create("\",");

    /// <summary>The value of a key.</summary>
    public static string OfValue(string text) =>
        text.Length == 0 || text.AsSpan().ContainsAny(Special) || text.Any(char.IsWhiteSpace) ? Quote(text) : text;

    /// <summary>A word that is looked for as it is.</summary>
    public static string OfWord(string text) =>
        text.Contains(':', StringComparison.Ordinal) || text.StartsWith('-') ? Quote(text) : OfValue(text);

    private static string Quote(string text) =>
        $"\"{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
