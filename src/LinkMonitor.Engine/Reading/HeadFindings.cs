using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading.Trees;

namespace LinkMonitor.Engine.Reading;

/// <summary>What a page says about itself, and the URLs it holds outside links.</summary>
internal sealed class HeadFindings
{
    // As long as the longest URL that evidence keeps.
    private const int MaxUrlLength = 2083;

    /// <summary>Attributes that act like a link but are none.</summary>
    public static readonly AttributeNames UrlAttributes = new(
        [
            "onclick", "onmousedown", "data-href", "data-url", "data-link", "routerlink", "ng-href", "data-ng-href", ":href", "v-bind:href",
            "to",
        ]);

    private static readonly string?[] FeedTypes = ["application/rss+xml", "application/atom+xml"];

    // More than one canonical count as none, so no more are kept.
    private const int MostCanonicals = 8;
    private static readonly string[] Restricting = ["media", "hreflang", "lang", "type"];

    private readonly List<string> _unlinkedUrls = [];
    private readonly List<string> _canonicals = [];

    /// <summary>The href of the first base element that has one.</summary>
    public string? BaseHref { get; private set; }

    /// <summary>
    /// The hrefs of the link elements with the relation canonical that count: in the head, for all readers, in all languages and of no
    /// other type. Source: https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls
    /// </summary>
    public IReadOnlyList<string> CanonicalHrefs => _canonicals;

    /// <summary>The href of the first link element with the relation next.</summary>
    public string? NextHref { get; private set; }

    /// <summary>The href of the first link element that names a feed.</summary>
    public string? FeedHref { get; private set; }

    /// <summary>The content of the first meta refresh.</summary>
    public string? Refresh { get; private set; }

    public RobotsMetaTags Robots { get; } = new();

    /// <inheritdoc cref="PageReading.HasPasswordField"/>
    public bool HasPasswordField { get; private set; }

    /// <inheritdoc cref="PageReading.Scripts"/>
    public int Scripts { get; private set; }

    /// <inheritdoc cref="PageReading.ShellRoot"/>
    public string? ShellRoot { get; private set; }

    public IReadOnlyList<string> UnlinkedUrls => _unlinkedUrls;

    /// <param name="tag">The element's name; empty outside HTML.</param>
    /// <param name="isInNoscript">Whether it stands in noscript, where it does not speak to readers who run scripts.</param>
    public void Add(PageElement element, string tag, bool isInNoscript)
    {
        if (ShellRoots.IsEmptyRoot(element))
            ShellRoot ??= ShellRoots.NameOf(element);
        switch (tag)
        {
            case "script" when element.HasAttribute("src"):
                Scripts++;
                break;
            case "input" when "password".Equals(element.GetAttribute("type"), StringComparison.OrdinalIgnoreCase):
                HasPasswordField = true;
                break;
            case "base":
                BaseHref ??= element.GetAttribute("href");
                break;
            case "link":
                AddRelation(element);
                AddUnlinked(element, tag);
                break;
            case "meta":
                AddMeta(element, isInNoscript);
                break;
            default:
                AddUnlinked(element, tag);
                break;
        }
    }

    private void AddRelation(PageElement element)
    {
        var relations = RelText.Tokens(element.GetAttribute("rel"));
        if (relations.Contains("canonical"))
            AddCanonical(element);
        if (relations.Contains("next"))
            NextHref ??= element.GetAttribute("href");
        if (relations.Contains("alternate") && FeedTypes.Contains(element.GetAttribute("type")?.Trim().ToLowerInvariant()))
            FeedHref ??= element.GetAttribute("href");
    }

    private void AddCanonical(PageElement element)
    {
        var isForAll = !Array.Exists(Restricting, name => !string.IsNullOrWhiteSpace(element.GetAttribute(name)));
        if (isForAll && IsInHead(element) && element.GetAttribute("href") is { Length: > 0 } href && _canonicals.Count < MostCanonicals)
            _canonicals.Add(href);
    }

    private static bool IsInHead(PageElement element)
    {
        for (var parent = element.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent.IsHtml && parent.Name is "head" or "body")
                return parent.Name == "head";
        }

