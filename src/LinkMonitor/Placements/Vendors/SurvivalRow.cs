namespace LinkMonitor.Placements.Vendors;

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
