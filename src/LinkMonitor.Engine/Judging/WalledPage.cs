using LinkMonitor.Engine.Judging.Walls;

namespace LinkMonitor.Engine.Judging;

/// <summary>
/// The answer has marks of a bot wall, a question for consent or a login that ordinary pages can have, too. With the link missing and next to nothing on the
/// page we cannot tell.
/// </summary>
internal sealed class WalledPage : IAbsenceRule
{
    private const int LongestChallenge = 500;
    private const int MostChallengeLinks = 10;
    private const int LongestLogin = 800;
    private const int MostLoginLinks = 15;

    private static readonly string[] LoginTitles =
    [
        "log in", "login", "sign in", "signin", "log on", "anmelden", "anmeldung", "einloggen", "connexion", "se connecter", "iniciar sesión", "acceder",
        "accedi", "entrar", "inloggen", "zaloguj się", "logga in", "log ind", "logg inn", "kirjaudu sisään", "přihlášení", "giriş yap", "войти", "вход",
        "ログイン", "登录", "登入", "로그인",
    ];

    public Absence? Explain(AbsenceContext context) => WallOf(context) is { } wall
        ? Absence.Unknown(ReasonCode.Blocked, WallText.DetailOf(wall, context.Observation.Status), wall.Kind.ToString().ToLowerInvariant())
        : null;

    private static Wall? WallOf(AbsenceContext context)
    {
        var page = context.Page;
        return context.Observation.Wall switch
        {
            { Kind: WallKind.Consent or WallKind.Login } wall => wall,
            { Kind: WallKind.Challenge } wall when page.Text.Length <= LongestChallenge && page.Links.Count <= MostChallengeLinks => wall,
            _ when IsLogin(context) => new Wall(WallKind.Login, "the site", false),
            _ => null,
        };
    }

    // Forums have a field for the password above every discussion: only a page that is little else is a login.
    private static bool IsLogin(AbsenceContext context)
    {
        var page = context.Page;
        if (!page.HasPasswordField)
            return false;
        return (page.Text.Length <= LongestLogin && page.Links.Count <= MostLoginLinks)
            || TitleParts.Of(page.Title).Concat(TitleParts.Of(page.Heading)).Any(part => LoginTitles.Contains(part));
    }
}
