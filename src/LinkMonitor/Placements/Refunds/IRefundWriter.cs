using LinkMonitor.Storage.Links;

namespace LinkMonitor.Placements.Refunds;

/// <summary>Writes a refund pack piece by piece, in this order: start, then per link the link and its changes, then the end.</summary>
internal interface IRefundWriter
{
    string Start(RefundHeading heading);

    string Link(WatchedLink link, DayAccount account);

    string Change(WatchedLink link, ChangeProof proof);

    string End(RefundTotals totals);
}
