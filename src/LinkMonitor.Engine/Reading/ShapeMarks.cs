using System.Collections.Frozen;
using LinkMonitor.Engine.Reading.Trees;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// Names in the markup by which frameworks and services mark parts of a page. They are technical names, not words: the same in every
/// language. Each row has the document that names it.
/// </summary>
internal static class ShapeMarks
{
    // https://htmx.org/attributes/hx-trigger/ https://turbo.hotwired.dev/handbook/frames https://github.com/github/include-fragment-element
    // https://vuejs.org/api/built-in-directives.html#v-cloak https://docs.angularjs.org/api/ng/directive/ngCloak
    // https://alpinejs.dev/directives/cloak https://unpoly.com/up-defer
    // https://docs.astro.build/en/reference/directives-reference/#clientonly https://knockoutjs.com/documentation/binding-syntax.html
    // https://learn.microsoft.com/aspnet/core/blazor/fundamentals/startup https://stimulus.hotwired.dev/
    // https://livewire.laravel.com/docs/lazy
    public static readonly FrozenSet<string> Cloaks = FrozenSet.ToFrozenSet(
    [
        "v-cloak", "ng-cloak", "x-cloak", "data-cloak", "up-defer", "data-bind", "data-dgst", "wire:init", "x-intersect", "ng-view",
        "ui-view", "data-ng-view",
    ]);

    private static readonly string[] Frames = ["turbo-frame", "include-fragment", "router-outlet", "esi:include", "livewire", "ng-include"];

    private static readonly string[] LoadTriggers = ["load", "revealed", "intersect"];

    // The containers of services that ask for consent, by their own documents: OneTrust, Cookiebot, Usercentrics, Didomi, Quantcast Choice,
    // TrustArc, Complianz, CookieYes, Osano, iubenda, Sourcepoint, consentmanager, Klaro, Borlabs.
    private static readonly FrozenSet<string> ConsentParts = FrozenSet.ToFrozenSet(
    [
        "onetrust-consent-sdk", "onetrust-banner-sdk", "cybotcookiebotdialog", "usercentrics-root", "uc-banner-modal", "didomi-host",
        "qc-cmp2-container", "qc-cmp2-ui", "truste-consent-track", "trustarc-banner", "cmplz-cookiebanner-container", "cmplz-cookiebanner",
        "cky-consent-container", "cookie-law-info-bar", "osano-cm-window", "iubenda-cs-banner", "sp_message_container", "cmpbox",
        "cmpwrapper", "klaro", "borlabscookiebox", "cc-window",
    ]);

    // Class names of the services and plug-ins that sell access: Piano, Leaky Paywall, Zephr, Poool, MemberPress, Restrict Content Pro,
    // Ghost, Newspack, Substack.
    private static readonly FrozenSet<string> Paywalls = FrozenSet.ToFrozenSet(
    [
        "paywall", "paywall-container", "paywall-wrapper", "paywall-overlay", "paywall-teaser", "paywall-content", "js-paywall",
        "is-paywalled", "paywalled", "regwall", "metered-paywall", "tp-modal", "piano-paywall", "leaky_paywall_message",
        "leaky_paywall_message_wrap", "poool-widget", "poool-paywall", "zephr-paywall", "mepr-unauthorized-excerpt",
        "mepr-unauthorized-message", "rcp_restricted", "gh-post-upgrade-cta", "gh-post-upgrade-cta-content",
        "newspack-memberships__content-gate", "content-gate", "subscription-wall", "subscriber-only", "premium-wall",
    ]);

    /// <summary>A name of content that comes later, read off the element's tag and attributes; null for an ordinary element.</summary>
    public static string? Lazy(PageElement element)
    {
        if (Frames.Contains(element.Name) && (element.HasAttribute("src") || element.Name is not "turbo-frame"))
            return element.Name;
        foreach (var attribute in element.Attributes)
        {
            if (Cloaks.Contains(attribute.Name))
                return attribute.Name;
            if (attribute.Name is "hx-trigger" or "data-hx-trigger"
                && LoadTriggers.Any(word => attribute.Value.Contains(word, StringComparison.OrdinalIgnoreCase)))
                return attribute.Name;
            if (element.Name == "astro-island" && attribute.Name == "client" && attribute.Value == "only")
                return "astro-island";
        }

        return null;
    }

    public static bool IsConsentPart(PageElement element) => Array.Exists(element.Names, ConsentParts.Contains);

    public static string? Paywall(PageElement element) => Array.Find(element.Names, Paywalls.Contains);

    /// <summary>
    /// Microformats of an entry: https://microformats.org/wiki/h-entry https://microformats.org/wiki/hatom, and schema.org's articles.
    /// </summary>
    public static bool IsEntry(PageElement element) =>
        Array.Exists(element.Names, static name => name is "h-entry" or "hentry")
        || (element.GetAttribute("itemtype") is { } type
            && type.Contains("schema.org/", StringComparison.Ordinal)
            && IsArticleType(type[(type.LastIndexOf('/') + 1)..]))
        || element.GetAttribute("itemprop") is "articleBody";

    /// <summary>schema.org's Article and what it is the parent of: https://schema.org/Article</summary>
    public static bool IsArticleType(string type) =>
        type.EndsWith("Article", StringComparison.Ordinal)
            || type.EndsWith("Posting", StringComparison.Ordinal)
            || type is "Report" or "Recipe";
}
