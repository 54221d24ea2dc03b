namespace LinkMonitor.Placements.Refunds;

/// <summary>What is claimed of the links of one currency, or of those whose terms give no sum.</summary>
internal sealed class ClaimPart
{
    public RefundTotals Totals { get; } = new();

    /// <summary>The first counted day of any of the links; null when none is counted.</summary>
    public DateOnly? From { get; private set; }

    /// <summary>The last counted day of any of the links.</summary>
    public DateOnly? To { get; private set; }

    public void Add(DayAccount account)
    {
        Totals.Add(account);
        From = account.From is { } from && !(from >= From) ? from : From;
        To = account.To is { } to && !(to <= To) ? to : To;
    }
}
