using System.IO.Enumeration;
using System.Text;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Links;
using LinkMonitor.Wording;

namespace LinkMonitor.Filtering;

/// <summary>Hosts with wildcards, and text within texts.</summary>
internal static class HostPattern
{
    // Stands in for a wildcard while the URL parser reads the host; no host has it by chance.
    private const string Stand = "x0wildcard0x";

    /// <summary>The host as the URL parser has it: in lower case and in Punycode; <c>www.</c> stays, as somebody wrote it.</summary>
    public static (string? Text, string? Problem) Normalise(string text)
    {
        var host = text.Trim().TrimEnd('.').ToLowerInvariant();
        var wildcards = host.Count(character => character == '*');

        // Punycode moves the letters about: a wildcard among them would stand for nothing that anybody meant.
        var isRead = !host.Split('.').Any(label => label.Contains('*', StringComparison.Ordinal) && !Ascii.IsValid(label));
        if (isRead && WebUrl.TryParse($"http://{host.Replace("*", Stand, StringComparison.Ordinal)}/", out var url)
            && url is { Path: "/", Port: null, HasCredentials: false, Host: { } read }
            && read.Replace(Stand, "*", StringComparison.Ordinal) is var normal
            && normal.Count(character => character == '*') == wildcards)
            return (normal, null);
        return (null, $"'{FilterParser.Cut(text)}' is no host. Write for example blog.example.com or *.example.com, without https:// "
            + "and path.");
    }

    /// <param name="written">Normalised.</param>
    public static Func<LinkFacts, bool> Of(string written)
    {
        var host = HostName.ForFilter(written);
        if (!host.Contains('*', StringComparison.Ordinal))
            return link => link.Host == host;
        if (host.StartsWith("*.", StringComparison.Ordinal) && host.LastIndexOf('*') == 0)
        {
            var (domain, end) = (host[2..], host[1..]);
            return link => link.Host == domain || link.Host.EndsWith(end, StringComparison.Ordinal);
        }

        return link => FileSystemName.MatchesSimpleExpression(host, link.Host, ignoreCase: false);
    }

    public static Func<LinkFacts, bool> InText(string text)
    {
        var (page, target) = (InPage(text), InTarget(text));
        return link => page(link) || target(link) || IsIn(link.ExpectedAnchor, text) || link.IsInFoundAnchor(text);
    }

    /// <summary>Part of the page's URL, as it is stored or as people read it.</summary>
    public static Func<LinkFacts, bool> InPage(string text) => Ascii.IsValid(text)
        ? link => link.IsInPage(text)
        : link => link.IsInPage(text) || IsReadIn(link.Page, text);

    /// <summary>The same of the target's.</summary>
    public static Func<LinkFacts, bool> InTarget(string text) => Ascii.IsValid(text)
        ? link => link.IsInTarget(text)
        : link => link.IsInTarget(text) || IsReadIn(link.Target, text);

    // URLs are stored in ASCII: what is beyond it in them is encoded.
    private static bool IsReadIn(string url, string text) =>
        (url.Contains("xn--", StringComparison.OrdinalIgnoreCase) || url.Contains('%', StringComparison.Ordinal))
        && IsIn(WebText.Readable(url), text);

    public static bool IsIn(string? whole, string text) => whole?.Contains(text, StringComparison.OrdinalIgnoreCase) is true;
}
