using LinkMonitor.Storage.Links;

namespace LinkMonitor.Filtering;

/// <summary>What a term can be about, with what its values mean. All of them are in <see cref="FilterBy"/>.</summary>
public abstract class FilterKey(string name, string meaning, string example)
{
    /// <summary>Before the colon, in lower case; empty for <see cref="FilterBy.Text"/>, which has no colon.</summary>
    public string Name { get; } = name;

    /// <summary>One sentence for people.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>A term with this key.</summary>
    public string Example { get; } = example;

    /// <summary>The only values there are; empty where others are possible.</summary>
    public virtual IReadOnlyList<string> Names => [];

    /// <summary>Reads one value.</summary>
    /// <param name="text">Without quotes, never empty.</param>
    internal abstract ValueReading Read(string text);

    /// <summary>What tells the links of a value that this key read.</summary>
    internal abstract Func<LinkFacts, bool> Test(FilterValue value, FilterMoment moment);

    public override string ToString() => Name;
}

/// <summary>A value, or what is allowed instead.</summary>
internal readonly record struct ValueReading(FilterValue? Value, string? Problem)
{
    public static ValueReading Of(FilterValue value) => new(value, null);

    public static ValueReading Wrong(string problem) => new(null, problem);
}

/// <summary>A key with a closed list of names.</summary>
internal sealed class NameKey(string name, string meaning, string example, IReadOnlyDictionary<string, Func<LinkFacts, long, bool>> tests)
    : FilterKey(name, meaning, example)
{
    public override IReadOnlyList<string> Names { get; } = [.. tests.Keys];

    internal override ValueReading Read(string text)
    {
        var name = text.Trim().ToLowerInvariant();
        return tests.ContainsKey(name)
            ? ValueReading.Of(new NameValue(name))
            : ValueReading.Wrong($"'{FilterParser.Cut(text)}' is not one of {string.Join(", ", Names)}.");
    }

    internal override Func<LinkFacts, bool> Test(FilterValue value, FilterMoment moment)
    {
        var (test, now) = (tests[value.Text], moment.Now.UtcTicks);
        return link => test(link, now);
    }
}

/// <summary>A key with any text as its value.</summary>
/// <param name="normalise">What is compared; null when no link can have such a value, with a sentence that says why.</param>
/// <param name="test">Whether a link has the normalised text.</param>
internal sealed class WrittenKey(
    string name, string meaning, string example, Func<string, (string? Text, string? Problem)> normalise,
    Func<string, Func<LinkFacts, bool>> test) : FilterKey(name, meaning, example)
{
    public const int MaxLength = 300;

    internal override ValueReading Read(string text) =>
        text.Length > MaxLength ? ValueReading.Wrong($"At most {MaxLength} characters; it has {text.Length}.")
        : normalise(text) is { Problem: { } problem } ? ValueReading.Wrong(problem)
        : ValueReading.Of(new WrittenValue(normalise(text).Text!));

    internal override Func<LinkFacts, bool> Test(FilterValue value, FilterMoment moment) => test(value.Text);
}
