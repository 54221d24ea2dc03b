using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;
using LinkMonitor.Views;
using LinkMonitor.Wording;

namespace LinkMonitor.Dashboard.Pages;

/// <summary>The evidence of a link's last check beside that of an earlier one.</summary>
internal static class EvidenceParts
{
    // A link that is there, but not as agreed, is shown beside what it was like when it was; any other beside when it was last there.
    // What it was like is in the change that ended it: further changes may have come since.
    public static EvidenceModel? Of(LinkStatus status, IEnumerable<LinkTransition> newestFirst, ProjectTime time)
    {
        if (status.LastEvidence is not { } now)
            return null;
        if (status.State == LinkState.Changed
            && newestFirst.FirstOrDefault(one => one is { From: LinkState.Live, To: LinkState.Changed }) is { Before: { } agreed })
            return Pair(agreed, now, "When it was as agreed", "Last check", time);
        var before = status.LastSeenEvidence is { } seen && seen.CheckedAt < now.CheckedAt ? seen : null;
        return Pair(before, now, "When the link was last seen", "Last check", time);
    }

    /// <summary>The evidence of two looks side by side.</summary>
    public static EvidenceModel Pair(Evidence? before, Evidence after, string headBefore, string headAfter, ProjectTime time)
    {
        var snippets = SnippetDifference.Compare(before?.Snippet, after.Snippet);
        return new EvidenceModel(
            before is null ? null : headBefore,
            headAfter,
            [
                .. EvidenceTable.Rows(before, after, time)
                    .Select(row => new ComparedEvidence(row.Label, row.Before, row.After, before is not null && row.Differs)),
            ],
            [.. snippets.Before.Select(piece => new Piece(piece.Text, piece.IsMarked))],
            [.. snippets.After.Select(piece => new Piece(piece.Text, piece.IsMarked))]);
    }
}

/// <summary>What was agreed for a link.</summary>
internal static class AgreedParts
{
    public static IReadOnlyList<FactLine> Of(Terms? terms)
    {
        List<FactLine> facts = [];
        if (terms is null)
            return facts;
        Add("Vendor", terms.Vendor);
        Add("Agreed price", LineMaker.CostOf(terms));
        Add("Term", (terms.Start, terms.End) switch
        {
            (null, null) => null,
            ({ } start, null) => $"since {start:yyyy-MM-dd}",
            (null, { } end) => $"to {end:yyyy-MM-dd}",
            ({ } start, { } end) => $"{start:yyyy-MM-dd} to {end:yyyy-MM-dd}",
        });
        Add("Contact", terms.Contact);
        Add("Invoice", terms.Invoice);
        return facts;

        void Add(string label, string? value)
        {
            if (value is not null)
                facts.Add(new FactLine(label, WebText.Visible(value)));
        }
    }
}
