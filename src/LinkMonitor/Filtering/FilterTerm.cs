using LinkMonitor.Storage.Links;

namespace LinkMonitor.Filtering;

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
