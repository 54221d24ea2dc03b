using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Reading;

namespace LinkMonitor.Engine.Judging;

/// <summary>The table of signs that an answer is a bot wall's page and not the page itself.</summary>
internal static class ChallengeMarks
{
    /// <summary>A page with more links than this is no challenge, whatever its title.</summary>
    private const int MaxLinks = 10;

    /// <summary>Headers that no ordinary answer of the same vendor carries. Sources: the vendors' documentation.</summary>
    private static readonly (string Header, string Value, string Vendor)[] Headers =
    [
        // https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
        ("cf-mitigated", "challenge", "Cloudflare"),
        // https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html
        ("x-amzn-waf-action", "challenge", "AWS WAF"),
        ("x-amzn-waf-action", "captcha", "AWS WAF"),
        // https://vercel.com/docs/vercel-firewall
        ("x-vercel-mitigated", "challenge", "Vercel"),
        ("sg-captcha", "challenge", "SiteGround"),
    ];

    private static readonly (string Title, string Vendor)[] Titles =
    [
        ("Just a moment...", "Cloudflare"),
        ("Attention Required! | Cloudflare", "Cloudflare"),
        ("Please Wait... | Cloudflare", "Cloudflare"),
        ("DDoS-Guard", "DDoS-Guard"),
        ("Vercel Security Checkpoint", "Vercel"),
        ("Sucuri WebSite Firewall - Access Denied", "Sucuri"),
        ("Pardon Our Interruption", "Imperva"),
        ("Robot Challenge Screen", "SiteGround"),
        ("Client Challenge", "Fastly"),
        ("Human Verification", "AWS WAF"),
        ("Access to this page has been denied", "HUMAN"),
        ("Robot Check", "the site"),
        ("Bot Verification", "the site"),
        ("One moment, please...", "the site"),
        ("Checking your browser before accessing", "the site"),
        ("Are you a robot?", "the site"),
        ("Security Check", "the site"),
        ("Verifying your browser...", "the site"),
    ];

    /// <summary>Who answered with a challenge, by the headers; null for no challenge.</summary>
    public static string? VendorByHeader(ResponseHeaders headers) =>
        Headers.FirstOrDefault(mark => headers.Values(mark.Header).Any(value => value.Trim().Equals(mark.Value, StringComparison.OrdinalIgnoreCase))).Vendor;

    /// <summary>Who answered with a challenge, by the title of a page that has next to no links; null for no challenge.</summary>
    public static string? VendorByContent(PageReading reading) =>
        reading.Links.Count > MaxLinks
            ? null
            : Titles.FirstOrDefault(mark => reading.Title.StartsWith(mark.Title, StringComparison.OrdinalIgnoreCase)).Vendor;
}
