using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Judging.Walls;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Absences;

/// <summary>
/// Something answers in the page's place or before it, by a mark of its own: a wall, a question for consent, a login, an error, or no text
/// at all. With the link missing we cannot tell.
/// </summary>
internal sealed class InFront : IAbsenceRule
{
    public Absence? Explain(AbsenceContext context) => context.Identity switch
    {
        { IsThePage: true } => null,
        { Doubt: IdentityDoubt.Wall or IdentityDoubt.Error or IdentityDoubt.NoText } finding => Tell(context, finding),
        _ => null,
    };

    private static Absence Tell(AbsenceContext context, IdentityFinding finding)
    {
        if (WalledPage.WallOf(context.Observation, context.Page) is { } wall)
            return Absence.Unknown(
                DoubtText.CodeOf(finding.Doubt),
                WallText.DetailOf(wall, context.Observation.Status),
                wall.Kind.ToString().ToLowerInvariant());
        return Absence.Unknown(DoubtText.CodeOf(finding.Doubt), DoubtText.Of(finding), finding.Doubt.ToString().ToLowerInvariant());
    }
}

/// <summary>
/// The answer has marks of a bot wall, a question for consent or a login that ordinary pages can have, too. With the link missing and next
/// to nothing on the page we cannot tell.
/// </summary>
internal static class WalledPage
{
    private const int LongestChallenge = 500;
    private const int MostChallengeLinks = 10;
    private const int LongestLogin = 800;
    private const int MostLoginLinks = 15;

    private static readonly string[] LoginTitles =
    [
        "log in", "login", "sign in", "signin", "log on", "anmelden", "anmeldung", "einloggen", "connexion", "se connecter",
        "iniciar sesión", "acceder", "accedi", "entrar", "inloggen", "zaloguj się", "logga in", "log ind", "logg inn", "kirjaudu sisään",
        "přihlášení", "giriş yap", "войти", "вход", "ログイン", "登录", "登入", "로그인",
    ];

    /// <summary>Null when there is none, or when the page is too much for one.</summary>
    public static Wall? WallOf(Observation observation, PageReading page) => observation.Wall switch
    {
        { Kind: WallKind.Consent or WallKind.Login } wall => wall,
        { Kind: WallKind.Challenge } wall when page.Text.Length <= LongestChallenge && page.Links.Count <= MostChallengeLinks => wall,
        { Kind: WallKind.Refusal or WallKind.Error or WallKind.Maintenance } wall
            when !IdentityJudge.HasContent(page) || (wall.IsName && !IdentityJudge.HasTemplate(page)) => wall,
        _ when IsLogin(page) => new Wall(WallKind.Login, "the site", false),
        _ => null,
    };

    // Forums have a field for the password above every discussion: only a page that is little else is a login.
    private static bool IsLogin(PageReading page)
    {
        if (!page.HasPasswordField)
            return false;
        return (page.Text.Length <= LongestLogin && page.Links.Count <= MostLoginLinks)
            || TitleParts.Of(page.Title).Concat(TitleParts.Of(page.Heading)).Any(part => LoginTitles.Contains(part));
    }
}

/// <summary>Splits titles such as "Page not found – Example" into what they are put together from.</summary>
internal static class TitleParts
{
    private static readonly string[] Separators = [" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " « ", ": ", " / ", " ⋆ "];

    private static readonly char[] Edges = [
        ' ', '.', '!', '?', '…', ':', '-', '–', '—', '(', ')', '[', ']', '"', '“', '”', '。', '¡', '¿', '|', '»', '«',
    ];

    /// <summary>Each part in lower case and without punctuation at its ends, the whole title first; none that is empty.</summary>
    public static IEnumerable<string> Of(string title) =>
        title.Split(Separators, StringSplitOptions.RemoveEmptyEntries)
            .Prepend(title)
            .Select(part => part.Trim(Edges).ToLowerInvariant().Replace('’', '\''))
            .Where(part => part.Length > 0);
}

/// <summary>Tells people why nothing is said of a link, because what came may not be the page.</summary>
internal static class DoubtText
{
    public static ReasonCode CodeOf(IdentityDoubt doubt) => doubt switch
    {
        IdentityDoubt.Wall => ReasonCode.Blocked,
        IdentityDoubt.Error => ReasonCode.ServerError,
        IdentityDoubt.Script => ReasonCode.ScriptOnly,
        IdentityDoubt.Half => ReasonCode.PageShrunk,
        IdentityDoubt.NoText => ReasonCode.NotHtml,
        IdentityDoubt.Other => ReasonCode.PageReplaced,
        _ => ReasonCode.NoContent,
    };

    /// <summary>One sentence with advice.</summary>
    public static string Of(IdentityFinding finding) => finding.Doubt switch
    {
        IdentityDoubt.Wall =>
            $"Something blocks the view of the page: {finding.Sign}. We cannot tell whether the link is there: open it in a browser.",
        IdentityDoubt.Error => $"The site failed: {finding.Sign}. This is usually temporary; we try again.",
        IdentityDoubt.Script =>
            $"A script writes the page, and we run no scripts: {finding.Sign}. We cannot tell whether the link is there: open it in a "
                + $"browser.",
        IdentityDoubt.Half => $"It may be half a page: {finding.Sign}. We cannot tell whether the link is there: open it in a browser.",
        IdentityDoubt.NoText => $"There are no links to read: {finding.Sign}; check that the page's URL is right.",
        IdentityDoubt.Other =>
            $"Something else answers at the page's address: {finding.Sign}. That may pass; what stays so for days counts as lost.",
        _ => $"We cannot tell whether this is the page: {finding.Sign}. Open it in a browser.",
    };
}
