using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Engine.Comparing;

/// <summary>Where a link stands on its page, and the text beside it, by which its place can be found again when it is gone.</summary>
public static class Surrounding
{
    /// <summary>At most 120 characters before the link.</summary>
    public static string Before(PageReading page, PageLink link) => Slice(page.Text, link.TextStart - SurvivingPlace.ContextLength, link.TextStart);

    /// <summary>At most 120 characters after the link.</summary>
    public static string After(PageReading page, PageLink link) => Slice(page.Text, link.TextEnd, link.TextEnd + SurvivingPlace.ContextLength);

    /// <summary>How far down the text the link stands: 0 at its beginning, 1 at its end; 0 on a page without text.</summary>
    public static double Share(PageReading page, PageLink link) =>
        page.Text.Length == 0 ? 0 : Math.Round(Math.Min(1, (double)link.TextStart / page.Text.Length), 3);

    /// <summary>Whether a link stands where another one stood: the text on one side of it at least is the same, and there was none that could differ on the other.</summary>
    /// <param name="before">What stood before the other link.</param>
    /// <param name="after">What stood after it.</param>
    internal static bool IsSamePlace(PageReading page, PageLink link, string before, string after)
    {
        var (left, right) = (Before(page, link), After(page, link));
        if (before.Length + after.Length == 0)
            return left.Length + right.Length == 0;
        return IsShared(before, left, fromEnd: true) || IsShared(after, right, fromEnd: false);
    }

    private static bool IsShared(string one, string other, bool fromEnd)
    {
        var length = Math.Min(Math.Min(one.Length, other.Length), SurvivingPlace.ContextLength);
        var shared = 0;
        while (shared < length && (fromEnd ? one[^(shared + 1)] == other[^(shared + 1)] : one[shared] == other[shared]))
            shared++;
        return shared >= SurvivingPlace.ShortestPiece || (shared == one.Length && shared >= SurvivingPlace.ShortestWhole);
    }

    /// <summary>How many of the page's links lead to another host than its own ("www." ignored).</summary>
    public static int ExternalLinks(PageReading page)
    {
        var host = LinkMark.HostOf(page.Url);
        return page.Links.Count(link => link.Url is { IsHttp: true } url && LinkMark.HostOf(url) != host);
    }

    /// <summary>A part of a text, within its bounds, without half a character at either end.</summary>
    internal static string Slice(string text, int from, int to)
    {
        from = Math.Clamp(from, 0, text.Length);
        to = Math.Clamp(to, from, text.Length);
        if (from < to && char.IsLowSurrogate(text[from]))
            from++;
        if (from < to && char.IsHighSurrogate(text[to - 1]))
            to--;
        return text[from..to].Trim();
    }
}
