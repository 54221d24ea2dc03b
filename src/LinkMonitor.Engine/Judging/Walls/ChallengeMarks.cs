using static LinkMonitor.Engine.Judging.Walls.WallKind;
using static LinkMonitor.Engine.Judging.Walls.WallPlace;
using static LinkMonitor.Engine.Judging.Walls.WallSources;

namespace LinkMonitor.Engine.Judging.Walls;

/// <summary>Signs of a test whether we are a person.</summary>
internal static class ChallengeMarks
{
    public static IReadOnlyList<WallMark> All { get; } =
    [
        new(Challenge, Header, "cf-mitigated: challenge", "Cloudflare", Cloudflare),
        new(Challenge, Header, "x-amzn-waf-action: challenge", "AWS WAF", Aws),
        new(Challenge, Header, "x-amzn-waf-action: captcha", "AWS WAF", Aws),
        new(Challenge, Header, "x-vercel-mitigated: challenge", "Vercel", IsAntibot),
        new(Challenge, Header, "x-vercel-mitigated: deny", "Vercel", Reported),
        new(Challenge, Header, "sg-captcha: challenge", "SiteGround", Reported),

        new(Challenge, Title, "Just a moment...", "Cloudflare", FlareSolverr),
        new(Challenge, Title, "Attention Required! | Cloudflare", "Cloudflare", FlareSolverr),
        new(Challenge, Title, "Please Wait... | Cloudflare", "Cloudflare", Reported),
        new(Challenge, Title, "DDoS-Guard", "DDoS-Guard", FlareSolverr),
        new(Challenge, Title, "Vercel Security Checkpoint", "Vercel", WafW00f),
        new(Challenge, TitleStart, "Sucuri WebSite Firewall", "Sucuri", WafW00f),
        new(Challenge, Title, "Pardon Our Interruption", "Imperva", Reported),
        new(Challenge, Title, "Robot Challenge Screen", "SiteGround", Reported),
        new(Challenge, Title, "Access to this page has been denied", "HUMAN", Human),
        new(Challenge, Title, "Making sure you're not a bot!", "Anubis", Anubis),
        new(Challenge, Title, "One moment, please...", "Imunify360", Reported),

        // Poems, questions and services are called so, too; the walls among them have a script or a header that proves them.
        new(Challenge, Title, "Un instant…", "Cloudflare", Unconfirmed) { IsProof = false },
        new(Challenge, Title, "Nur einen Moment…", "Cloudflare", Reported) { IsProof = false },
        new(Challenge, Title, "Un momento…", "Cloudflare", Reported) { IsProof = false },
        new(Challenge, Title, "You are being redirected...", "Sucuri", SucuriScript) { IsProof = false },
        new(Challenge, Title, "Client Challenge", "Fastly", Reported) { IsProof = false },
        new(Challenge, Title, "Human Verification", "AWS WAF", Reported) { IsProof = false },
        new(Challenge, Title, "Bot Verification", "LiteSpeed", Reported) { IsProof = false },
        new(Challenge, Title, "Robot Check", "the site", Unconfirmed) { IsProof = false },
        new(Challenge, TitleStart, "Checking your browser before accessing", "the site", Reported) { IsProof = false },
        new(Challenge, Title, "Are you a robot?", "the site", Reported) { IsProof = false },
        new(Challenge, Title, "Security Check", "the site", Reported) { IsProof = false },
        new(Challenge, Title, "Verifying your browser...", "the site", Reported) { IsProof = false },

        new(Challenge, Title, "百度安全验证", "Baidu", Reported) { IsProof = false },
        new(Challenge, Title, "验证码拦截", "Alibaba Cloud", Reported) { IsProof = false },
        new(Challenge, Body, "_____tmd_____/punish", "Alibaba Cloud", Reported),
        new(Challenge, Body, "/checkcaptcha", "Yandex", Yandex) { IsProof = false },
        new(Challenge, Body, "smartcaptcha.yandexcloud.net", "Yandex", Yandex) { IsProof = false },
        new(Challenge, Body, "id=\"captcha-form\"", "Google", Reported) { IsProof = false },

        new(Challenge, Body, "window._cf_chl_opt", "Cloudflare", IsAntibot),
        new(Challenge, Body, "/orchestrate/chl_page/", "Cloudflare", CloudflareScripts),

        // Cloudflare sets its other scripts into ordinary pages.
        new(Challenge, Body, "/cdn-cgi/challenge-platform/", "Cloudflare", CloudflareScripts) { IsProof = false },
        new(Challenge, Body, "Request unsuccessful. Incapsula incident ID", "Imperva", WafW00f),
        new(Challenge, Body, "_Incapsula_Resource", "Imperva", WafW00f) { IsProof = false },
        new(Challenge, Body, "content=\"px-captcha\"", "HUMAN", Human),
        new(Challenge, Body, "id=\"px-captcha\"", "HUMAN", Reported),
        new(Challenge, Body, "captcha.px-cdn.net/PX", "HUMAN", Human),
        new(Challenge, Body, "ct.captcha-delivery.com/c.js", "DataDome", Reported),
        new(Challenge, Body, "ct.captcha-delivery.com/i.js", "DataDome", Reported),
        new(Challenge, Body, "geo.captcha-delivery.com/captcha/", "DataDome", Reported),

        // A policy for content security names these hosts on ordinary pages.
        new(Challenge, Body, "captcha-delivery.com", "DataDome", Reported) { IsProof = false },
        new(Challenge, Body, "js.datadome.co", "DataDome", Reported) { IsProof = false },
        new(Challenge, Body, "window.gokuProps", "AWS WAF", Reported),
        new(Challenge, Body, "awswaf.com", "AWS WAF", IsAntibot) { IsProof = false },
        new(Challenge, Body, "sucuri_cloudproxy_js", "Sucuri", SucuriScript),
        new(Challenge, Body, "/.well-known/sgcaptcha/", "SiteGround", Reported),
        new(Challenge, Body, "lsrecaptcha-form", "LiteSpeed", Reported),
        new(Challenge, Body, "/_sec/cp_challenge/", "Akamai", Akamai),
        new(Challenge, Body, "/.well-known/ddos-guard/js-challenge/", "DDoS-Guard", Reported),
        new(Challenge, Body, "/.well-known/ddos-guard/ddg-captcha-page/", "DDoS-Guard", Reported),
        new(Challenge, Body, "/.well-known/ddos-guard/", "DDoS-Guard", Reported) { IsProof = false },
        new(Challenge, Body, "/.within.website/x/cmd/anubis/", "Anubis", Anubis),
        new(Challenge, Body, "/_fs-ch-", "Fastly", IsAntibot) { IsProof = false },
        new(Challenge, Body, "g-recaptcha", "reCAPTCHA", IsAntibot) { IsProof = false },
        new(Challenge, Body, "h-captcha", "hCaptcha", IsAntibot) { IsProof = false },
        new(Challenge, Body, "cf-turnstile", "Cloudflare Turnstile", Turnstile) { IsProof = false },

        new(Challenge, Host, "validate.perfdrive.com", "Radware", Reported),
        new(Challenge, Host, "captcha-delivery.com", "DataDome", Reported),
        new(Challenge, Url, "www.google.com/sorry/", "Google", Reported),
    ];
}

