using System.Buffers;
using System.Collections.Frozen;
using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading.Trees;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// How a page is built: where its text stands and what it asks of its readers, without regard to what the words mean. By this a page is
/// distinguished from an answer that only takes its place, in any language.
/// </summary>
public sealed record PageShape
{
    /// <summary>The visible text outside menus, heads, feet, side columns, dialogs and comments, white space folded.</summary>
    public string MainText { get; init; } = "";

    /// <summary>
    /// The running text of <see cref="MainText"/>, without menus, lists of links and captions, which pages of one site share.
    /// </summary>
    public string ProseText { get; init; } = "";

    /// <summary>
    /// How much of <see cref="MainText"/> is running text: blocks of at least 80 characters that are not mostly links. Characters of
    /// scripts that say a word in one or two of them count for two or three.
    /// </summary>
    public int ProseLength { get; init; }

    /// <summary>How many such blocks there are.</summary>
    public int ProseBlocks { get; init; }

    /// <summary>Where the first 1,000 of these blocks stand, in document order.</summary>
    internal IReadOnlyList<ProsePart> ProseParts { get; init; } = [];

    /// <summary>The part of <see cref="ProseLength"/> that stands in an <c>article</c> element.</summary>
    public int ArticleProse { get; init; }

    /// <summary>There is an <c>article</c> element with a heading and a sentence or two that are not links.</summary>
    public bool HasHeadedArticle { get; init; }

    /// <summary>There is a <c>main</c> element: the page says which of its parts is the content.</summary>
    public bool HasMain { get; init; }

    /// <summary>All of <see cref="MainText"/> but the text of links, counted as <see cref="ProseLength"/> is.</summary>
    public int UnlinkedLength { get; init; }

    /// <summary>The page calls itself an article: Open Graph, schema.org or microformats.</summary>
    public bool IsCalledArticle { get; init; }

    /// <summary>There is a form in the main part that has buttons and nothing to fill in: it asks a question.</summary>
    public bool AsksQuestion { get; init; }

    /// <summary>How many buttons stand in the main part outside forms.</summary>
    public int LooseButtons { get; init; }

    /// <summary>There is a form with a picture and one field: it asks to copy what the picture shows.</summary>
    public bool AsksForLetters { get; init; }

    /// <summary>There is a form with one field, for an e-mail address, and no running text below it.</summary>
    public bool EndsInAddressForm { get; init; }

    /// <summary>A mark of content that a script fetches: an empty frame, cloak or container; null for none.</summary>
    public string? LazyPart { get; init; }

    /// <summary>An element with an id or a class that came empty though it stands where content would; null for none.</summary>
    public string? EmptyPart { get; init; }

    /// <summary>How long the text among the comments is, in characters.</summary>
    public int CommentLength { get; init; }

    /// <summary>The parts that came without content, for a script to fill, in document order. At most 200.</summary>
    public IReadOnlyList<UnfilledPart> Unfilled { get; init; } = [];

    /// <summary>A mark of content that is kept from those who have not paid; null for none.</summary>
    public string? Paywall { get; init; }

    /// <summary>The last block of running text ends with an ellipsis, and no other does: the text goes on elsewhere.</summary>
    public bool BreaksOff { get; init; }

    /// <summary>A script of the page sends its readers to another address as soon as it runs.</summary>
    public bool HasScriptMove { get; init; }

    /// <summary>A script of the page sets a cookie and loads the page again.</summary>
    public bool HasScriptReload { get; init; }

    /// <summary>How many scripts the page loads from a URL or holds itself.</summary>
    public int Scripts { get; init; }

    /// <summary>The source ends inside an element that has to be closed, with no end of the body before: the rest is missing.</summary>
    public bool IsCut { get; init; }

    /// <summary>What stands on the page for content that did not come, or may; in the order of the page. At most 2,000.</summary>
    public IReadOnlyList<StandIn> StandIns { get; init; } = [];

    /// <summary>The page has next to no letters but many characters that no text holds: it is something else, read as text.</summary>
    public bool IsGarbled { get; init; }
}

/// <summary>A part of a page that came without content, for a script to fill.</summary>
/// <param name="Name">
/// What its page's author calls it, or the script that fills it; without digits, as these are often made anew each time.
/// </param>
/// <param name="Placement">The part of the page that it stands in.</param>
/// <param name="TextAt">How much of the page's text stands before it, in characters.</param>
/// <param name="TextLength">How much text stands in it, in characters: a few words that ask for patience.</param>
public sealed record UnfilledPart(string Name, Placement Placement, int TextAt, int TextLength)
{
    /// <summary>
    /// Ordinary pages have such, too: a template, a list without entries. It says something only where all that stood there is gone,
    /// between what stood above and what stood below.
    /// </summary>
    public bool IsFaint { get; init; }
}

