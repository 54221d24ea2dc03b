using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Urls;

/// <summary>Whether the URL of a link is the target that is watched.</summary>
public static class TargetMatcher
{
    /// <param name="target">What was registered.</param>
    /// <param name="mode">How closely the link must keep to it.</param>
    /// <param name="candidate">What a link on the page points to.</param>
    public static bool Matches(WebUrl target, TargetMatch mode, WebUrl candidate) => mode switch
    {
        TargetMatch.Page => IsSamePage(target, candidate),
        TargetMatch.Exact => WithoutEmptyFragment(target).Equals(WithoutEmptyFragment(candidate)),
        TargetMatch.Prefix => target.IsHttp && candidate.IsHttp && HasSameHost(target, candidate) && IsBelow(target.Form, candidate.Form),
        TargetMatch.Host => target.IsHttp && candidate.IsHttp && HasSameHost(target, candidate),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a target match."),
    };

    /// <summary>
    /// Whether the candidate is the target with parameters added that only say where the reader came from
    /// (<see cref="ReferralParameter"/>): the same page for a link that may be written in any way, reported as a notice.
    /// </summary>
    /// <param name="added">The names that were added, in the order of their letters.</param>
    public static bool MatchesWithReferral(WebUrl target, WebUrl candidate, out IReadOnlyList<string> added)
    {
        added = [];
        if (!target.IsHttp || !candidate.IsHttp || !HasSameHost(target, candidate))
            return false;
        var (wanted, found) = (target.Form, candidate.Form);
        if (wanted.Authority != found.Authority || wanted.Path != found.Path || !HasAll(found.Parameters, wanted.Parameters))
            return false;
        var more = found.Parameters.ToList();
        foreach (var parameter in wanted.Parameters)
            more.Remove(parameter);
        string[] names = [.. more.Select(static parameter => parameter.Split('=')[0])];
        if (names.Length == 0 || !names.All(ReferralParameter.Is))
            return false;
        added = names;
        return true;
    }

    /// <summary>
    /// Whether the candidate is the target but for its query, its fragment or the way it is written: another form of one address.
    /// </summary>
    public static bool IsVariant(WebUrl target, WebUrl candidate)
    {
        if (!target.IsHttp || !candidate.IsHttp || !HasSameHost(target, candidate))
            return false;
        var (one, other) = (target.Form, candidate.Form);
        return one.Authority == other.Authority && one.Path == other.Path;
    }

    /// <summary>
    /// Whether the candidate belongs to the target's site: the same host ("www." ignored) or a subdomain of it, on any port of http or
    /// https. An IP address is the same site as itself only. The other way round is not the same site: a target on shop.example.com does
    /// not claim example.com.
    /// </summary>
    public static bool IsSameSite(WebUrl target, WebUrl candidate)
    {
        if (!target.IsHttp || !candidate.IsHttp) return false;

        return Sites.Has(HostKey(target), HostKey(candidate));
    }

    // A page has hundreds of links, and nearly all lead to other hosts: those cost a comparison of names and no more.
    private static bool HasSameHost(WebUrl target, WebUrl candidate) => HostKey(target).SequenceEqual(HostKey(candidate));

    private static bool IsSamePage(WebUrl target, WebUrl candidate) => target.IsHttp && candidate.IsHttp
        ? HasSameHost(target, candidate) && target.Form.IsSame(candidate.Form)
        : target.IsHttp == candidate.IsHttp && UrlKeys.TargetKey(target) == UrlKeys.TargetKey(candidate);

    private static bool IsBelow(TargetForm target, TargetForm candidate)
    {
        if (target.Authority != candidate.Authority) return false;
        if (target.Parameters.Count > 0) return target.Path == candidate.Path && HasAll(candidate.Parameters, target.Parameters);
        return candidate.Path == target.Path || candidate.Path.StartsWith(target.Path + "/", StringComparison.Ordinal);
    }

    private static bool HasAll(IReadOnlyList<string> parameters, IReadOnlyList<string> wanted)
    {
        var left = parameters.ToList();
        return wanted.All(left.Remove);
    }

    private static ReadOnlySpan<char> HostKey(WebUrl url) => TargetForm.HostKey(url.Host!.AsSpan());

    private static WebUrl WithoutEmptyFragment(WebUrl url) => url.Fragment is "" ? url.WithoutFragment() : url;
}

