namespace LinkMonitor.Engine.Judging.Walls;

/// <summary>Where the marks are documented, by the vendor or by those who keep lists of them.</summary>
internal static class WallSources
{
    /// <summary>Several people have published answers with the mark; the vendor documents none.</summary>
    public const string Reported = "reported by several who were answered so";

    /// <summary>Nothing public confirms the mark. It counts only where a mistake does little: behind a redirect, or on a page that is next to empty.</summary>
    public const string Unconfirmed = "not confirmed";

    public const string Cloudflare = "https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/";
    public const string CloudflareScripts = "https://github.com/scaredos/cfresearch";
    public const string Turnstile = "https://developers.cloudflare.com/turnstile/";
    public const string Aws = "https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-actions.html";
    public const string Human = "https://github.com/PerimeterX/perimeterx-python-wsgi";
    public const string Anubis = "https://github.com/TecharoHQ/anubis";
    public const string Akamai = "https://docs.hypersolutions.co/akamai-web/handling-428-status-code-sec-cpt";
    public const string SucuriScript = "https://github.com/codemanki/cloudscraper";
    public const string FlareSolverr = "https://github.com/FlareSolverr/FlareSolverr";
    public const string IsAntibot = "https://github.com/microlinkhq/is-antibot";
    public const string WafW00f = "https://github.com/EnableSecurity/wafw00f";
    public const string ParkingHosts = "https://github.com/MISP/misp-warninglists/tree/main/lists/parking-domain-ns";
}
