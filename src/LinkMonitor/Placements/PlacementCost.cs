using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements;

/// <summary>What a placement costs, by its terms.</summary>
public static class PlacementCost
{
    /// <summary>A month is a twelfth of a year of 365.25 days, so that every month costs the same.</summary>
    public const decimal DaysPerMonth = 30.4375m;

    /// <summary>
    /// The cost of 30.4375 days. Null without a cost, and for a cost that pays once and for all: that has no rate.
    /// </summary>
    public static Money? PerMonth(Terms terms) => terms switch
    {
        { CostPeriod: CostPeriod.Month } => Whole(terms),
        _ when PerDay(terms) is { } day => day with { Amount = day.Amount * DaysPerMonth },
        _ => null,
    };

    /// <summary>The cost of a day; null as for <see cref="PerMonth"/>.</summary>
    public static Money? PerDay(Terms terms) => (terms.CostPeriod, Whole(terms), Days(terms)) switch
    {
        (CostPeriod.Month, { } cost, _) => cost with { Amount = cost.Amount / DaysPerMonth },
        (CostPeriod.Term, { } cost, { } days) => cost with { Amount = cost.Amount / days },
        _ => null,
    };

    /// <summary>A cost that pays once and for all: for the term, and the term has no end.</summary>
    public static Money? OneOff(Terms terms) => terms is { CostPeriod: CostPeriod.Term, End: null } ? Whole(terms) : null;

    /// <summary>The cost as agreed, whatever it pays for.</summary>
    public static Money? Whole(Terms terms) => terms is { Cost: { } cost, Currency: { } currency } ? new Money(currency, cost) : null;

    /// <summary>From start to end, both included; null unless both are known.</summary>
    public static int? Days(Terms terms) => terms is { Start: { } start, End: { } end } ? end.DayNumber - start.DayNumber + 1 : null;

    /// <summary>Whether a day is paid for: not before the start, not after the end.</summary>
    public static bool Covers(Terms terms, DateOnly day) => !(day < terms.Start) && !(day > terms.End);
}
