using System.Text.Json.Serialization;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Identity;

/// <summary>
/// Says whether what came is the page that is watched, before anything is said of its links. Pure. What is known of the page decides before
/// what the answer looks like by itself: most of a text that is still there cannot be a wall, however little it is, and another text under
/// another name is not the page, however much it is.
/// </summary>
public static class IdentityJudge
{
    public static IdentityFinding Judge(IdentityQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        var comparison = question.Known is { } known ? PageComparison.Of(known, question) : null;
        var finding = Decide(question, comparison);
        return finding with { Compared = comparison?.Told() ?? Told(question, finding) };
    }

    /// <summary>
    /// Whether a page has, by itself, what a page has that people set links on: running text, links to other sites, or the form of an
    /// article.
    /// </summary>
    public static bool HasContent(PageReading page) => PageContent.IsThere(page);

    /// <summary>Whether a page has several links to others of its site, as its template has.</summary>
    public static bool HasTemplate(PageReading page) => SiteTies.HasTemplate(page);

    // Without a comparison: which sign made it a page.
    private static string[] Told(IdentityQuestion question, IdentityFinding finding)
    {
        const string Unknown = "nothing was known about the page, so only its own signs count";
        if (!finding.IsThePage)
            return [Unknown];
        return
        [
            Unknown,
            PageContent.Sign(question.Page)
                ?? (IsShownText(question) ? "a browser showed it, and it has running text" : "it names the link's target or its site"),
        ];
    }

    // Who hands a document over says which page it is, so its text need not be tied to a site. No answer has no status.
    private static bool IsShownText(IdentityQuestion question) =>
        question.Status is null && PageContent.HasMuchText(question.Page.Shape);

    private static IdentityFinding Decide(IdentityQuestion question, PageComparison? comparison)
    {
        if (!question.Page.IsText || question.Page.Shape.IsGarbled)
            return IdentityFinding.Unsaid(IdentityDoubt.NoText, "the answer is not text, though it is declared as a page");
        if (question.Page.Text is ['<', ..] && question.Page.Text.Contains("</", StringComparison.Ordinal))
            return IdentityFinding.Unsaid(IdentityDoubt.NoText, "the page shows its source instead of its content");
        if (comparison is { IsMostlyKept: true })
            return HiddenPart(question, comparison) ?? IdentityFinding.Page(!comparison.IsSame);
        if (NotThePageSigns.Of(question) is { } sign)
            return sign;
        if (comparison is not null)
            return ByComparison(question, comparison);
        return question.SpeaksOfTarget || PageContent.IsThere(question.Page) || IsShownText(question)
            ? IdentityFinding.Page(isChanged: false)
            : PageContent.Doubt(question.Page);
    }

    /// <summary>
    /// Most of the text is there; the part with the link may be missing all the same: cut off, kept for those who pay, or left to a script.
    /// </summary>
    private static IdentityFinding? HiddenPart(IdentityQuestion question, PageComparison comparison)
    {
        if (UnfilledPlace.Of(question, comparison) is { } part)
            return NotThePageSigns.LeftToScript(part);
        if (question.IsPlaceKept)
            return null;
        var shape = question.Page.Shape;
        if (shape.IsCut && comparison.Kept < PageComparison.Whole)
            return NotThePageSigns.Cut;
        if (ErrorText.EndsPage(question.Page) is { } error)
            return IdentityFinding.InPlace(IdentityDoubt.Error, error);
        if (shape.Paywall is { } paywall && comparison.HasShrunk)
            return NotThePageSigns.Paid(paywall);
        if (shape.BreaksOff && comparison.HasShrunk)
            return NotThePageSigns.BreaksOff;
        if ((shape.LazyPart ?? question.Page.ShellRoot) is { } lazy && !comparison.Before.HadLazyPart && comparison.HasLostText)
            return NotThePageSigns.LeftToScript(lazy);
        return comparison.EndsAboveLink ? IdentityFinding.Unsaid(IdentityDoubt.Half, comparison.AboveSign()) : null;
    }

