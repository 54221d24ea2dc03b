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
