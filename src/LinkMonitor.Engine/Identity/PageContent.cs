using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Engine.Identity;

/// <summary>
/// Whether an answer has, by itself, what a page has that people set links on: running text, a list of links to other sites, or the form of
/// an article. What walls, errors and shells have instead is a heading, a sentence or two, a button and the site's menu. The sizes are
/// those of the corpus of such answers; words play no part.
/// </summary>
internal static class PageContent
{
    private const int EnoughProse = 500;
    private const int EnoughText = 1_000;
    private const int EnoughArticle = 200;
    private const int EnoughCalled = 150;
    private const int EnoughHosts = 4;

    // A question for consent explains itself at length, to readers who are to find nothing else on the page.
    private const int LongestQuestion = 6_000;
    private const int MostLinksOfQuestion = 12;
    private const int LeastButtons = 2;
    private const int MostLinksBesideButtons = 5;

    // The paths of the frameworks and shops that most sites run on: WordPress, Devise, Django, WooCommerce, Shopify, Magento, Ghost,
    // Discourse, phpBB; and what publishers call the way to a subscription.
    private static readonly string[] LoginPaths =
    [
        "/login", "/log-in", "/signin", "/sign-in", "/sign_in", "/wp-login.php", "/accounts/login", "/my-account", "/account/login",
        "/customer/account/login", "/signup", "/sign-up", "/register", "/subscribe", "/ucp.php", "/session", "/abo", "/abonnement",
        "/abonnieren", "/abonnez-vous", "/suscripcion", "/suscribete", "/abbonati", "/abbonamenti", "/assine", "/prenumerera", "/abonner",
        "/abonament", "/prenumerata", "/predplatne", "/subscription", "/subscriptions", "/membership", "/plans", "/pricing",
    ];

    public static bool IsThere(PageReading page)
    {
        var shape = page.Shape;
        if (shape.IsCut || (AsksQuestion(page) && IsAlone(page)))
            return false;
        if (shape.LazyPart is not null || page.ShellRoot is not null)
            return shape.ProseLength >= EnoughProse || shape.UnlinkedLength >= EnoughText;
        // Servers write the head of a page that a script fills, so what the head says is worth less beside an empty place.
        var isShell = shape is { EmptyPart: not null, Scripts: > 0 };
        return shape.ProseLength >= EnoughProse
            || shape.UnlinkedLength >= EnoughText
            || (shape.ArticleProse >= EnoughArticle && !LeadsToLogin(page))
            || (!isShell && shape.HasHeadedArticle && !page.HasPasswordField && !shape.AsksQuestion && !LeadsToLogin(page))
            || (!isShell && shape.IsCalledArticle && shape.ProseLength >= EnoughCalled)
            || (OtherHosts(page) >= EnoughHosts && !IsCalledAsHost(page));
    }

    /// <summary>Why nothing can be said of a page without content.</summary>
    public static IdentityFinding Doubt(PageReading page)
    {
        var shape = page.Shape;
        if (shape.IsCut)
            return NotThePageSigns.Cut;
        if (AsksQuestion(page) || shape.AsksForLetters)
            return IdentityFinding.InPlace(IdentityDoubt.Wall, "the answer is a question to its readers, with little else on it");
        if ((shape.LazyPart ?? page.ShellRoot) is { } lazy)
            return NotThePageSigns.LeftToScript(lazy);
        if (shape.Scripts > 0 && shape.EmptyPart is { } empty)
            return NotThePageSigns.LeftToScript(empty);
        return IdentityFinding.Unsaid(
            IdentityDoubt.Little, "there is little text, hardly a link to another site and no article");
    }

    // A domain without a site shows its own name over links of those who pay for them.
    private static bool IsCalledAsHost(PageReading page) => page.Url.Host is { Length: > 0 } host
        && (page.Title.Contains(host, StringComparison.OrdinalIgnoreCase)
            || page.Heading.Contains(host, StringComparison.OrdinalIgnoreCase));

    // "Members only: log in to read this."
    private static bool LeadsToLogin(PageReading page) => page.Links.Any(link =>
        link.Placement is Placement.Main
            && link.Url is { IsHttp: true } url
            && LoginPaths.Any(path => url.Path.TrimEnd('/').EndsWith(path, StringComparison.OrdinalIgnoreCase)));

    /// <summary>A form that has only buttons, or buttons for a script on a page that has next to no links.</summary>
    private static bool AsksQuestion(PageReading page) =>
        page.Shape.AsksQuestion || (page.Shape.LooseButtons >= LeastButtons && page.Links.Count <= MostLinksBesideButtons);

    private static bool IsAlone(PageReading page) =>
        page.Shape is { ArticleProse: 0, IsCalledArticle: false }
        && page.Text.Length <= LongestQuestion && page.Links.Count <= MostLinksOfQuestion && OtherHosts(page) == 0;

    /// <summary>How many other hosts the main part links to, four at most.</summary>
    private static int OtherHosts(PageReading page) => page.Links
        .Where(link => link.Placement is Placement.Main && link.Url is { IsHttp: true } url && url.Host != page.Url.Host)
        .Select(link => link.Url!.Host)
        .Distinct()
        .Take(EnoughHosts)
        .Count();
}

/// <summary>
/// Whether a part that a script is to fill stands in the place of the link: it was not there when the link was last seen, and it stands
/// right below what stood above the link, or right above what stood below it; or, of a link in a comment, among the comments, of which
/// those beside it are gone, or all but a few words.
/// </summary>
internal static class UnfilledPlace
{
    /// <summary>The name of the part; null when there is none.</summary>
    public static string? Of(IdentityQuestion question, PageComparison comparison)
    {
        if (question.Known is not { Beside: { } beside, Unfilled: { } known })
            return null;
        foreach (var part in question.Page.Shape.Unfilled)
        {
            if (known.Contains(part.Name))
                continue;
            if (beside.Placement is Placement.Comments
                ? part.Placement is Placement.Comments
                    && (comparison.HasLostSurroundings || question.Page.Shape.CommentLength <= UnfilledWalk.LongestPlaceholder)
                : StandsBetween(question.Page.Text, part, beside))
                return part.Name;
        }

        return null;
    }

    // What stood above the link may be in the part, too: its heading.
    private static bool StandsBetween(string text, UnfilledPart part, BesideLink beside)
    {
        var end = part.TextAt + part.TextLength;
        return IsBelow(part.TextAt) || (part.TextLength > 0 && IsBelow(end))
            || LinkSurroundings.IsShared(
                beside.EdgeBelow, LinkSurroundings.Slice(text, end, end + beside.EdgeBelow.Length + 2), fromEnd: false);

        bool IsBelow(int at) => LinkSurroundings.IsShared(
            beside.EdgeAbove, LinkSurroundings.Slice(text, at - beside.EdgeAbove.Length - 1, at), fromEnd: true);
    }
}
