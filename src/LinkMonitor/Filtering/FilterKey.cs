using System.Globalization;
using LinkMonitor.Engine.Clocks;
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

/// <summary>Reads days and ages.</summary>
internal static class TimeValues
{
    private const string DayFormat = "yyyy-MM-dd";

    public static ValueReading Read(string text, string units, bool isDay)
    {
        var (comparison, rest) = ComparisonSign.Read(text);
        if (DateOnly.TryParseExact(rest, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return ValueReading.Of(new DayValue(comparison, day));
        if (rest.Length < 2 || !units.Contains(char.ToLowerInvariant(rest[^1]), StringComparison.Ordinal)
            || !int.TryParse(rest.AsSpan(0, rest.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return ValueReading.Wrong($"'{FilterParser.Cut(text)}' is no time. Write {Allowed(units)}.");
        var age = new AgeValue(comparison, count, char.ToLowerInvariant(rest[^1]));
        if (count > AgeValue.MaxDays || age.Span > TimeSpan.FromDays(AgeValue.MaxDays))
            return ValueReading.Wrong($"At most {AgeValue.MaxDays} days; it is {FilterParser.Cut(rest)}.");
        return comparison == FilterComparison.Is && !isDay
            ? ValueReading.Wrong($"Write < or > before {rest}, for example >{rest} for longer ago.")
            : ValueReading.Of(age);
    }

    private static string Allowed(string units) =>
        $"a number with one of {string.Join(", ", units.AsEnumerable())} after < or >, for example <30d, "
            + "or a day, for example >=2026-01-31";
}

/// <summary>A key of a point in time that is over: when was it?</summary>
/// <param name="ticks">UTC; 0 for never.</param>
internal sealed class InstantKey(string name, string meaning, string example, Func<LinkFacts, long> ticks)
    : FilterKey(name, meaning, example)
{
    internal override ValueReading Read(string text) => TimeValues.Read(text, "hdwy", isDay: false);

    internal override Func<LinkFacts, bool> Test(FilterValue value, FilterMoment moment)
    {
        if (value is AgeValue age)
        {
            // The longer ago, the less: 7 days ago is more than 8 days ago.
            var (then, comparison) = (moment.Now.UtcTicks - age.Span.Ticks, age.Comparison);
            return link => ticks(link) is not 0 and var at && comparison.Holds(then.CompareTo(at));
        }

        var day = (DayValue)value;
        var (start, end) = (Start(day.Day, moment), day.Day == DateOnly.MaxValue ? long.MaxValue : Start(day.Day.AddDays(1), moment));
        return link => ticks(link) is not 0 and var at && day.Comparison.Holds(at < start ? -1 : at >= end ? 1 : 0);
    }

    // Beyond what a zone can shift there is no such time: the day is then taken as in UTC.
    private static long Start(DateOnly day, FilterMoment moment) =>
        day.Year is > 1 and < 9999 ? LocalTimes.Start(day, moment.Zone).UtcTicks : day.ToDateTime(TimeOnly.MinValue).Ticks;
}

/// <summary>A key of a day of the terms: how far is it?</summary>
/// <param name="day">A day number; 0 for none.</param>
/// <param name="isPast">Whether ages count back from today instead of ahead.</param>
/// <param name="nearest">The least distance in days that counts: 0 when today does, else 1.</param>
internal sealed class DayKey(string name, string meaning, string example, Func<PaidFacts, int> day, bool isPast, int nearest)
    : FilterKey(name, meaning, example)
{
    internal override ValueReading Read(string text) => TimeValues.Read(text, "dwy", isDay: true);

    internal override Func<LinkFacts, bool> Test(FilterValue value, FilterMoment moment)
    {
        if (value is AgeValue age)
        {
            var (today, far, comparison) = (moment.Today.DayNumber, (int)age.Span.TotalDays, age.Comparison);
            return link => link.Terms is { } terms && day(terms) is not 0 and var number
                && (isPast ? today - number : number - today) is var distance
                && distance >= nearest && comparison.Holds(distance.CompareTo(far));
        }

        var (wanted, how) = (((DayValue)value).Day.DayNumber, ((DayValue)value).Comparison);
        return link => link.Terms is { } terms && day(terms) is not 0 and var number && how.Holds(number.CompareTo(wanted));
    }
}

/// <summary>The key of the cost, which is compared as a number whatever its currency.</summary>
internal sealed class AmountKey(string name, string meaning, string example) : FilterKey(name, meaning, example)
{
    private const decimal Most = 999_999_999m;

    internal override ValueReading Read(string text)
    {
        var (comparison, rest) = ComparisonSign.Read(text);
        return decimal.TryParse(rest, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount <= Most
            ? ValueReading.Of(new AmountValue(comparison, decimal.Round(amount, 4)))
            : ValueReading.Wrong(
                $"'{FilterParser.Cut(text)}' is no amount. Write a number of up to {Most:0}, for example >100 or <=99.50; "
                    + "its currency is a term of its own, for example currency:EUR.");
    }

    internal override Func<LinkFacts, bool> Test(FilterValue value, FilterMoment moment)
    {
        var amount = (AmountValue)value;
        return link => link.Terms?.Cost is { } cost && amount.Comparison.Holds(cost.CompareTo(amount.Amount));
    }
}
