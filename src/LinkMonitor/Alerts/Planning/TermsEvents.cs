using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Placements;
using LinkMonitor.Storage.Links;
using Stake = LinkMonitor.Alerts.Composing.Matters.Stake;

namespace LinkMonitor.Alerts.Planning;

/// <summary>What is told of the terms of a link.</summary>
internal static class TermsEvents
{
    /// <param name="end">The end that it was reminded of; the terms may have been edited since.</param>
    /// <param name="daysLeft">From the day of the reminder to <paramref name="end"/>; negative when that has passed.</param>
    /// <param name="today">The day in the project's time zone.</param>
    public static TermsEvent Of(WatchedLink link, DateOnly end, int daysLeft, DateOnly today) => new()
    {
        Link = LinkName.Of(link),
        State = link.Status.State,
        End = end,
        DaysLeft = daysLeft,
        Vendor = link.Terms?.Vendor,
        Contact = link.Terms?.Contact,
        Stake = StakeOf(link, today),
    };

    /// <summary>What a link costs by its terms, whether or not that is at stake; null when that is not known.</summary>
    /// <param name="today">The day in the project's time zone.</param>
    public static Stake? StakeOf(WatchedLink link, DateOnly today)
    {
        if (link.Terms is not { } terms || PlacementCost.Whole(terms) is not { } whole)
            return null;
        var perMonth = PlacementCost.PerMonth(terms)?.Rounded().Amount ?? 0;
        return new Stake(perMonth, whole.Currency, terms.Vendor)
        {
            Whole = terms.CostPeriod == CostPeriod.Month ? null : whole.Rounded().Amount,
            Days = terms.CostPeriod == CostPeriod.Month ? null : PlacementCost.Days(terms),
            EndedOn = terms.End < today ? terms.End : null,
            BeginsOn = terms.Start > today ? terms.Start : null,
        };
    }
}