    private static IdentityFinding ByComparison(IdentityQuestion question, PageComparison comparison)
    {
        var page = question.Page;
        var isThere = PageContent.IsThere(page);
        if (!comparison.KnowsText)
            return ByMeasure(question, comparison, isThere);
        // An empty frame under the page's own title is not another page.
        if (comparison.IsEmptied)
            return IdentityFinding.Unsaid(IdentityDoubt.Half, comparison.ShrunkSign());
        if (comparison.IsAnother)
            return IdentityFinding.InPlace(IdentityDoubt.Other, comparison.OtherSign());
        if (comparison.IsPart)
            return IdentityFinding.Unsaid(IdentityDoubt.Half, comparison.ShrunkSign());
        if (HiddenPart(question, comparison) is { } hidden)
            return hidden;
        if (comparison.HasLostAll)
            return IdentityFinding.Unsaid(IdentityDoubt.Half, comparison.ShrunkSign());
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

/// <summary>What came when a page was asked for, and what was known of it.</summary>
public sealed record IdentityQuestion
{
    /// <summary>The page that was asked for.</summary>
    public required WebUrl Asked { get; init; }

    /// <summary>What answered in the end.</summary>
    public required PageReading Page { get; init; }

    /// <summary>The way there; a refresh counts as a redirect.</summary>
    public IReadOnlyList<Redirect> Redirects { get; init; } = [];

    public int? Status { get; init; }

    /// <summary>The names of the cookies that the last answer set.</summary>
    public IReadOnlyList<string> Cookies { get; init; } = [];

    /// <summary>What a mark of the answer says it is, as the end of a sentence that begins with "the answer is"; null for none.</summary>
    public string? Mark { get; init; }

    /// <summary>What kind of thing that is.</summary>
    public IdentityDoubt MarkedAs { get; init; }

    /// <summary>The page when its link was last seen on it; null when that is not known.</summary>
    public KnownPage? Known { get; init; }

    /// <summary>
    /// How many of the other outbound links that the page had are known, without those that are in its frame now; 0 for none.
    /// </summary>
    public int OutboundKnown { get; init; }

    /// <summary>How many of these its main part still has.</summary>
    public int OutboundKept { get; init; }

    /// <summary>
    /// The page names the link's target, or another page of its site: an answer in the page's place does not have it.
    /// </summary>
    public bool SpeaksOfTarget { get; init; }

    /// <summary>The text around the place where the link was is still there, with nothing in the link's place.</summary>
    public bool IsPlaceKept { get; init; }
}

/// <summary>What stands behind the answers <see cref="IdentityAnswer.InItsPlace"/> and <see cref="IdentityAnswer.CannotSay"/>.</summary>
public enum IdentityDoubt
{
    /// <summary>None: it is the page.</summary>
    None,

    /// <summary>A wall, a question or a refusal.</summary>
    Wall,

    /// <summary>An error of the site, or a page of its server.</summary>
    Error,

    /// <summary>A script writes the page, or leads elsewhere.</summary>
    Script,

    /// <summary>Little came, and nothing says why.</summary>
    Little,

    /// <summary>A part of the page came.</summary>
    Half,

    /// <summary>It is no text.</summary>
    NoText,

    /// <summary>Another page.</summary>
    Other,
}

/// <summary>Whether what came is the page that was asked for. The wire names are kebab-case, for example <c>the-page</c>.</summary>
[JsonConverter(typeof(WireNameJsonConverter<IdentityAnswer>))]
public enum IdentityAnswer
{
    /// <summary>The page, as it was as far as can be seen.</summary>
    ThePage,

    /// <summary>The page, with another text or under another name.</summary>
    ThePageChanged,

    /// <summary>Something else at the page's address: a wall, an error, another page.</summary>
    InItsPlace,

    /// <summary>Too little came to say.</summary>
    CannotSay,
}

/// <summary>Is it the page at all?</summary>
/// <param name="Sign">What shows it, as a part of a sentence; null when nothing in particular does.</param>
public sealed record IdentityFinding(IdentityAnswer Answer, IdentityDoubt Doubt, string? Sign)
{
    /// <summary>What was compared with what was known, and what came of it; says so when nothing was known.</summary>
    public IReadOnlyList<string> Compared { get; init; } = [];

    /// <summary>Only of the page itself may be said that a link was taken out of it.</summary>
    public bool IsThePage => Answer is IdentityAnswer.ThePage or IdentityAnswer.ThePageChanged;

    internal static IdentityFinding Page(bool isChanged) =>
        new(isChanged ? IdentityAnswer.ThePageChanged : IdentityAnswer.ThePage, IdentityDoubt.None, null);

    internal static IdentityFinding InPlace(IdentityDoubt doubt, string sign) => new(IdentityAnswer.InItsPlace, doubt, sign);

    internal static IdentityFinding Unsaid(IdentityDoubt doubt, string sign) => new(IdentityAnswer.CannotSay, doubt, sign);
}
