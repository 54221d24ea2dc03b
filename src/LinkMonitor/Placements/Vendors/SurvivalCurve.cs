namespace LinkMonitor.Placements.Vendors;

/// <summary>One placement in a survival curve.</summary>
/// <param name="Days">From its start to its loss, or as long as it was seen to stand; 0 or more.</param>
/// <param name="IsLost">It was lost then; otherwise nobody knows yet what becomes of it.</param>
/// <param name="WatchedFrom">So many days after its start it began to be watched: of the days before it tells nothing.</param>
public readonly record struct Lifetime(int Days, bool IsLost, int WatchedFrom = 0)
{
    internal bool IsAtRisk(int day) => WatchedFrom <= day && day <= Days;
}

/// <summary>How many placements still stand so many days after their start.</summary>
/// <param name="Days">Days after the start.</param>
/// <param name="AtRisk">The placements that were watched that long: the share rests on them.</param>
/// <param name="Share">0 to 1.</param>
/// <param name="Low">The lower end of the 95 % interval.</param>
/// <param name="High">The upper end of it.</param>
public sealed record CurvePoint(int Days, int AtRisk, double Share, double Low, double High);

/// <summary>
/// The share of placements that still stand, of all ages together: those that are too young to tell count for as long as they were watched
/// (E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations", Journal of the American Statistical Association 53
/// (1958), 457–481). The interval is of Greenwood's variance on the log-minus-log scale, which stays within 0 and 1 (J. D. Kalbfleisch and
/// R. L. Prentice, The Statistical Analysis of Failure Time Data, 2nd edition, section 1.4); while nothing was lost, and once all are, it
/// is Wilson's of those at risk. A placement counts from the day on which it began to be watched (left truncation, ibid., section 1.3):
/// that it still stood then says nothing of those that were gone before anybody looked.
/// </summary>
public static class SurvivalCurve
{
    private const double Z = 1.959963984540054;

    /// <param name="days">
    /// The days to tell of. One that no placement has reached is left out, and so is one behind days on which none was watched, for nothing
    /// is known of it.
    /// </param>
    public static IReadOnlyList<CurvePoint> Of(IReadOnlyCollection<Lifetime> lifetimes, IEnumerable<int> days)
    {
        var losses = lifetimes.Where(one => one.IsLost).GroupBy(one => one.Days).OrderBy(day => day.Key)
            .Select(day => (Day: day.Key, Lost: day.Count(), AtRisk: lifetimes.Count(one => one.IsAtRisk(day.Key)))).ToList();
        var known = KnownUntil(lifetimes);
        return [.. days.Order().Where(day => day <= known).Select(day => At(lifetimes, losses, day)).OfType<CurvePoint>()];
    }

    // Nobody knows what was lost on days on which nothing was watched. Once all that began are lost, that stays so.
    private static int KnownUntil(IReadOnlyCollection<Lifetime> lifetimes)
    {
        var until = Survival.Reach;
        foreach (var one in lifetimes.OrderBy(one => one.WatchedFrom).TakeWhile(one => one.WatchedFrom <= until))
            until = Math.Max(until, one.Days);
        return lifetimes.All(one => one.IsLost) ? int.MaxValue : until;
    }

    private static CurvePoint? At(IReadOnlyCollection<Lifetime> lifetimes, List<(int Day, int Lost, int AtRisk)> losses, int day)
    {
        var atRisk = lifetimes.Count(one => one.IsAtRisk(day));
        var (share, variance) = (1.0, 0.0);
        foreach (var (_, lost, watched) in losses.TakeWhile(loss => loss.Day <= day))
        {
            share *= 1 - ((double)lost / watched);
            variance += lost == watched ? 0 : lost / ((double)watched * (watched - lost));
        }

        if (atRisk == 0 && share > 0)
            return null;
        if (share is 0 or 1)
        {
            var count = share > 0 ? atRisk : lifetimes.Count;
            var wilson = WilsonInterval.Of(share > 0 ? count : 0, count)!;
            return new CurvePoint(day, atRisk, share, Round(wilson.Low), Round(wilson.High));
        }

        var spread = Z * Math.Sqrt(variance) / Math.Log(share);
        var (one, other) = (Math.Pow(share, Math.Exp(spread)), Math.Pow(share, Math.Exp(-spread)));
        return new CurvePoint(day, atRisk, Round(share), Round(Math.Min(one, other)), Round(Math.Max(one, other)));
    }

    private static double Round(double share) => Math.Round(share, 4);
}
