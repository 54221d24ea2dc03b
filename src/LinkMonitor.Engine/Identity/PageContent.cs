using System.Globalization;
using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Identity;

/// <summary>
/// Whether an answer has, by itself, what a page has that people set links on: running text that belongs to a site, a list of links to
/// other sites, or the form of an article. What walls, errors, shells and servers without a site have instead is a heading, a sentence or
/// two, a button, icons, or a notice that stands alone. The sizes are those of the corpus of such answers; words play no part.
/// </summary>
internal static class PageContent
{
    private const int EnoughProse = 500;
    private const int EnoughText = 1_000;
    private const int EnoughArticle = 200;
    private const int EnoughCalled = 150;

    // What stands before a form that asks for an address is no more than this, or the form is one for a letter.
    private const int LongestTeaser = 800;

    // A question for consent explains itself at length, to readers who are to find nothing else on the page.
    private const int LongestQuestion = 6_000;
    private const int MostLinksOfQuestion = 12;
    private const int LeastButtons = 2;
    private const int MostLinksBesideButtons = 5;

    public static bool IsThere(PageReading page) => Sign(page) is not null;

    /// <summary>What shows that it is there, as a sentence that begins with "it"; null when nothing does.</summary>
    public static string? Sign(PageReading page)
    {
        var shape = page.Shape;
        if (shape.IsCut || IsRegistration(shape) || (IsQuestion(page) && IsAlone(page)))
            return null;
        if (shape.LazyPart is not null || page.ShellRoot is not null)
            return Text(page);
        // Servers write the head of a page that a script fills, so what the head says is worth less beside an empty place.
        var isShell = shape is { EmptyPart: not null, Scripts: > 0 };
        if (!isShell && shape.HasHeadedArticle && !page.HasPasswordField && !shape.AsksQuestion && !SiteTies.LeadsToLogin(page))
            return "it has an article with a heading";
        if (shape.ArticleProse >= EnoughArticle && !SiteTies.LeadsToLogin(page))
            return "it has running text in an article";
        if (!isShell && shape.IsCalledArticle && shape.ProseLength >= EnoughCalled)
            return "it calls itself an article and has running text";
        return Text(page) ?? OutboundList.Sign(page);
    }

    /// <summary>Why nothing can be said of a page without content.</summary>
    public static IdentityFinding Doubt(PageReading page)
    {
        var shape = page.Shape;
        if (shape.IsCut)
            return NotThePageSigns.Cut;
        if (IsQuestion(page) || shape.AsksForLetters)
            return IdentityFinding.InPlace(IdentityDoubt.Wall, "the answer is a question to its readers, with little else on it");
        if ((shape.LazyPart ?? page.ShellRoot) is { } lazy)
            return NotThePageSigns.LeftToScript(lazy);
        if (shape.Scripts > 0 && shape.EmptyPart is { } empty)
            return NotThePageSigns.LeftToScript(empty);
        return IdentityFinding.Unsaid(
            IdentityDoubt.Little,
            IsRegistration(shape) ? "there is little text, and below it a form that asks for an e-mail address"
            : HasMuchText(shape) ? "there is a text, but no link to a page of its own site or to other sites, and no article"
            : OutboundList.HasEnough(page)
                ? "there are links to other sites, but hardly a text, no link to pages of its own site and no article"
            : "there is little text, hardly a link to another site and no article");
    }

    /// <summary>A form that has only buttons, or buttons for a script on a page that has next to no links.</summary>
    public static bool IsQuestion(PageReading page) =>
        page.Shape.AsksQuestion || (page.Shape.LooseButtons >= LeastButtons && page.Links.Count <= MostLinksBesideButtons);

    // A notice stands alone, however long it explains itself; a text of a site leads on.
    private static string? Text(PageReading page) => HasMuchText(page.Shape) && SiteTies.Of(page) is { } tie
        ? string.Create(
            CultureInfo.InvariantCulture, $"it has running text ({CountText.Of(page.Shape.ProseLength, "character")}) and {tie}")
        : null;

    public static bool HasMuchText(PageShape shape) => shape.ProseLength >= EnoughProse || shape.UnlinkedLength >= EnoughText;

    // "Create a free account to read on."
    private static bool IsRegistration(PageShape shape) => shape.EndsInAddressForm && shape.ProseLength < LongestTeaser;

