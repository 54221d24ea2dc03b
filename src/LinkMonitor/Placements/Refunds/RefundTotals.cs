namespace LinkMonitor.Placements.Refunds;

/// <summary>What a refund pack adds up to. The sums are of the rounded sums of the links, so that they agree with what is shown.</summary>
internal sealed class RefundTotals
{
    private readonly Dictionary<string, decimal> _sums = new(StringComparer.Ordinal);

    public int Links { get; private set; }

    /// <summary>Links whose terms give no sum; they are in none of the totals.</summary>
    public int WithoutSum { get; private set; }

    public int DaysCounted { get; private set; }

    public int DaysAsAgreed { get; private set; }

    public int DaysNotAsAgreed { get; private set; }

    public int DaysNotObservable { get; private set; }

    /// <summary>By currency, in the order of their codes.</summary>
    public IReadOnlyList<Money> Sums => Money.Sum(_sums.Select(sum => new Money(sum.Key, sum.Value)));

    public void Add(DayAccount account)
    {
        Links++;
        DaysCounted += account.Counted;
        DaysAsAgreed += account.AsAgreed;
        DaysNotAsAgreed += account.NotAsAgreed;
        DaysNotObservable += account.NotObservable;
        if (account.Sum is { } sum)
            _sums[sum.Currency] = _sums.GetValueOrDefault(sum.Currency) + sum.Amount;
        else
            WithoutSum++;
    }
}
