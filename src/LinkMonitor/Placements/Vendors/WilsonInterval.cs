namespace LinkMonitor.Placements.Vendors;

/// <summary>
/// The 95 % score interval for a share, which stays honest for small counts and shares near 0 and 1. Source: E. B. Wilson, "Probable inference, the law of
/// succession, and statistical inference", Journal of the American Statistical Association 22 (1927), 209–212; recommended and tabulated
/// (method 3) by R. G. Newcombe, Statistics in Medicine 17 (1998), 857–872.
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
