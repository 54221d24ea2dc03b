using System.Diagnostics;

namespace LinkMonitor.Bench;

/// <summary>Compares two ways of doing the same, in turns.</summary>
internal static class Duel
{
    private const int WarmUps = 5;
    private const int Rounds = 41;

    /// <summary>The medians of one divided by the other's.</summary>
    public static (double Time, double Allocated) Run(Func<object?> one, Func<object?> other)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            Measure(one);
            Measure(other);
        }

        var rounds = Enumerable.Range(0, Rounds).Select(_ => (One: Measure(one), Other: Measure(other))).ToList();
        return (
            Median(rounds.Select(round => round.One.Ticks)) / Median(rounds.Select(round => round.Other.Ticks)),
            Median(rounds.Select(round => round.One.Bytes)) / Median(rounds.Select(round => round.Other.Bytes)));
    }

    private static (double Ticks, double Bytes) Measure(Func<object?> work)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        GC.KeepAlive(work());
        return (Stopwatch.GetTimestamp() - start, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