    private static bool IsAlone(PageReading page) =>
        page.Shape is { ArticleProse: 0, IsCalledArticle: false }
        && page.Text.Length <= LongestQuestion && page.Links.Count <= MostLinksOfQuestion && OutboundList.Hosts(page) == 0;
}

/// <summary>
/// What ties an answer to a site. A site repeats its menu on all of its pages; what stands before them, what a server shows without a site,
/// and a program's message have at most a way in and a way out.
/// </summary>
internal static class SiteTies
{
    // A button "Enter" and a logo are links, too.
    private const int LeastOfTemplate = 2;
    private const int LeastOthers = 2;

    // The paths of the frameworks and shops that most sites run on: WordPress, Devise, Django, WooCommerce, Shopify, Magento, Ghost,
    // Discourse, phpBB.
    private static readonly string[] AccountPaths =
    [
        "/login", "/log-in", "/signin", "/sign-in", "/sign_in", "/wp-login.php", "/accounts/login", "/my-account", "/account/login",
        "/customer/account/login", "/signup", "/sign-up", "/register", "/ucp.php", "/session",
    ];

    // And what publishers call the way to a subscription.
    private static readonly string[] LoginPaths =
    [
        .. AccountPaths, "/subscribe", "/abo", "/abonnement",
        "/abonnieren", "/abonnez-vous", "/suscripcion", "/suscribete", "/abbonati", "/abbonamenti", "/assine", "/prenumerera", "/abonner",
        "/abonament", "/prenumerata", "/predplatne", "/subscription", "/subscriptions", "/membership", "/plans", "/pricing",
    ];

    /// <summary>Several links to other pages of its site.</summary>
    public static bool HasTemplate(PageReading page) => OwnPages(page) >= LeastOfTemplate;

    /// <summary>The tie, as the end of a sentence that begins with "it has running text and"; null for none.</summary>
    public static string? Of(PageReading page) =>
        OwnPages(page) > 0 ? "links to pages of its own site"
        : OtherHosts(page).Distinct().Take(LeastOthers).Count() == LeastOthers ? "links to other sites"
        : page.Canonical is not null || page.Next is not null || page.Feed is not null || page.Shape.IsCalledArticle
            ? "says which page it is"
        : page.Shape.HasMain ? "says which part of it is the content"
        : null;