        return false;
    }

    private void AddMeta(PageElement element, bool isInNoscript)
    {
        var content = element.GetAttribute("content") ?? "";
        if (element.GetAttribute("name") is { } name)
            Robots.AddMeta(name, content);
        // "You need JavaScript" pages hang on such a refresh; neither readers nor search engines are ever sent there.
        if (!isInNoscript && "refresh".Equals(element.GetAttribute("http-equiv"), StringComparison.OrdinalIgnoreCase))
            Refresh ??= content;
    }

    private void AddUnlinked(PageElement element, string tag)
    {
        foreach (ref readonly var attribute in element.Attributes.AsSpan())
        {
            var isUrl = UrlAttributes.Contains(attribute.Name) || (attribute.Name == "href" && tag is not ("a" or "area" or "link"));
            if (isUrl && attribute.Value is var value && value.Contains('.', StringComparison.Ordinal))
                _unlinkedUrls.Add(value.Length <= MaxUrlLength ? value : value[..MaxUrlLength]);
        }
    }
}

/// <summary>
/// The elements that script frameworks fill. Sources: the documentation and the page templates of React and Vite (root, app), Next.js
/// (__next), Nuxt (__nuxt), Gatsby (___gatsby), SvelteKit (svelte), Quasar (q-app), Angular (app-root), Ember (ember-app) and Docusaurus
/// (__docusaurus).
/// </summary>
internal static class ShellRoots
{
    private static readonly string[] Ids =
        [
            "root", "app", "__next", "__nuxt", "__layout", "___gatsby", "svelte", "q-app", "ember-app", "__docusaurus", "react-root",
            "main-app", "app-root", "mount",
        ];

    /// <summary>Whether the element is such a root with neither text nor elements in it.</summary>
    public static bool IsEmptyRoot(PageElement element) => IsRoot(element) && IsEmpty(element);

    /// <summary>As a selector.</summary>
    public static string NameOf(PageElement element) => element.Name == "app-root" ? "app-root" : "#" + element.GetAttribute("id");

    private static bool IsRoot(PageElement element) =>
        element.Name == "app-root" || (element.Name is "div" or "main" or "section" && Ids.Contains(element.GetAttribute("id")));

    /// <summary>Whether the element has neither text nor elements in it, nor an order to the server.</summary>
    public static bool IsEmpty(PageElement element)
    {
        for (var child = element.FirstChild; child is not null; child = child.Next)
        {
            if (child is PageElement or PageDirective || (child is PageText text && !text.Data.Span.IsWhiteSpace()))
                return false;
        }

        return true;
    }
}

/// <summary>Finds a canonical URL in Link header fields. Source: https://www.rfc-editor.org/rfc/rfc8288#section-3</summary>
internal static class LinkHeader
{
    /// <summary>The targets with the relation canonical, as written, without those for some readers only.</summary>
    public static IEnumerable<string> Canonicals(IEnumerable<string> fields) => fields
        .SelectMany(Targets)
        .Where(static link => link.IsForAll && link.Relations.Contains("canonical", StringComparer.OrdinalIgnoreCase))
        .Select(static link => link.Target);

    private static IEnumerable<(string Target, string[] Relations, bool IsForAll)> Targets(string field)
    {
        var position = 0;
        while (field.IndexOf('<', position) is >= 0 and var open && field.IndexOf('>', open) is >= 0 and var close)
        {
            var end = EndOfParameters(field, close + 1);
            yield return (field[(open + 1)..close].Trim(), Relations(field[(close + 1)..end]), IsForAll(field[(close + 1)..end]));
            position = end;
        }
    }

    private static bool IsForAll(string parameters) =>
        !parameters.Split(';').Any(
            static parameter => parameter.Split('=')[0].Trim().ToLowerInvariant() is "media" or "hreflang" or "type");

    /// <summary>The comma that ends a link, outside quotes.</summary>
    private static int EndOfParameters(string field, int from)
    {
        var isQuoted = false;
        for (var i = from; i < field.Length; i++)
        {
            if (field[i] == '\\' && isQuoted)
                i++;
            else if (field[i] == '"')
                isQuoted = !isQuoted;
            else if (field[i] == ',' && !isQuoted)
                return i;
        }

        return field.Length;
    }

    private static string[] Relations(string parameters)
    {
        foreach (var parameter in parameters.Split(';'))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && parameter[..equals].Trim().Equals("rel", StringComparison.OrdinalIgnoreCase))
                return parameter[(equals + 1)..].Trim().Trim('"').Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        }

        return [];
    }
}
