using System.Globalization;

namespace LinkMonitor.Filtering;

/// <summary>One value of a term.</summary>
public abstract record FilterValue
{
    /// <summary>In its canonical spelling, without quotes.</summary>
    public abstract string Text { get; }

    internal virtual bool IsQuotable => false;

    public sealed override string ToString() => Text;
}

/// <summary>One of the names that a key takes, in lower case.</summary>
public sealed record NameValue(string Name) : FilterValue
{
    public override string Text => Name;
}

/// <summary>Text as somebody wrote it.</summary>
/// <param name="Written">Never empty.</param>
public sealed record WrittenValue(string Written) : FilterValue
{
    public override string Text => Written;

    internal override bool IsQuotable => true;
}

/// <summary>An amount of money, in whatever currency.</summary>
public sealed record AmountValue(FilterComparison Comparison, decimal Amount) : FilterValue
{
    public override string Text => Comparison.Sign() + Amount.ToString("0.############", CultureInfo.InvariantCulture);
}

/// <summary>A day of the calendar.</summary>
public sealed record DayValue(FilterComparison Comparison, DateOnly Day) : FilterValue
{
    public override string Text => Comparison.Sign() + Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>How long ago, or how far ahead.</summary>
/// <param name="Count">0 to <see cref="MaxDays"/> days in all.</param>
/// <param name="Unit"><c>h</c>, <c>d</c>, <c>w</c> (7 days) or <c>y</c> (365 days).</param>
public sealed record AgeValue(FilterComparison Comparison, int Count, char Unit) : FilterValue
{
    /// <summary>A hundred years.</summary>
    public const int MaxDays = 36_500;

    public TimeSpan Span => Unit switch
    {
        'h' => TimeSpan.FromHours(Count),
        'w' => TimeSpan.FromDays(7 * (long)Count),
        'y' => TimeSpan.FromDays(365 * (long)Count),
        _ => TimeSpan.FromDays(Count),
    };

    public override string Text => string.Create(CultureInfo.InvariantCulture, $"{Comparison.Sign()}{Count}{Unit}");
}

/// <summary>How a value is compared.</summary>
public enum FilterComparison
{
    Is,
    Below,
    AtMost,
    Above,
    AtLeast,
}

internal static class ComparisonSign
{
    public static string Sign(this FilterComparison comparison) => comparison switch
    {
        FilterComparison.Below => "<",
        FilterComparison.AtMost => "<=",
        FilterComparison.Above => ">",
        FilterComparison.AtLeast => ">=",
        _ => "",
    };

    /// <summary>The comparison that a text begins with, and the rest.</summary>
    public static (FilterComparison Comparison, string Value) Read(string text) => text switch
    {
        ['<', '=', .. var rest] => (FilterComparison.AtMost, rest.Trim()),
        ['>', '=', .. var rest] => (FilterComparison.AtLeast, rest.Trim()),
        ['<', .. var rest] => (FilterComparison.Below, rest.Trim()),
        ['>', .. var rest] => (FilterComparison.Above, rest.Trim()),
        _ => (FilterComparison.Is, text.Trim()),
    };

    /// <param name="order">Negative when what is compared is less than the value, 0 when it is the same.</param>
    public static bool Holds(this FilterComparison comparison, int order) => comparison switch
    {
        FilterComparison.Below => order < 0,
        FilterComparison.AtMost => order <= 0,
        FilterComparison.Above => order > 0,
        FilterComparison.AtLeast => order >= 0,
        _ => order == 0,
    };
}