/// <summary>
/// Which hosts are one site: a host and those below it. There is no list of suffixes in it (decision 49), so that <c>a.example.com</c> and
/// <c>b.example.com</c> are two, unless <c>example.com</c> is known to be a host itself.
/// </summary>
public static class Sites
{
    /// <summary>The host as it is compared: without "www." and without the dot of the DNS root.</summary>
    /// <param name="host">In lower case, as <see cref="WebUrl.Host"/> is.</param>
    public static string KeyOf(string host) => TargetForm.HostKey(host);

    /// <summary>Whether a host is that of a site or below it. An IP address is the same site as itself only.</summary>
    /// <param name="site">In lower case.</param>
    /// <param name="host">In lower case.</param>
    public static bool Has(ReadOnlySpan<char> site, ReadOnlySpan<char> host) =>
        host.EndsWith(site, StringComparison.Ordinal)
        && (host.Length == site.Length || (site.Length > 0 && host[^(site.Length + 1)] == '.' && !IsAddress(host)));

    /// <summary>The highest of some hosts that a host is below; the host itself when it is below none.</summary>
    /// <param name="all">As <see cref="KeyOf"/> has them.</param>
    public static string Of(string host, IReadOnlySet<string> all)
    {
        if (IsAddress(host))
            return host;
        var site = host;
        for (var dot = host.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = host.IndexOf('.', dot + 1))
        {
            if (all.Contains(host[(dot + 1)..]))
                site = host[(dot + 1)..];
        }

        return site;
    }

    private static bool IsAddress(ReadOnlySpan<char> host) => host is ['[', ..] || Ipv4Host.EndsInNumber(host);
}

/// <summary>Which URLs count as the target of a watched link.</summary>
[JsonConverter(typeof(WireNameJsonConverter<TargetMatch>))]
public enum TargetMatch
{
    /// <summary>
    /// The same page, the default: equal target keys, so that http or https, "www.", slashes at the end, tracking parameters, the order of
    /// parameters and the fragment make no difference.
    /// </summary>
    Page,

    /// <summary>The same URL to the letter, as the URL standard serialises it; the fragment counts, but an empty one is none.</summary>
    Exact,

    /// <summary>
    /// The target page or any page below it: <c>/shop</c> covers <c>/shop</c>, <c>/shop/</c>, <c>/shop/a</c> and <c>/shop?x=1</c>, not
    /// <c>/shopping</c>. A target with a query covers only its own path, with at least its parameters.
    /// </summary>
    Prefix,

    /// <summary>Any page of the host. "www.", scheme and port make no difference; another subdomain is another host.</summary>
    Host,
}

/// <summary>
/// Parameters by which a page's owner, an affiliate network or a site builder marks where a reader came from. Unlike those of
/// <see cref="TrackingParameter"/> a site may use such a name for something else, so a link with one counts as the target only when no
/// other link does, and it is reported.
/// </summary>
internal static class ReferralParameter
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        // Where from.
        "ref", "referrer", "referer", "ref_src", "ref_url", "refsrc", "ref_id", "refid", "referral", "referral_code", "source", "src",
        "via", "from", "origin", "cmp", "cmpid", "cmp_id", "campaign", "campaign_id", "campaignid", "camp", "mkt_source", "trk", "trkid",
        "tracking", "tracking_id", "trackingid", "trackid", "icid", "ncid", "ocid", "s_cid", "cid", "ito", "itm_source", "itm_medium",
        "itm_campaign", "ncclick", "ns_campaign", "ns_source", "ns_mchannel", "wt.mc_id", "wt_mc", "at_medium", "at_campaign", "xtor",
        "spm", "scm", "fb_ref", "fb_source",

        // Who is paid for it: Amazon Associates, Awin, CJ, Impact, Rakuten, ShareASale, Tradedoubler, ClickBank, Refersion, Post Affiliate
        // Pro, AffiliateWP, PartnerStack, Shopify Collabs.
        "tag", "linkcode", "ascsubtag", "awc", "awinmid", "cjevent", "cjdata", "irclickid", "irgwc", "ranmid", "raneaid", "ransiteid",
        "sscid", "tduid", "hop", "rfsn", "a_aid", "a_bid", "aff", "affid", "aff_id", "affiliate", "affiliate_id", "affiliateid", "aff_sub",
        "aff_source", "afftrack", "affcode", "aid", "partner", "partner_id", "partnerid", "partnercode", "ps_partner_key", "ps_xid",
        "dt_id", "subid", "sub_id", "sid", "clickid", "click_id", "clickref", "coupon", "promo", "promocode", "discount",
    };

    public static bool Is(string name) => Names.Contains(name);
}

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
