using System.IO.Enumeration;
using System.Text;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Links;

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

    public static Func<LinkFacts, bool> InText(string text) => link =>
        link.IsInPage(text) || link.IsInTarget(text) || IsIn(link.ExpectedAnchor, text) || link.IsInFoundAnchor(text);

    public static bool IsIn(string? whole, string text) => whole?.Contains(text, StringComparison.OrdinalIgnoreCase) is true;
}
