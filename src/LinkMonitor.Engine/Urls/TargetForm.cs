using System.Text;

namespace LinkMonitor.Engine.Urls;

/// <summary>The parts of a <see cref="UrlKeys.TargetKey"/>: what is compared when links are matched to a target.</summary>
/// <param name="Authority">Host and, unless it is 80 or 443, port.</param>
/// <param name="Path">No slash at its end; empty for the root.</param>
/// <param name="Parameters">Re-encoded, sorted by name; those of one name in their written order.</param>
internal sealed record TargetForm(string Authority, string Path, IReadOnlyList<string> Parameters)
{
    // What RFC 3986 lets stand in a segment; the rest, a slash that was escaped included, is escaped.
    private static readonly PercentEncodeSet Segment = new(" \"#%/<>?[\\]^`{|}");

    // Unreserved characters stand, so that separators inside a name or value are always escaped.
    private static readonly PercentEncodeSet FormText = new(" !\"#$%&'()*+,/:;<=>?@[\\]^`{|}");

    public static TargetForm Of(WebUrl url)
    {
        var port = url.EffectivePort is 80 or 443 ? "" : url.PortSuffix;
        return new TargetForm(HostKey(url.Host!) + port, PathKey(url.Path), ParameterKeys(url.Query ?? ""));
    }

    /// <summary>The host without "www." and without the dot of the DNS root.</summary>
    public static string HostKey(string host) => HostKey(host.AsSpan()).ToString();

    /// <inheritdoc cref="HostKey(string)"/>
    public static ReadOnlySpan<char> HostKey(ReadOnlySpan<char> host)
    {
        var rest = host;
        if (rest.Length > 1 && rest[^1] == '.' && rest[^2] != '.') rest = rest[..^1];
        while (WwwPrefix.Remove(rest) is var shorter && shorter.Length < rest.Length && IsDotted(shorter)) rest = shorter;
        return rest;
    }

    /// <summary>Whether both give one <see cref="UrlKeys.TargetKey"/>.</summary>
    public bool IsSame(TargetForm other) =>
        Authority == other.Authority && Path == other.Path && Parameters.SequenceEqual(other.Parameters, StringComparer.Ordinal);

    public override string ToString()
    {
        var query = Parameters.Count == 0 ? "" : "?" + string.Join('&', Parameters);
        return $"https://{Authority}{(Path.Length == 0 ? "/" : Path)}{query}";
    }

    // "www.com" is a domain of its own.
    private static bool IsDotted(ReadOnlySpan<char> host) => host.IndexOf('.') is var dot && dot > 0 && dot < host.Length - 1;

    private static string PathKey(string path)
    {
        var segments = path.TrimEnd('/').Split('/');
        return string.Join('/', segments.Select(static segment => Segment.Encode(PercentEncoding.Decode(segment))));
    }

    private static string[] ParameterKeys(string query) =>
        [.. query.Split('&').Select(ReadParameter).Where(static parameter => parameter.IsKept)
            .OrderBy(static parameter => parameter.Name, StringComparer.Ordinal)
            .Select(static parameter => parameter.ToString())];

    private static Parameter ReadParameter(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? new Parameter(ReadFormText(text), "")
            : new Parameter(ReadFormText(text[..equals]), ReadFormText(text[(equals + 1)..]));
    }

    private static string ReadFormText(string text) => FormText.Encode(PercentEncoding.Decode(text.Replace('+', ' ')));

    /// <summary>A parameter without a value is the same with and without its equals sign, as forms read it.</summary>
    private readonly record struct Parameter(string Name, string Value)
    {
        public bool IsKept => (Name.Length > 0 || Value.Length > 0) && !TrackingParameter.IsTracking(Name);

        public override string ToString() => Value.Length == 0 ? Name : $"{Name}={Value}";
    }
}

/// <summary>The "www." in front of a host, which people write or leave away.</summary>
public static class WwwPrefix
{
    private const string Text = "www.";

    /// <summary>Without the first "www."; what is stored of hosts rests on its taking no second one.</summary>
    /// <param name="host">In lower case, as <see cref="WebUrl.Host"/> is; null gives an empty text.</param>
    public static string Remove(string? host) =>
        host is null ? "" : host.StartsWith(Text, StringComparison.Ordinal) ? host[Text.Length..] : host;

    /// <inheritdoc cref="Remove(string)"/>
    public static ReadOnlySpan<char> Remove(ReadOnlySpan<char> host) =>
        host.StartsWith(Text, StringComparison.Ordinal) ? host[Text.Length..] : host;

    /// <summary>Without a "www." at the end of the text before a host, in any case.</summary>
    public static ReadOnlySpan<char> RemoveBefore(ReadOnlySpan<char> text) =>
        text.EndsWith(Text, StringComparison.OrdinalIgnoreCase) ? text[..^Text.Length] : text;
}

/// <summary>Percent-encoding normalisation that changes no meaning: RFC 3986, section 6.2.2.</summary>
internal static class UnreservedEscapes
{
    public static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal)) return text;

        var output = new StringBuilder(text.Length);
        var strayPercent = -3;
        for (var i = 0; i < text.Length; i++)
        {
            if (!PercentEncoding.TryReadEscape(text, i, out var value))
            {
                if (text[i] == '%') strayPercent = output.Length;
                output.Append(text[i]);
                continue;
            }

            // "%%32e" must not become "%2e", an escape that was not there.
            var wouldJoinStray = output.Length - strayPercent <= 2 && char.IsAsciiHexDigit((char)value);
            if (IsUnreserved(value) && !wouldJoinStray) output.Append((char)value);
            else PercentEncoding.Append(output, value);
            i += 2;
        }

        return output.ToString();
    }

    private static bool IsUnreserved(byte value) =>
        char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';
}

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

    /// <summary>Whether two URLs have one <see cref="PageIdentity"/>.</summary>
    /// <remarks>Most links of a page differ in host or path already, and no other URL is made of them.</remarks>
    public static bool IsSamePage(WebUrl one, WebUrl other) =>
        one.Host == other.Host && UnreservedEscapes.Decode(one.Path) == UnreservedEscapes.Decode(other.Path)
        && PageIdentity(one).Equals(PageIdentity(other));

    /// <summary>
    /// Identifies the page a link points to, so that a harmless rewrite of the link is no alert. Ignored: the fragment, http or https (with
    /// 80 and 443 the default ports of both), credentials, "www." and a root dot on the host, slashes at the end of the path, tracking
    /// parameters, empty parameters, the order of parameters, and how a character is escaped (but an escaped slash divides nothing). Names
    /// and values keep their case, repeated names their order. The order of parameters is ignored because frameworks read them by name and
    /// plugins reorder them; a page that differs only in their order is all but unknown, and a false alert costs more than it. The query is
    /// read as a form (application/x-www-form-urlencoded): <c>+</c> is a space.
    /// </summary>
    /// <returns>An https URL for http and https; for any other scheme the URL without its fragment.</returns>
    public static string TargetKey(WebUrl url) => url.IsHttp ? url.Form.ToString() : url.WithoutFragment().Href;
}
