using LinkMonitor.Alerts.Composing;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;

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
            <p><strong>{WireName.Of(transition.From)} → {WireName.Of(transition.To)}</strong>, first seen {time.Write(transition.Since)}, confirmed {time.Write(transition.At)}</p>
            {Markup.Join(transition.ReasonsAfter.Select(Reason))}{Check("Before", transition.Before, snippets.Before, "del", proof.BeforeHash, time)}{Check("Then", transition.After, snippets.After, "ins", proof.AfterHash, time)}<p class="muted small">Change {proof.Change.Id}</p>
            </div>

            """);
    }

    private static Markup Reason(Reason reason)
    {
        var expected = reason.Expected is { } wanted ? Markup.Of($", expected <strong>{WebText.Cut(wanted, MaxValue)}</strong>") : Markup.Empty;
        var found = reason.Found is { } seen ? Markup.Of($", found <strong>{WebText.Cut(seen, MaxValue)}</strong>") : Markup.Empty;
        return Markup.Of($"<p>{ReasonWords.Label(reason.Code, Language.English)}{expected}{found}</p>\n");
    }

    private static Markup Check(
        string label, Evidence? evidence, IReadOnlyList<SnippetPiece> snippet, string element, string? hash, ProjectTime time)
    {
        if (evidence is null)
            return Markup.Of($"<p>{label}: no check had seen the page.</p>\n");
        var status = evidence.Status is { } code ? $"HTTP {code}" : "no answer";
        var html = snippet.Count == 0 ? Markup.Of($"<em>no such link in the page</em>") : Markup.Join(snippet.Select(piece => Piece(piece, element)));
        return Markup.Of($"""
            <p class="muted">{label}, checked {time.Write(evidence.CheckedAt)}: {status}, {WebText.Cut(evidence.FinalUrl, EvidenceTable.MaxUrl)}</p>
            <code>{html}</code>
            <p class="hash">SHA-256 {hash ?? ""}</p>

            """);
    }

    private static Markup Piece(SnippetPiece piece, string element)
    {
        var tag = new Markup(element);
        return piece.IsMarked ? Markup.Of($"<{tag}>{piece.Text}</{tag}>") : Markup.Of($"{piece.Text}");
    }
}