/// <summary>A block of running text.</summary>
/// <param name="Parent">The element that its first text stands in.</param>
/// <param name="Length">How long it is.</param>
internal readonly record struct ProsePart(PageElement Parent, int Length);

/// <summary>What the forms of a page's main part ask for.</summary>
internal sealed class FormShapes
{
    private static readonly string[] Buttons = ["submit", "button", "image", "reset"];
    private readonly List<Form> _open = [];

    /// <inheritdoc cref="PageShape.AsksQuestion"/>
    public bool AsksQuestion { get; private set; }

    /// <inheritdoc cref="PageShape.AsksForLetters"/>
    public bool AsksForLetters { get; private set; }

    /// <inheritdoc cref="PageShape.EndsInAddressForm"/>
    public bool EndsInAddressForm { get; private set; }

    /// <inheritdoc cref="PageShape.LooseButtons"/>
    public int LooseButtons { get; private set; }

    /// <summary>Running text follows.</summary>
    public void GoOn() => EndsInAddressForm = false;

    public void Enter(PageElement element, string tag)
    {
        if (tag is "form")
            _open.Add(new Form(element));
        if (_open is not [.., var form])
        {
            LooseButtons += tag is "button" ? 1 : 0;
            return;
        }

        var type = element.GetAttribute("type")?.Trim().ToLowerInvariant();
        switch (tag)
        {
            case "button" or "input" when tag is "button" || Buttons.Contains(type):
                form.Buttons++;
                break;
            case "input" when type is not ("hidden" or "checkbox" or "radio"):
                form.Fields++;
                form.Addresses += type is "email" ? 1 : 0;
                break;
            case "textarea" or "select":
                form.Fields += 2;
                break;
            case "img" or "canvas":
                form.Pictures++;
                break;
        }
    }

    public void Leave(PageElement element)
    {
        if (_open is not [.., var form] || !ReferenceEquals(form.Element, element))
            return;
        _open.RemoveAt(_open.Count - 1);
        AsksQuestion |= form is { Buttons: > 0, Fields: 0 };
        AsksForLetters |= form is { Fields: 1, Pictures: 1 };
        EndsInAddressForm |= form is { Fields: 1, Addresses: 1 };
    }

    private sealed class Form(PageElement element)
    {
        public PageElement Element => element;

        public int Buttons { get; set; }

        public int Fields { get; set; }

        public int Addresses { get; set; }

        public int Pictures { get; set; }
    }
}

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
    public static readonly AttributeNames Cloaks = new(
    [
        "v-cloak", "ng-cloak", "x-cloak", "data-cloak", "up-defer", "data-bind", "data-dgst", "wire:init", "x-intersect", "ng-view",
        "ui-view", "data-ng-view", "v-for", "ng-repeat", "ng-include",
    ]);

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

    // What programs call the part of a page that they show when they have nothing else to show: class names of Bootstrap, Bulma, Drupal and
    // their like, and of the plug-ins that hold embedded content back until readers consent.
    private static readonly string[] FailureWords =
        ["error", "errors", "failed", "failure", "fallback", "unavailable", "placeholder", "consent", "retry", "alert"];

    // Few names have one of them, and most pages have hundreds of names.
    private static readonly SearchValues<string> AnyFailureWord = SearchValues.Create(FailureWords, StringComparison.Ordinal);

    /// <summary>The first word of a class name or id that says so; null for none.</summary>
    public static string? FailureWord(string[] names)
    {
        foreach (var name in names)
        {
            if (name.AsSpan().ContainsAny(AnyFailureWord) && Array.Find(name.Split('-', '_'), FailureWords.Contains) is { } word)
                return word;
        }

        return null;
    }

    /// <summary>A name of content that comes later, read off the element's tag and attributes; null for an ordinary element.</summary>
    public static string? Lazy(PageElement element)
    {
        if (element.Name is "include-fragment" or "router-outlet" or "livewire" or "ng-include"
            || (element.Name is "turbo-frame" && element.HasAttribute("src")))
            return element.Name;
        foreach (ref readonly var attribute in element.Attributes.AsSpan())
        {
            var name = attribute.Name;
            if (Cloaks.Contains(name) || (name is "hx-trigger" or "data-hx-trigger" && IsAtOnce(attribute.Value)))
                return name;
        }

        return element.Name is "astro-island" && element.GetAttribute("client") is "only" ? "astro-island" : null;
    }

    private static bool IsAtOnce(string trigger) =>
        Array.Exists(LoadTriggers, word => trigger.Contains(word, StringComparison.OrdinalIgnoreCase));

    public static bool IsConsentPart(string[] names) => Array.Exists(names, ConsentParts.Contains);

    public static string? Paywall(string[] names) => Array.Find(names, Paywalls.Contains);

    /// <summary>Microformats of an entry: https://microformats.org/wiki/h-entry https://microformats.org/wiki/hatom</summary>
    public static bool IsEntry(string[] names) => Array.Exists(names, static name => name is "h-entry" or "hentry");

    /// <summary>One of schema.org's articles.</summary>
    public static bool IsEntry(PageElement element) =>
        (element.GetAttribute("itemtype") is { } type
            && type.Contains("schema.org/", StringComparison.Ordinal)
            && IsArticleType(type[(type.LastIndexOf('/') + 1)..]))
        || element.GetAttribute("itemprop") is "articleBody";

    /// <summary>schema.org's Article and what it is the parent of: https://schema.org/Article</summary>
    public static bool IsArticleType(string type) =>
        type.EndsWith("Article", StringComparison.Ordinal)
            || type.EndsWith("Posting", StringComparison.Ordinal)
            || type is "Report" or "Recipe";
}