/// <summary>
/// Signs of a refusal that comes with a success status. They name what stands there; that it is not the page is decided by how it is
/// built.
/// </summary>
internal static class RefusalMarks
{
    public static IReadOnlyList<WallMark> All { get; } =
    [
        new(Refusal, Title, "Access Denied", "Akamai and others", WafW00f) { IsProof = false },
        new(Refusal, Title, "Request Rejected", "F5", WafW00f) { IsProof = false },
        new(Refusal, Title, "Your access to this site has been limited", "Wordfence", WafW00f) { IsProof = false },
        new(Refusal, Title, "Web Page Blocked!", "Fortinet", WafW00f) { IsProof = false },
        new(Refusal, Title, "Web Site Blocked", "SonicWall", WafW00f) { IsProof = false },
        new(Refusal, Title, "Blocked", "the site", Unconfirmed) { IsProof = false },
        new(Refusal, Title, "Too Many Requests", "the site", Reported) { IsProof = false },
        new(Refusal, InTitle, "429 Too Many", "the site", Reported) { IsProof = false },
        new(Refusal, Title, "403 Forbidden", "the site", Reported) { IsProof = false },
        new(Refusal, Title, "Private Site", "WordPress.com", Reported) { IsProof = false },
        new(Refusal, Body, "errors.edgesuite.net", "Akamai", WafW00f) { IsProof = false },
        new(Refusal, Body, "errors&#46;edgesuite&#46;net", "Akamai", WafW00f) { IsProof = false },
        new(Refusal, Body, "Generated by Wordfence", "Wordfence", WafW00f) { IsProof = false },
        new(Refusal, Body, "The requested URL was rejected. Please consult with your administrator.", "F5", WafW00f) { IsProof = false },
        new(Refusal, Body, "cf-error-details", "Cloudflare", Reported) { IsProof = false },
        new(Refusal, Body, "errors.aliyun.com", "Alibaba Cloud", WafW00f) { IsProof = false },
        new(Refusal, Body, "waf.tencent-cloud.com", "Tencent Cloud", WafW00f) { IsProof = false },
        new(Refusal, Body, "Barracuda Networks", "Barracuda", WafW00f) { IsProof = false },
        new(Refusal, Body, "mod_security", "ModSecurity", WafW00f) { IsProof = false },
    ];
}

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

