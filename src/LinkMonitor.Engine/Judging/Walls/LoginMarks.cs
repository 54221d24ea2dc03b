using static LinkMonitor.Engine.Judging.Walls.WallKind;
using static LinkMonitor.Engine.Judging.Walls.WallPlace;
using static LinkMonitor.Engine.Judging.Walls.WallSources;

namespace LinkMonitor.Engine.Judging.Walls;

/// <summary>Signs of a question for name and password.</summary>
internal static class LoginMarks
{
    private const string Devise = "https://github.com/heartcombo/devise";
    private const string WordPress = "https://developer.wordpress.org/reference/functions/wp_login_url/";

    public static IReadOnlyList<WallMark> All { get; } =
    [
        new(Login, RedirectPath, "/login", "the site", Reported),
        new(Login, RedirectPath, "/log-in", "the site", Unconfirmed),
        new(Login, RedirectPath, "/login.php", "the site", Unconfirmed),
        new(Login, RedirectPath, "/login.html", "the site", Unconfirmed),
        new(Login, RedirectPath, "/signin", "the site", Unconfirmed),
        new(Login, RedirectPath, "/sign-in", "the site", Unconfirmed),
        new(Login, RedirectPath, "/sign_in", "Devise", Devise),
        new(Login, RedirectPath, "/wp-login.php", "WordPress", WordPress),
        new(Login, RedirectPath, "/authwall", "LinkedIn", Reported),
        new(Login, RedirectPath, "/uas/login", "LinkedIn", Unconfirmed),
        new(Login, RedirectPath, "/checkpoint/lg/login", "LinkedIn", Unconfirmed),
        new(Login, RedirectPath, "/anmelden", "the site", Unconfirmed),
        new(Login, RedirectPath, "/connexion", "the site", Unconfirmed),
        new(Login, Host, "login.microsoftonline.com", "Microsoft", Reported),
        new(Login, Host, "accounts.google.com", "Google", Reported),
    ];
}
