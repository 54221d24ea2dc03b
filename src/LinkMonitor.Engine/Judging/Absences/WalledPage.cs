using LinkMonitor.Engine.Identity;
using LinkMonitor.Engine.Judging.Walls;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Absences;

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
        { Kind: WallKind.Refusal or WallKind.Error or WallKind.Maintenance } wall when !IdentityJudge.HasContent(page) => wall,
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
