using System.Runtime.CompilerServices;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Paging;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Wording;

namespace LinkMonitor.Placements.Refunds;

/// <summary>One change of a refund pack, with its evidence before and after.</summary>
internal static class RefundChangeHtml
{
    private const int MaxValue = 300;

    public static Markup Write(ChangeProof proof, ProjectTime time)
    {
        var transition = proof.Change.Transition;
        var snippets = SnippetDifference.Compare(transition.Before?.Snippet, transition.After.Snippet);
        return Markup.Of($"""
            <div class="change">
            <p><strong>{WireName.Of(transition.From)} → {WireName.Of(transition.To)}</strong>, first seen {time.Write(transition.Since)},
            confirmed {time.Write(transition.At)}</p>
            {Markup.Join(transition.ReasonsAfter.Select(Reason))}
            {Check("Before", transition.Before, snippets.Before, "del", proof.BeforeHash, time)}
            {Check("Then", transition.After, snippets.After, "ins", proof.AfterHash, time, snippets.IsSame)}
            <p class="muted small">Change {proof.Change.Id}</p>
            </div>

            """);
    }

    private static Markup Reason(Reason reason)
    {
        var expected = reason.Expected is { } wanted
            ? Markup.Of($", expected <strong>{WebText.Cut(wanted, MaxValue)}</strong>")
            : Markup.Empty;
        var found = reason.Found is { } seen ? Markup.Of($", found <strong>{WebText.Cut(seen, MaxValue)}</strong>") : Markup.Empty;
        return Markup.Of($"<p>{ReasonWords.Label(reason.Code, Language.English)}{expected}{found}</p>\n");
    }

    /// <param name="isShown">The same HTML stands above.</param>
    private static Markup Check(
        string label, Evidence? evidence, IReadOnlyList<SnippetPiece> snippet, string element, string? hash, ProjectTime time,
        bool isShown = false)
    {
        if (evidence is null)
            return Markup.Of($"<p>{label}: no check had seen the page.</p>\n");
        var status = evidence.Status is { } code ? $"HTTP {code}" : "no answer";
        var html = snippet.Count == 0
            ? Markup.Of($"<em>no such link in the page</em>")
            : Markup.Join(snippet.Select(piece => Piece(piece, element)));
        return Markup.Of($"""
            <p class="muted">{label}, checked {time.Write(evidence.CheckedAt)}: {status},
            {WebText.Cut(evidence.FinalUrl, EvidenceTable.MaxUrl)}</p>
            {(isShown ? Markup.Of($"<p>The link's HTML was the same.</p>") : Markup.Of($"<code>{html}</code>"))}
            <p class="hash">SHA-256 {hash ?? ""}</p>

            """);
    }

    private static Markup Piece(SnippetPiece piece, string element)
    {
        var tag = new Markup(element);
        return piece.IsMarked ? Markup.Of($"<{tag}>{piece.Text}</{tag}>") : Markup.Of($"{piece.Text}");
    }
}

/// <summary>Writes a refund pack piece by piece, in this order: start, then per link the link and its changes, then the end.</summary>
internal interface IRefundWriter
{
    /// <param name="claim">What the links after it come to.</param>
    string Start(RefundHeading heading, RefundClaim claim);

    string Link(WatchedLink link, DayAccount account);

    string Change(WatchedLink link, ChangeProof proof);

    string End(RefundTotals totals);
}

/// <summary>What a refund pack is about.</summary>
/// <param name="Subject">The vendor, or the page of the one link.</param>
/// <param name="ProjectName">The project's name.</param>
/// <param name="MadeAt">When it was made, in UTC.</param>
internal sealed record RefundHeading(string Subject, string ProjectName, DateTimeOffset MadeAt);

/// <summary>
/// Puts a refund pack together, reading links and changes only as fast as they are sent. Links are read twice: what they come to stands
/// first. Days that are over do not change between the two.
/// </summary>
internal sealed class RefundPack(ILinkStore links, TimeProvider time)
{
    public async IAsyncEnumerable<string> WriteAsync(
        Project project,
        string subject,
        Func<IAsyncEnumerable<Slice<WatchedLink>>> claimed,
        IRefundWriter writer,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var claim = new RefundClaim();
        await foreach (var slice in claimed().WithCancellation(cancellationToken))
            foreach (var link in slice.Items)
                claim.Add(link, DayAccount.Of(link.Terms, link.Status.Days, DayLogEntry.Day(now)));
        var totals = new RefundTotals();
        yield return writer.Start(new RefundHeading(subject, project.Name, now), claim);
        await foreach (var slice in claimed().WithCancellation(cancellationToken))
        {
            totals.AddUnreadable(links: slice.SetAside);
            foreach (var link in slice.Items)
            {
                var account = DayAccount.Of(link.Terms, link.Status.Days, DayLogEntry.Day(now));
                totals.Add(account);
                yield return writer.Link(link, account);
                await foreach (var proofs in links.ReadProofsAsync(link, cancellationToken))
                {
                    totals.AddUnreadable(changes: proofs.SetAside);
                    foreach (var proof in proofs.Items)
                        yield return writer.Change(link, proof);
                }
            }
        }

        yield return writer.End(totals);
    }
}

/// <summary>What a refund pack adds up to. The sums are of the rounded sums of the links, so that they agree with what is shown.</summary>
internal sealed class RefundTotals
{
    private readonly Dictionary<string, decimal> _sums = new(StringComparer.Ordinal);

    public int Links { get; private set; }

    /// <summary>Links whose terms give no sum; they are in none of the totals.</summary>
    public int WithoutSum { get; private set; }

    /// <summary>Links that are claimed, too, and whose stored rows cannot be read: they are in no sum.</summary>
    public int UnreadableLinks { get; private set; }

    /// <summary>Changes of the links that cannot be read: the sums rest on the days, and stand without.</summary>
    public int UnreadableChanges { get; private set; }

    public int DaysCounted { get; private set; }

    public int DaysAsAgreed { get; private set; }

    public int DaysNotAsAgreed { get; private set; }

    public int DaysNotObservable { get; private set; }

    /// <summary>By currency, in the order of their codes.</summary>
    public IReadOnlyList<Money> Sums => Money.Sum(_sums.Select(sum => new Money(sum.Key, sum.Value)));

    public void AddUnreadable(int links = 0, int changes = 0)
    {
        UnreadableLinks += links;
        UnreadableChanges += changes;
    }

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
