using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Engine.Comparing;

/// <summary>Compares a page's outbound links with those it had when the watched link was last as expected.</summary>
internal static class ScopeComparer
{
    /// <summary>Null when the verdict raises no such question: only a removed link and a changed rel do.</summary>
    public static ScopeFinding? Compare(Verdict verdict, OutboundLinks? before)
    {
        if (verdict.Observation.Reading is not { } page)
            return null;
        if (IsRemoval(verdict))
            return before is null ? ScopeFinding.Unknown : CompareRemoval(before, page);
        if (verdict.Best is { } best && verdict.Reasons.Any(reason => reason.Code == ReasonCode.RelChanged))
            return before is null ? ScopeFinding.Unknown : CompareRel(before, page, best.Qualifiers);
        return null;
    }

    public static bool IsRemoval(Verdict verdict) =>
        verdict.Reasons.Any(reason => reason.Code is ReasonCode.LinkRemoved or ReasonCode.MentionOnly);

    private static ScopeFinding CompareRemoval(OutboundLinks before, PageReading page)
    {
        var now = Marks(page);
        return ScopeFinding.Of(before.Links.Count, before.Links.Count(mark => !now.ContainsKey(LinkMark.Parse(mark).Key)));
    }

    /// <summary>Links that were already qualified as ours is now could not follow it, so they do not count.</summary>
    private static ScopeFinding CompareRel(OutboundLinks before, PageReading page, RelQualifiers ours)
    {
        var now = Marks(page);
        var comparable = before.Links.Select(LinkMark.Parse).Where(mark => mark.Qualifiers != ours && now.ContainsKey(mark.Key)).ToList();
        return ScopeFinding.Of(comparable.Count, comparable.Count(mark => now[mark.Key] != mark.Qualifiers));
    }

    /// <summary>The page's links by key; of several to one place the first counts, as in the fingerprint.</summary>
    private static Dictionary<string, RelQualifiers> Marks(PageReading page)
    {
        var marks = new Dictionary<string, RelQualifiers>(StringComparer.Ordinal);
        foreach (var link in page.Links.Where(link => link.Url is { IsHttp: true }))
        {
            var mark = LinkMark.Of(link);
            marks.TryAdd(mark.Key, mark.Qualifiers);
        }

        return marks;
    }
}