    /// <summary>
    /// Whether an address is one to log in or to register at: by its path, with or without ".php", or by an action in its query, as forums
    /// have it (<c>member.php?action=login</c>).
    /// </summary>
    public static bool IsOfAccounts(WebUrl url)
    {
        var path = url.Path.TrimEnd('/');
        path = path.EndsWith(".php", StringComparison.OrdinalIgnoreCase) ? path[..^4] : path;
        var actions = (url.Query ?? "").Split('&', ';')
            .Select(static pair => "/" + pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        return actions.Append(path).Append(url.Path).Any(
            one => AccountPaths.Any(known => one.EndsWith(known, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>"Members only: log in to read this."</summary>
    public static bool LeadsToLogin(PageReading page) => page.Links.Any(link =>
        link.Placement is Placement.Main && link.Url is { IsHttp: true } url && IsLogin(url));

    /// <summary>Whether a link leads away from the page's site.</summary>
    public static bool IsOut(PageReading page, PageLink link) =>
        link.Url is { IsHttp: true } url && !TargetMatcher.IsSameSite(page.Url, url);

    private static IEnumerable<string> OtherHosts(PageReading page) =>
        page.Links.Where(link => IsOut(page, link)).Select(link => link.Url!.Host!);

    private static int OwnPages(PageReading page) => page.Links
        .Where(link => link.Url is { IsHttp: true } url && url.Path != page.Url.Path && !IsLogin(url)
            && TargetMatcher.Matches(page.Url, TargetMatch.Host, url))
        .Select(link => link.Url!.Path)
        .Distinct()
        .Take(LeastOfTemplate)
        .Count();

    private static bool IsLogin(WebUrl url) =>
        LoginPaths.Any(path => url.Path.TrimEnd('/').EndsWith(path, StringComparison.OrdinalIgnoreCase));
}

/// <summary>
/// Whether the links to other sites are what the page is for. Notices have them, too: icons of networks, browsers, app stores, countries,
/// partners, ways to pay. A list of links is long, or says something of each, or stands on a site.
/// </summary>
internal static class OutboundList
{
    private const int EnoughHosts = 4;

    // More networks, browsers and shops than a notice names.
    private const int LongList = 8;

    // A space, a comma, "and".
    private const int ShortestText = 15;

    /// <summary>What shows it, as a sentence that begins with "it"; null when nothing does.</summary>
    public static string? Sign(PageReading page)
    {
        if (!HasEnough(page) || NamesHost(page))
            return null;
        if (SiteTies.HasTemplate(page))
            return "it is a list of links to other sites, on a site";
        if (IsHostName(page.Title))
            return null;
        if (IsDescribed(page))
            return "it is a list of links to other sites, with a text beside each";
        return IsLong(page) && !PageContent.IsQuestion(page) ? "it is a list of links to other sites" : null;
    }

    public static bool HasEnough(PageReading page) => Hosts(page) == EnoughHosts;

    /// <summary>How many other hosts the main part links to, four at most.</summary>
    public static int Hosts(PageReading page) => Out(page).Select(link => link.Url!.Host).Distinct().Take(EnoughHosts).Count();

    private static IEnumerable<PageLink> Out(PageReading page) =>
        page.Links.Where(link => link.Placement is Placement.Main && SiteTies.IsOut(page, link));

    // Of countries and partners all addresses have one path: "/", "/privacy".
    private static bool IsLong(PageReading page)
    {
        var hosts = Out(page).Select(link => link.Url!.Host).Distinct().Count();
        return hosts >= LongList && Out(page).Select(link => link.Url!.Path).Distinct().Count() * 2 >= hosts;
    }

    private static bool IsDescribed(PageReading page)
    {
        var (count, described) = (0, 0);
        for (var i = 0; i < page.Links.Count; i++)
        {
            var link = page.Links[i];
            if (link.Placement is not Placement.Main || !SiteTies.IsOut(page, link))
                continue;
            var end = i + 1 < page.Links.Count ? page.Links[i + 1].TextStart : page.Text.Length;
            count++;
            if (end - link.TextEnd > ShortestText && page.Text.AsSpan(link.TextEnd..end).Trim().Length >= ShortestText)
                described++;
        }

        return described * 2 >= count;
    }

    // A domain without a site shows its own name over links of those who pay for them.
    private static bool NamesHost(PageReading page) => page.Url.Host is { Length: > 0 } host
        && (page.Title.Contains(host, StringComparison.OrdinalIgnoreCase)
            || page.Heading.Contains(host, StringComparison.OrdinalIgnoreCase));

    private static bool IsHostName(string title) =>
        title.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(title) is UriHostNameType.Dns;
}

/// <summary>
/// Whether a part that a script is to fill stands in the place of the link: it was not there when the link was last seen, and it stands
/// right below what stood above the link, or right above what stood below it; or between what stood on both sides of a list, a table or
/// another part that held the link; or, of a link in a comment, among the comments, of which those beside it are gone, or all but a few
/// words.
/// </summary>
internal static class UnfilledPlace
{
    /// <summary>The name of the part; null when there is none.</summary>
    public static string? Of(IdentityQuestion question, PageComparison comparison)
    {
        if (question.Known is not { Beside: { } beside } before)
            return null;
        var isContent = beside.Placement is Placement.Main or Placement.Comments;
        if ((isContent ? before.Unfilled : beside.Unfilled) is not { } known)
            return null;
        foreach (var part in question.Page.Shape.Unfilled)
        {
            if (known.Contains(part.Name) || part.Name == beside.OwnList
                || (part.Placement is Placement.Main or Placement.Comments) != isContent)
                continue;
            if (IsInPlace(question.Page, part, beside, comparison))
                return part.Name;
        }

        return null;
    }

    private static bool IsInPlace(PageReading page, UnfilledPart part, BesideLink beside, PageComparison comparison)
    {
        if (beside.Around?.Any(edges => edges.Hold(page.Text, part)) == true)
            return true;
        return !part.IsFaint && beside.Placement switch
        {
            Placement.Comments => part.Placement is Placement.Comments
                && (comparison.HasLostSurroundings || page.Shape.CommentLength <= UnfilledWalk.LongestPlaceholder),
            Placement.Main => StandsBetween(page.Text, part, beside),
            _ => false,
        };
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
