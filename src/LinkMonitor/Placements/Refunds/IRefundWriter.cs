using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements.Refunds;

/// <summary>Writes a refund pack piece by piece, in this order: start, then per link the link and its changes, then the end.</summary>
internal interface IRefundWriter
{
    /// <param name="claim">What the links after it come to.</param>
    string Start(RefundHeading heading, RefundClaim claim);

    string Link(WatchedLink link, DayAccount account);

    string Change(WatchedLink link, ChangeProof proof);

    string End(RefundTotals totals);
}
