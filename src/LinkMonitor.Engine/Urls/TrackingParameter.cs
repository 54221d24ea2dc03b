namespace LinkMonitor.Engine.Urls;

/// <summary>A query parameter that names the campaign or the click, not the page.</summary>
/// <param name="Name">The whole name, or its beginning when <paramref name="IsPrefix"/>; lower case, compared without case.</param>
/// <param name="Vendor">Who adds it.</param>
/// <param name="IsPrefix">Whether every name that begins so is meant.</param>
internal sealed record TrackingParameter(string Name, string Vendor, bool IsPrefix = false)
{
    /// <summary>
    /// Only names that no site uses to choose content: short or plain ones (ref, source, cid, s) are missing on purpose, because ignoring
    /// one that matters would take another page for the target.
    /// </summary>
    public static readonly IReadOnlyList<TrackingParameter> All =
    [
        new("utm_", "Urchin, Google Analytics and everyone after them", IsPrefix: true),
        new("_ga", "Google Analytics, cross-domain"),
        new("_gl", "Google Analytics, cross-domain"),
        new("gclid", "Google Ads"),
        new("gclsrc", "Google Ads"),
        new("gbraid", "Google Ads, iOS apps"),
        new("wbraid", "Google Ads, iOS web"),
        new("gad_source", "Google Ads"),
        new("gad_campaignid", "Google Ads"),
        new("dclid", "Google Display & Video 360"),
        new("srsltid", "Google Merchant Center"),
        new("fbclid", "Meta"),
        new("igshid", "Instagram"),
        new("igsh", "Instagram"),
        new("msclkid", "Microsoft Advertising"),
        new("yclid", "Yandex Direct"),
        new("ysclid", "Yandex Search"),
        new("_openstat", "Yandex Openstat"),
        new("ttclid", "TikTok"),
        new("twclid", "X"),
        new("li_fat_id", "LinkedIn"),
        new("epik", "Pinterest"),
        new("rdt_cid", "Reddit"),
        new("sccid", "Snapchat"),
        new("mc_cid", "Mailchimp, campaign"),
        new("mc_eid", "Mailchimp, reader"),
        new("_hsenc", "HubSpot"),
        new("_hsmi", "HubSpot"),
        new("__hssc", "HubSpot"),
        new("__hstc", "HubSpot"),
        new("__hsfp", "HubSpot"),
        new("hsctatracking", "HubSpot"),
        new("mkt_tok", "Adobe Marketo"),
        new("_kx", "Klaviyo"),
        new("vero_id", "Vero"),
        new("vero_conv", "Vero"),
        new("oly_anon_id", "Omeda Olytics"),
        new("oly_enc_id", "Omeda Olytics"),
        new("mtm_", "Matomo", IsPrefix: true),
        new("matomo_", "Matomo", IsPrefix: true),
        new("pk_", "Matomo under its old name Piwik", IsPrefix: true),
    ];

    public static bool IsTracking(string name) => All.Any(parameter => parameter.Covers(name));

    private bool Covers(string name) => IsPrefix
        ? name.StartsWith(Name, StringComparison.OrdinalIgnoreCase)
        : name.Equals(Name, StringComparison.OrdinalIgnoreCase);
}
