using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements.Vendors;

/// <summary>Whether a link was still as agreed so many days after its start.</summary>
public static class Survival
{
    /// <summary>How far from the day itself a check may be to speak for it.</summary>
    public const int Reach = 7;

    /// <summary>
    /// By the day log: the mark of that very day where it tells, else of the nearest day before that does, else of the nearest after,
    /// within
    /// <see cref="Reach"/> days. A link that was lost and is back counts as agreed: the question is how things stood on that day.
    /// </summary>
    /// <param name="days">1 or more.</param>
    /// <param name="today">The day in UTC; it is not over and does not count.</param>
    public static SurvivalOutcome At(WatchedLink link, int days, DateOnly today)
    {
        if (Start(link) is not { } start)
            return SurvivalOutcome.NoStart;
        var day = start.AddDays(days);
        if (link.Terms?.End < day)
            return SurvivalOutcome.TermOver;
        if (day >= today)
            return SurvivalOutcome.TooYoung;
        return Nearest(link.Status.Days, day, today) switch
        {
            null => SurvivalOutcome.NotObservable,
            DayMark.AsAgreed => SurvivalOutcome.AsAgreed,
            _ => SurvivalOutcome.NotAsAgreed,
        };
    }

    /// <summary>The start that was agreed on, else the day when the link was first seen; null for neither.</summary>
    public static DateOnly? Start(WatchedLink link) =>
        link.Terms?.Start ?? (link.Status.Baseline is { } baseline ? DayLogEntry.Day(baseline.SeenAt) : null);

    private static DayMark? Nearest(DayLog log, DateOnly day, DateOnly today)
    {
        var before = Enumerable.Range(0, Reach + 1).Select(away => day.AddDays(-away));
        var after = Enumerable.Range(1, Reach).Select(away => day.AddDays(away)).Where(one => one < today);
        return before.Concat(after).Select(one => log[one]).Where(Tells).Select(mark => (DayMark?)mark).FirstOrDefault();
    }

    private static bool Tells(DayMark mark) => mark is not (DayMark.NotChecked or DayMark.CouldNotTell);
}

/// <summary>What is known of a link so many days after its start.</summary>
public enum SurvivalOutcome
{
    AsAgreed,
    NotAsAgreed,

    /// <summary>Not that old yet: what becomes of it is not known. Not counted.</summary>
    TooYoung,

    /// <summary>Its term had ended by then, so that nobody owed it any more. Not counted.</summary>
    TermOver,

    /// <summary>No check within 7 days of that day could tell. Not counted.</summary>
    NotObservable,

    /// <summary>No start was agreed on, and it was never seen. Not counted.</summary>
    NoStart,
}

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

/// <summary>How a vendor's links stood so many days after their start.</summary>
public sealed record SurvivalRow
{
    /// <summary>Days after the start: 30, 90, 180 or 365.</summary>
    public required int Days { get; init; }

    /// <summary>Links that are old enough, were still owed and could be observed.</summary>
    public required int N { get; init; }

    public required int AsAgreed { get; init; }

    /// <summary><see cref="AsAgreed"/> of <see cref="N"/>, 0 to 1; null when n is 0.</summary>
    public required double? Share { get; init; }

    /// <summary>The lower end of the 95 % Wilson score interval; null when n is 0.</summary>
    public required double? Low { get; init; }

    /// <summary>The upper end of it.</summary>
    public required double? High { get; init; }

    /// <summary>Not counted: not that old yet.</summary>
    public required int TooYoung { get; init; }

    /// <summary>Not counted: the term had ended by then.</summary>
    public required int TermOver { get; init; }

    /// <summary>Not counted: no check within 7 days could tell.</summary>
    public required int NotObservable { get; init; }

    /// <summary>Not counted: no start was agreed on, and the link was never seen.</summary>
    public required int NoStart { get; init; }

    internal static SurvivalRow Of(int days, IReadOnlyDictionary<SurvivalOutcome, int> counts)
    {
        int Count(SurvivalOutcome outcome) => counts.GetValueOrDefault(outcome);
        var asAgreed = Count(SurvivalOutcome.AsAgreed);
        var n = asAgreed + Count(SurvivalOutcome.NotAsAgreed);
        var interval = WilsonInterval.Of(asAgreed, n);
        return new SurvivalRow
        {
            Days = days,
            N = n,
            AsAgreed = asAgreed,
            Share = n == 0 ? null : Round((double)asAgreed / n),
            Low = interval is null ? null : Round(interval.Low),
            High = interval is null ? null : Round(interval.High),
            TooYoung = Count(SurvivalOutcome.TooYoung),
            TermOver = Count(SurvivalOutcome.TermOver),
            NotObservable = Count(SurvivalOutcome.NotObservable),
            NoStart = Count(SurvivalOutcome.NoStart),
        };
    }

    private static double Round(double share) => Math.Round(share, 4);
}

/// <summary>
/// The 95 % score interval for a share, which stays honest for small counts and shares near 0 and 1. Source: E. B. Wilson, "Probable
/// inference, the law of succession, and statistical inference", Journal of the American Statistical Association 22 (1927), 209–212;
/// recommended and tabulated (method 3) by R. G. Newcombe, Statistics in Medicine 17 (1998), 857–872.
/// </summary>
/// <param name="Low">0 to 1.</param>
/// <param name="High">0 to 1.</param>
public sealed record WilsonInterval(double Low, double High)
{
    // The 97.5 % point of the normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>Null when nothing was counted.</summary>
    /// <param name="successes">0 to <paramref name="count"/>.</param>
    public static WilsonInterval? Of(int successes, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, count);
        if (count == 0)
            return null;

        double n = count;
        var share = successes / n;
        var centre = share + (Z * Z / (2 * n));
        var spread = Z * Math.Sqrt((share * (1 - share) / n) + (Z * Z / (4 * n * n)));
        var scale = 1 + (Z * Z / n);
        return new WilsonInterval(Math.Max(0, (centre - spread) / scale), Math.Min(1, (centre + spread) / scale));
    }
}
