using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Engine.Identity;

/// <summary>
/// Says whether what came is the page that is watched, before anything is said of its links. Pure. What is known of the page decides before what the answer looks like by
/// itself: most of a text that is still there cannot be a wall, however little it is, and another text under another name is not the page, however much it is.
/// </summary>
public static class IdentityJudge
{
    public static IdentityFinding Judge(IdentityQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        var comparison = question.Known is { } known ? PageComparison.Of(known, question) : null;
        var finding = Decide(question, comparison);
        return finding with { Compared = comparison?.Told() ?? ["nothing was known of the page, so only its own look counts"] };
    }

    /// <summary>Whether a page has, by itself, what a page has that people set links on: running text, links to other sites, or the form of an article.</summary>
    public static bool HasContent(PageReading page) => PageContent.IsThere(page);

    private static IdentityFinding Decide(IdentityQuestion question, PageComparison? comparison)
    {
        if (!question.Page.IsText || question.Page.Shape.IsGarbled)
            return IdentityFinding.Unsaid(IdentityDoubt.NoText, "what came is no text, though it is called a page");
        if (question.Page.Text is ['<', ..] && question.Page.Text.Contains("</", StringComparison.Ordinal))
            return IdentityFinding.Unsaid(IdentityDoubt.NoText, "the page shows its source instead of what that says");
        if (comparison is { IsMostlyKept: true })
            return HiddenPart(question, comparison) ?? IdentityFinding.Page(!comparison.IsSame);
        if (Signs.Of(question) is { } sign)
            return sign;
        if (comparison is not null)
            return ByComparison(question, comparison);
        return question.SpeaksOfTarget || PageContent.IsThere(question.Page) ? IdentityFinding.Page(isChanged: false) : PageContent.Doubt(question.Page);
    }

    /// <summary>Most of the text is there; the part with the link may be missing all the same: cut off, kept for those who pay, or left to a script.</summary>
    private static IdentityFinding? HiddenPart(IdentityQuestion question, PageComparison comparison)
    {
        if (question.IsPlaceKept)
            return null;
        var shape = question.Page.Shape;
        if (shape.IsCut && comparison.Kept < PageComparison.Whole)
            return Signs.Cut;
        if (ErrorText.EndsPage(question.Page) is { } error)
            return IdentityFinding.InPlace(IdentityDoubt.Error, error);
        if (shape.Paywall is { } paywall && comparison.HasShrunk)
            return Signs.Paid(paywall);
        if (shape.BreaksOff && comparison.HasShrunk)
            return Signs.BreaksOff;
        if ((shape.LazyPart ?? question.Page.ShellRoot) is { } lazy && !comparison.Before.HadLazyPart && comparison.HasLostText)
            return Signs.LeftToScript(lazy);
        return null;
    }

    private static IdentityFinding ByComparison(IdentityQuestion question, PageComparison comparison)
    {
        var page = question.Page;
        var isThere = PageContent.IsThere(page);
        if (!comparison.KnowsText)
            return ByMeasure(question, comparison, isThere);
        if (comparison.IsAnother)
            return IdentityFinding.InPlace(IdentityDoubt.Other, comparison.OtherSign());
        if (!comparison.KeepsOutbound && (comparison.HasShrunkFar || comparison.IsOnlyBeginning))
            return IdentityFinding.Unsaid(IdentityDoubt.Half, comparison.ShrunkSign());
        if (HiddenPart(question, comparison) is { } hidden)
            return hidden;
        if (isThere || comparison.IsPartlyKept || (comparison.KeepsFullName && !comparison.HasCollapsed))
            return IdentityFinding.Page(isChanged: true);
        if (comparison.HasCollapsed)
            return IdentityFinding.Unsaid(IdentityDoubt.Half, comparison.ShrunkSign());
        var doubt = PageContent.Doubt(page);
        return doubt.Doubt is IdentityDoubt.Little && comparison is { WasAsLittle: true, KeepsName: true, HasSameUrl: true }
            ? IdentityFinding.Page(isChanged: true)
            : doubt;
    }

    /// <summary>Only sizes and a title are known, from a row of an earlier version.</summary>
    private static IdentityFinding ByMeasure(IdentityQuestion question, PageComparison comparison, bool isThere)
    {
        if (comparison.HasShrunkFar)
            return IdentityFinding.Unsaid(IdentityDoubt.Half, comparison.ShrunkSign());
        if (isThere)
            return IdentityFinding.Page(isChanged: !comparison.KeepsName);
        return comparison.KeepsName && !comparison.HasCollapsed ? IdentityFinding.Page(isChanged: true) : PageContent.Doubt(question.Page);
    }
}
