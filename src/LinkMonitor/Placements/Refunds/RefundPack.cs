using System.Runtime.CompilerServices;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Placements.Reporting;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Placements.Refunds;

/// <summary>
/// Puts a refund pack together, reading links and changes only as fast as they are sent. Links are read twice: what they come to stands first. Days that
/// are over do not change between the two.
/// </summary>
internal sealed class RefundPack(ILinkStore links, TimeProvider time)
{
    public async IAsyncEnumerable<string> WriteAsync(
        Project project,
        string subject,
        Func<IAsyncEnumerable<WatchedLink>> claimed,
        IRefundWriter writer,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var claim = new RefundClaim();
        await foreach (var link in claimed().WithCancellation(cancellationToken))
            claim.Add(link, DayAccount.Of(link.Terms, link.Status.Days, DayMarks.Day(now)));
        var totals = new RefundTotals();
        yield return writer.Start(new RefundHeading(subject, project.Name, now), claim);
        await foreach (var link in claimed().WithCancellation(cancellationToken))
        {
            var account = DayAccount.Of(link.Terms, link.Status.Days, DayMarks.Day(now));
            totals.Add(account);
            yield return writer.Link(link, account);
            await foreach (var proof in links.ReadProofsAsync(link, cancellationToken))
                yield return writer.Change(link, proof);
        }

        yield return writer.End(totals);
    }
}
