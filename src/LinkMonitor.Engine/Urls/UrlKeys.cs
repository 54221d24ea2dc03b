namespace LinkMonitor.Engine.Urls;

/// <summary>The two normal forms of a URL. Both are idempotent: a key, parsed, has itself as its key.</summary>
public static class UrlKeys
{
    /// <summary>
    /// Identifies a page that is fetched: two URLs with one identity are one request to any server that keeps to RFC 3986, section 6.2.2.
    /// The fragment is dropped, hex digits of escapes are upper-cased and escaped unreserved characters are written out. Nothing else: a
    /// query parameter, its order, a trailing slash or "www." may all choose another answer. Only http and https are normalised further
    /// than the fragment.
    /// </summary>
    public static WebUrl PageIdentity(WebUrl url)
    {
        if (!url.IsHttp) return url.WithoutFragment();
        return url.With(UnreservedEscapes.Decode(url.Path), url.Query is null ? null : UnreservedEscapes.Decode(url.Query));
    }

    /// <summary>
    /// Identifies the page a link points to, so that a harmless rewrite of the link is no alert. Ignored: the fragment, http or https (with
    /// 80 and 443 the default ports of both), credentials, "www." and a root dot on the host, slashes at the end of the path, tracking
    /// parameters, empty parameters, the order of parameters, and how a character is escaped (but an escaped slash divides nothing). Names
    /// and values keep their case, repeated names their order. The order of parameters is ignored because frameworks read them by name and
    /// plugins reorder them; a page that differs only in their order is all but unknown, and a false alert costs more than it. The query is
    /// read as a form (application/x-www-form-urlencoded): <c>+</c> is a space.
    /// </summary>
    /// <returns>An https URL for http and https; for any other scheme the URL without its fragment.</returns>
    public static string TargetKey(WebUrl url) => url.IsHttp ? TargetForm.Of(url).ToString() : url.WithoutFragment().Href;
}
