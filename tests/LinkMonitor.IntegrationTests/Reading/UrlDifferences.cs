namespace LinkMonitor.IntegrationTests.Reading;

/// <summary>
/// The links whose URL Chromium reads otherwise than the URL standard, and we as the standard:
/// docs/decisions/0010-reading-like-a-browser.md has the reasons. Each is listed with both readings, so that neither can change unseen.
/// </summary>
internal static class UrlDifferences
{
    private const string Own = "{origin}";

    private static readonly Dictionary<string, (string? Browser, string? Ours)> Known = new(StringComparer.Ordinal)
    {
        ["http://a b/"] = ("http://a%20b/", null),
        ["http://a b.example/"] = ("http://a%20b.example/", null),
        ["http://*.example/"] = ("http://%2A.example/", "http://*.example/"),
        ["/a b\"c<d>e`f{g}|h^i"] = (Own + "/a%20b%22c%3Cd%3Ee%60f%7Bg%7D%7Ch%5Ei", Own + "/a%20b%22c%3Cd%3Ee%60f%7Bg%7D|h%5Ei"),
        ["/\"<>`{}|^[]"] = (Own + "/%22%3C%3E%60%7B%7D%7C%5E[]", Own + "/%22%3C%3E%60%7B%7D|%5E[]"),
        ["foo:bar baz  #f"] = ("foo:bar baz  #f", "foo:bar baz %20#f"),
        ["foo://h/it's?it's#it's"] = ("foo://h/it's?it%27s#it's", "foo://h/it's?it's#it's"),
        ["mailto:o'neil@x?subject=it's"] = ("mailto:o'neil@x?subject=it%27s", "mailto:o'neil@x?subject=it's"),
        ["http://u'v:w'x@h.example/"] = ("http://u%27v:w%27x@h.example/", "http://u'v:w'x@h.example/"),
        ["/y?q=1#f"] = ("file:///y?q=1#f", "file:///c:/y?q=1#f"),
        ["file:///C|/x/../y"] = ("file:///C%7C/y", "file:///C:/y"),
    };

    /// <summary>The URL that we should read: the browser's, unless the link is a known difference that the browser still shows.</summary>
    public static string? Ours(BrowserLink link, Uri page)
    {
        var browser = link.IsResolved ? link.Url : null;
        var origin = page.GetLeftPart(UriPartial.Authority);
        return Known.TryGetValue(link.Href, out var known) && known.Browser?.Replace(Own, origin, StringComparison.Ordinal) == browser
            ? known.Ours?.Replace(Own, origin, StringComparison.Ordinal)
            : browser;
    }
}
