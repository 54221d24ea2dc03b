using LinkMonitor.Engine.Tracking;
using LinkMonitor.Placements;
using LinkMonitor.Placements.Vendors;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Vendors;

/// <summary>What was paid in a quarter of a year, in one currency.</summary>
/// <param name="Quarter">For example <c>2026-Q4</c>.</param>
/// <param name="Amount">What the days of the quarter that are over cost; a price for good counts where it began. Rounded.</param>
public sealed record QuarterSpend(string Quarter, string Currency, decimal Amount);

/// <summary>A price that was agreed on.</summary>
/// <param name="Since">The start of the term, or the day when the link was added.</param>
/// <param name="Period">What it pays for.</param>
/// <param name="Count">How many placements began that day at that price.</param>
public sealed record AgreedPrice(DateOnly Since, decimal Cost, string Currency, CostPeriod Period, int Count);

/// <summary>How many of the placements whose state is known are as agreed now.</summary>
/// <param name="N">Those whose state is known.</param>
/// <param name="OwnTargetFaults">
/// Of those as agreed: their targets, on your own site, have a fault, which nobody at the page can mend.
/// </param>
/// <param name="Share">Null when n is 0.</param>
/// <param name="Low">The lower end of the 95 % Wilson interval.</param>
/// <param name="High">The upper end of it.</param>
public sealed record AgreedShare(int N, int AsAgreed, int OwnTargetFaults, double? Share, double? Low, double? High);

/// <summary>Counts and sums over the placements of one vendor. Pure.</summary>
internal static class VendorFigures
{
    private const int MonthsOfQuarter = 3;

    /// <summary>By quarter and currency, the newest first.</summary>
    /// <param name="today">Not over yet; it does not count.</param>
    public static IReadOnlyList<QuarterSpend> Spend(IEnumerable<WatchedLink> links, DateOnly today)
    {
        var sums = new Dictionary<(DateOnly Quarter, string Currency), decimal>();
        foreach (var link in links)
        {
            var terms = link.Terms!;
            var start = terms.Start ?? DateOnly.FromDateTime(link.CreatedAt.UtcDateTime);
            if (PlacementCost.OneOff(terms) is { } once && start <= today)
                Add(start, once.Currency, once.Amount);
            if (PlacementCost.PerDay(terms) is not { } daily)
                continue;
            var end = terms.End < today ? terms.End.Value.AddDays(1) : today;
            for (var from = start; from < end;)
            {
                var to = Min(QuarterOf(from).AddMonths(MonthsOfQuarter), end);
                Add(from, daily.Currency, daily.Amount * (to.DayNumber - from.DayNumber));
                from = to;
            }
        }

        return
        [
            .. sums.OrderByDescending(sum => sum.Key.Quarter).ThenBy(sum => sum.Key.Currency, StringComparer.Ordinal)
                .Select(sum => new QuarterSpend(
                    $"{sum.Key.Quarter.Year}-Q{((sum.Key.Quarter.Month - 1) / MonthsOfQuarter) + 1}", sum.Key.Currency,
                    new Money(sum.Key.Currency, sum.Value).Rounded().Amount)),
        ];

        void Add(DateOnly day, string currency, decimal amount)
        {
            var key = (QuarterOf(day), currency);
            sums[key] = sums.GetValueOrDefault(key) + amount;
        }
    }

    /// <summary>The newest first.</summary>
    public static IReadOnlyList<AgreedPrice> Prices(IEnumerable<WatchedLink> links) =>
    [
        .. links.Where(link => PlacementCost.Whole(link.Terms!) is not null)
            .GroupBy(link => (
                Since: link.Terms!.Start ?? DateOnly.FromDateTime(link.CreatedAt.UtcDateTime), link.Terms.Cost, link.Terms.Currency,
                link.Terms.CostPeriod))
            .OrderByDescending(price => price.Key.Since).ThenBy(price => price.Key.Cost)
            .Select(price => new AgreedPrice(
                price.Key.Since, price.Key.Cost!.Value, price.Key.Currency!, price.Key.CostPeriod, price.Count())),
    ];

    /// <summary>What no check could tell, at all or the last time, counts nowhere.</summary>
    public static AgreedShare Share(IEnumerable<WatchedLink> links)
    {
        var known = links.Select(link => (Standing: StandingRule.Of(link.Status), HasReasons: link.Status.Reasons.Count > 0))
            .Where(one => one.Standing != Standing.NotVerified).ToList();
        var agreed = known.Count(one => one.Standing == Standing.AsAgreed);
        var interval = WilsonInterval.Of(agreed, known.Count);
        return new AgreedShare(
            known.Count, agreed, known.Count(one => one is { Standing: Standing.AsAgreed, HasReasons: true }),
            known.Count == 0 ? null : Math.Round((double)agreed / known.Count, 4),
            interval is null ? null : Math.Round(interval.Low, 4), interval is null ? null : Math.Round(interval.High, 4));
    }

    /// <summary>
    /// How long each placement stood: to its loss, when it is lost now, or until today or the end of its term. One that was lost and is
    /// back stood all the time; one without any start counts nowhere. Each counts from the day on which it was added: what was gone by then
    /// nobody has added, or nobody knows since when.
    /// </summary>
    public static IReadOnlyList<Lifetime> Lifetimes(IEnumerable<WatchedLink> links, DateOnly today)
    {
        var lifetimes = new List<Lifetime>();
        foreach (var link in links)
        {
            if (Survival.Start(link) is not { } start || start > today)
                continue;
            var owedUntil = link.Terms?.End is { } end && end < today ? end : today;
            var lostOn = Held(link) is LinkState.Lost or LinkState.NotFound ? DateOnly.FromDateTime(link.Status.Since.UtcDateTime) : today;
            var isLost = Held(link) is LinkState.Lost or LinkState.NotFound && lostOn <= owedUntil;
            var last = isLost ? lostOn : owedUntil;
            if (last < start && !isLost)
                continue;
            var days = Math.Max(0, last.DayNumber - start.DayNumber);
            var added = DateOnly.FromDateTime(link.CreatedAt.UtcDateTime);
            var watched = link.Status.Days is { IsEmpty: false } log ? Min(log.First, added) : added;
            lifetimes.Add(new Lifetime(days, isLost, Math.Clamp(watched.DayNumber - start.DayNumber, 0, days)));
        }

        return lifetimes;
    }

    private static LinkState Held(WatchedLink link) => link.Status.BeforeUnreachable?.State ?? link.Status.State;

    private static DateOnly QuarterOf(DateOnly day) => new(day.Year, ((day.Month - 1) / MonthsOfQuarter * MonthsOfQuarter) + 1, 1);

    private static DateOnly Min(DateOnly one, DateOnly other) => one < other ? one : other;
}