/// <summary>
/// What the names of a page's elements say, found out once for all elements of one class attribute: a page has many elements and few of
/// these.
/// </summary>
internal sealed class NameMarks
{
    private const int MostKept = 2_000;

    private static readonly char[] Spaces = ['\t', '\n', '\f', '\r', ' '];

    private readonly Dictionary<string, Marks> _byClass = [];

    /// <summary>Of an element without id and class.</summary>
    public static Marks None { get; } = new([]);

    /// <summary>Of the next element; no element is asked for twice, as they are counted.</summary>
    public Marks Of(PageElement element)
    {
        if (element.GetAttribute("id") is { } id)
            return Counted(MarksOf(element.GetAttribute("class") is { } names ? $"{id} {names}" : id));
        if (!element.HasAttribute("class"))
            return None;
        if (!element.TryGetPlain("class", out var classes))
            classes = element.GetAttribute("class");
        var lookup = _byClass.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(classes, out var known))
        {
            known = MarksOf(classes.ToString());
            if (_byClass.Count < MostKept)
                lookup[classes] = known;
            else
                known.CountTwice();
        }

        return Counted(known);
    }

    private static Marks Counted(Marks marks)
    {
        marks.Count();
        return marks;
    }

    // Components and their style modules are named in capitals: SiteFooter, Footer_root__x1.
    private static Marks MarksOf(string text)
    {
        var (names, hyphenated) = (NamesOf(text), Landmark.Hyphenated(text));
        return hyphenated.Length == text.Length ? new Marks(names) : new Marks(names, [.. names, .. NamesOf(hyphenated)]);
    }

    private static string[] NamesOf(string text) => text.ToLowerInvariant().Split(Spaces, StringSplitOptions.RemoveEmptyEntries);

    /// <param name="names">An element's id and class names, in lower case.</param>
    /// <param name="words">The same, and with their words parted by hyphens; null when they are the same.</param>
    internal sealed class Marks(string[] names, string[]? words = null)
    {
        public string[] Names => names;

        /// <summary>The part of the page that is called so.</summary>
        public Placement? Place { get; } = Landmark.ByNames(words ?? names);

        /// <inheritdoc cref="Landmark.FooterOf"/>
        public string? FooterOf { get; } = Landmark.FooterOf(words ?? names);

        public bool IsConsentPart { get; } = ShapeMarks.IsConsentPart(names);

        public string? Paywall { get; } = ShapeMarks.Paywall(names);

        public bool IsEntry { get; } = ShapeMarks.IsEntry(names);

        /// <inheritdoc cref="ShapeMarks.FailureWord"/>
        public string? FailureWord { get; } = ShapeMarks.FailureWord(names);

        /// <summary>More than one element has these names, as far as is known.</summary>
        public bool IsShared => _elements > 1;

        private int _elements;

        public void Count() => _elements++;

        /// <summary>Nobody counts how many have names of a page with too many of them.</summary>
        public void CountTwice() => _elements += 2;
    }
}