/// <summary>Signs of a question for consent to cookies that comes before the page.</summary>
internal static class ConsentMarks
{
    public static IReadOnlyList<WallMark> All { get; } =
    [
        new(Consent, Host, "consent.google.com", "Google", IsAntibot),
        new(Consent, Host, "consent.youtube.com", "YouTube", Reported),
        new(Consent, Host, "consent.yahoo.com", "Yahoo", Reported),
        new(Consent, Host, "guce.yahoo.com", "Yahoo", Reported),
        new(Consent, Host, "guce.aol.com", "AOL", Unconfirmed),
        new(Consent, Host, "guce.techcrunch.com", "Yahoo", Unconfirmed),
        new(Consent, Host, "guce.oath.com", "Yahoo", Unconfirmed),
        new(Consent, Host, "myprivacy.dpgmedia.nl", "DPG Media", Reported),
        new(Consent, Host, "myprivacy.dpgmedia.be", "DPG Media", Reported),
        new(Consent, Host, "myprivacy.dpgmedia.net", "DPG Media", Reported),
        new(Consent, Host, "myprivacy.dpgmediagroup.net", "DPG Media", Reported),

        new(Consent, Body, "https://consent.google.com/save", "Google", Unconfirmed),
        new(Consent, Body, "https://consent.youtube.com/save", "YouTube", Reported),

        // With the name of the service: without it every other travel guide begins so.
        new(Consent, TitleStart, "Before you continue to Google", "Google", Reported),
        new(Consent, TitleStart, "Before you continue to YouTube", "YouTube", Reported),
        new(Consent, TitleStart, "Bevor Sie zu Google", "Google", Reported),
        new(Consent, TitleStart, "Bevor Sie zu YouTube", "YouTube", Unconfirmed),
        new(Consent, TitleStart, "Avant d'accéder à Google", "Google", Unconfirmed),
        new(Consent, TitleStart, "Avant d'accéder à YouTube", "YouTube", Unconfirmed),
        new(Consent, TitleStart, "Antes de ir a Google", "Google", Reported),
        new(Consent, TitleStart, "Antes de ir a YouTube", "YouTube", Unconfirmed),
        new(Consent, TitleStart, "Prima di continuare su Google", "Google", Unconfirmed),
        new(Consent, TitleStart, "Prima di continuare su YouTube", "YouTube", Unconfirmed),
        new(Consent, TitleStart, "Voordat je verdergaat naar Google", "Google", Unconfirmed),
        new(Consent, TitleStart, "Voordat je verdergaat naar YouTube", "YouTube", Unconfirmed),
        new(Consent, TitleStart, "Zanim przejdziesz do Google", "Google", Unconfirmed),
        new(Consent, TitleStart, "Zanim przejdziesz do YouTube", "YouTube", Unconfirmed),

        new(Consent, RedirectPath, "/zustimmung", "the site", Unconfirmed),
        new(Consent, RedirectPath, "/consent", "the site", Unconfirmed),
        new(Consent, RedirectPath, "/cookie-consent", "the site", Unconfirmed),
        new(Consent, RedirectPath, "/cookiewall", "the site", Unconfirmed),
        new(Consent, RedirectPath, "/privacy-gate", "the site", Reported),
    ];
}
