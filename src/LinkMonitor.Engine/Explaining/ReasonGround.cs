using LinkMonitor.Engine.Judging;

namespace LinkMonitor.Engine.Explaining;

/// <summary>Where each reason is seen, and the page that says why it counts; docs/checks.md has the same sources.</summary>
/// <param name="Step">The step that shows it.</param>
/// <param name="Source">Null when the rule is our own.</param>
internal sealed record ReasonGround(StepName Step, string? Source)
{
    private const string Google = "https://developers.google.com/search/docs/";
    private const string Crawling = "https://developers.google.com/crawling/docs/";
    private const string Statuses = Crawling + "troubleshooting/http-status-codes";
    private const string Crawlable = Google + "crawling-indexing/links-crawlable";
    private const string Rfc9309 = "https://www.rfc-editor.org/rfc/rfc9309";

    public static ReasonGround Of(ReasonCode code) => code switch
    {
        ReasonCode.RelChanged => new(StepName.Rel, Google + "crawling-indexing/qualify-outbound-links"),
        ReasonCode.PageNofollow => new(StepName.Meta, Google + "crawling-indexing/robots-meta-tag"),
        ReasonCode.AnchorChanged => new(StepName.Anchor, Crawlable),
        ReasonCode.TargetChanged => new(StepName.Element, Crawlable),
        ReasonCode.PlacementChanged => new(StepName.Placement, "https://www.w3.org/TR/html-aam-1.0/"),
        ReasonCode.Hidden => new(StepName.Visibility, Google + "essentials/spam-policies#hidden-text-and-link-abuse"),
        ReasonCode.Noindex => new(StepName.Meta, Google + "crawling-indexing/block-indexing"),
        ReasonCode.CanonicalElsewhere => new(StepName.Canonical, Google + "crawling-indexing/consolidate-duplicate-urls"),
        ReasonCode.GoogleDisallowed => new(StepName.RobotsTxt, Crawling + "robots-txt/robots-txt-spec"),
        ReasonCode.TargetBroken => new(StepName.Target, Statuses),
        ReasonCode.TargetRedirects => new(StepName.Target, Google + "crawling-indexing/301-redirects"),
        ReasonCode.LinkRemoved or ReasonCode.MentionOnly => new(StepName.Element, Crawlable),
        ReasonCode.PageGone => new(StepName.Status, Statuses),
        ReasonCode.PageRedirected => new(StepName.Redirects, Google + "crawling-indexing/301-redirects"),
        ReasonCode.Soft404 => new(StepName.Content, Google + "crawling-indexing/troubleshoot-crawling-errors#soft-404-errors"),
        ReasonCode.DomainGone => new(StepName.Request, "https://www.rfc-editor.org/rfc/rfc8020"),
        ReasonCode.Blocked => new(
            StepName.Status, "https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/"),
        ReasonCode.ServerError => new(StepName.Status, Statuses),
        ReasonCode.Unreachable => new(StepName.Request, Crawling + "troubleshooting/dns-network-errors"),
        ReasonCode.NotHtml => new(StepName.Content, "https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type"),
        ReasonCode.TooLarge => new(StepName.Content, null),
        ReasonCode.RobotsDisallowed => new(StepName.RobotsTxt, Rfc9309),
        ReasonCode.Refused or ReasonCode.OurFault => new(StepName.Request, null),
        ReasonCode.Parked => new(StepName.Content, "https://www.icann.org/resources/pages/gtld-lifecycle-2012-02-25-en"),
        ReasonCode.PageShrunk => new(StepName.Identity, null),
        ReasonCode.PageReplaced => new(StepName.Identity, Google + "crawling-indexing/troubleshoot-crawling-errors#soft-404-errors"),
        ReasonCode.NoContent or ReasonCode.ScriptOnly => new(StepName.Content, Google + "crawling-indexing/javascript/javascript-seo-basics"),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No ground for this reason."),
    };
}
