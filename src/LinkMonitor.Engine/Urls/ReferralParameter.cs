namespace LinkMonitor.Engine.Urls;

/// <summary>
/// Parameters by which a page's owner, an affiliate network or a site builder marks where a reader came from. Unlike those of <see cref="TrackingParameter"/> a site may use such a name
/// for something else, so a link with one counts as the target only when no other link does, and it is told.
/// </summary>
internal static class ReferralParameter
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        // Where from.
        "ref", "referrer", "referer", "ref_src", "ref_url", "refsrc", "ref_id", "refid", "referral", "referral_code", "source", "src", "via", "from", "origin",
        "cmp", "cmpid", "cmp_id", "campaign", "campaign_id", "campaignid", "camp", "mkt_source", "trk", "trkid", "tracking", "tracking_id", "trackingid", "trackid",
        "icid", "ncid", "ocid", "s_cid", "cid", "ito", "itm_source", "itm_medium", "itm_campaign", "ncclick", "ns_campaign", "ns_source", "ns_mchannel", "wt.mc_id", "wt_mc", "at_medium",
        "at_campaign", "xtor", "spm", "scm", "fb_ref", "fb_source",

        // Who is paid for it: Amazon Associates, Awin, CJ, Impact, Rakuten, ShareASale, Tradedoubler, ClickBank, Refersion, Post Affiliate Pro, AffiliateWP, PartnerStack, Shopify Collabs.
        "tag", "linkcode", "ascsubtag", "awc", "awinmid", "cjevent", "cjdata", "irclickid", "irgwc", "ranmid", "raneaid", "ransiteid", "sscid", "tduid", "hop", "rfsn", "a_aid", "a_bid",
        "aff", "affid", "aff_id", "affiliate", "affiliate_id", "affiliateid", "aff_sub", "aff_source", "afftrack", "affcode", "aid", "partner", "partner_id", "partnerid", "partnercode",
        "ps_partner_key", "ps_xid", "dt_id", "subid", "sub_id", "sid", "clickid", "click_id", "clickref", "coupon", "promo", "promocode", "discount",
    };

    public static bool Is(string name) => Names.Contains(name);
}
