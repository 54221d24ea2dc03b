using System.Globalization;

namespace LinkMonitor.Engine.Judging;

/// <summary>
/// The page has far less text, or far fewer links, than when the link was last seen: half a page, a maintenance page or another look for machines. It proves
/// nothing. On a redirect to another place another size is no wonder.
/// </summary>
internal sealed class PageShrunk : IAbsenceRule
{
    // Below these a page says nothing by its size.
    private const int LeastText = 1_000;
    private const int LeastLinks = 15;

    // One fifth: an article that is rewritten, or a list that is cleaned up, keeps more.
    private const int Share = 5;

    public Absence? Explain(AbsenceContext context)
    {
        if (context.Memory.LastSeen is not { } before || PageRedirected.IsRedirectedAway(context.Observation))
            return null;
        var now = PageMeasure.Of(context.Page);
        var lessText = before.TextLength >= LeastText && now.TextLength * Share < before.TextLength;
        var fewerLinks = before.LinkCount >= LeastLinks && now.LinkCount * Share < before.LinkCount;
        if (!lessText && !fewerLinks)
            return null;

        return Absence.Unknown(
            ReasonCode.PageShrunk,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The page came with {now.TextLength} characters of text and {now.LinkCount} links; it had {before.TextLength} and {before.LinkCount} when the link " +
                $"was last seen. It may be half a page, so we cannot tell: open it in a browser."),
            lessText ? "text" : "links");
    }
}
