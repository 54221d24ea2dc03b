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
    public static string HostKey(string host)
    {
        var rest = host.AsSpan();
        if (rest.Length > 1 && rest[^1] == '.' && rest[^2] != '.') rest = rest[..^1];
        while (rest.StartsWith("www.") && IsDotted(rest[4..])) rest = rest[4..];
        return rest.ToString();
    }

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
