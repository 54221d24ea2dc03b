using System.Buffers;

namespace LinkMonitor.Engine.Urls;

/// <summary>
/// Reads the URLs that most links have, without the state machine: http or https, a host of small letters, digits and hyphens, and nothing
/// that the standard writes otherwise than it stands. Every other one is left to <see cref="UrlParser"/>, which would give the same for
/// these.
/// </summary>
internal static class PlainUrl
{
    private const string Https = "https://";
    private const string Http = "http://";

    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");
    private static readonly SearchValues<char> HostEnds = SearchValues.Create("/?#");

    // What the sets of the standard leave as it is; a backslash is a slash there, and an escape may be one of a dot.
    private static readonly SearchValues<char> PathCharacters = Printable(" \"#<>?^`{}\\%");
    private static readonly SearchValues<char> QueryCharacters = Printable(" \"#<>'");
    private static readonly SearchValues<char> FragmentCharacters = Printable(" \"<>`");

    /// <param name="baseUrl">What a path from the root is resolved against; null for none.</param>
    /// <returns>Null for whatever is not as plain as this; it may be a URL all the same.</returns>
    public static WebUrl? Read(string input, WebUrl? baseUrl)
    {
        if (input.StartsWith(Https, StringComparison.Ordinal))
            return Absolute(input, "https", Https.Length);
        if (input.StartsWith(Http, StringComparison.Ordinal))
            return Absolute(input, "http", Http.Length);
        if (baseUrl is not { IsHttp: true, HasCredentials: false } || input is not ['/', ..] || input is ['/', '/' or '\\', ..])
            return null;
        return Rest(baseUrl.Scheme, baseUrl.Host!, baseUrl.Port, baseUrl.Prefix, input, 0);
    }

    private static WebUrl? Absolute(string input, string scheme, int start)
    {
        var length = input.AsSpan(start).IndexOfAny(HostEnds);
        var end = length < 0 ? input.Length : start + length;
        var host = input.AsSpan(start, end - start);

        // A last label that begins with a letter makes no IPv4 address.
        if (host.IsEmpty || host.ContainsAnyExcept(HostCharacters) || host[^1] == '.'
            || !char.IsAsciiLetter(host[host.LastIndexOf('.') + 1]))
            return null;
        return Rest(scheme, host.ToString(), null, input[..end], input, end);
    }

    /// <param name="prefix">Scheme and host, as they stand in front of the path.</param>
    private static WebUrl? Rest(string scheme, string host, int? port, string prefix, string input, int at)
    {
        var rest = input.AsSpan(at);
        var hash = rest.IndexOf('#');
        var fragment = hash < 0 ? [] : rest[(hash + 1)..];
        rest = hash < 0 ? rest : rest[..hash];
        var mark = rest.IndexOf('?');
        var query = mark < 0 ? [] : rest[(mark + 1)..];
        var path = mark < 0 ? rest : rest[..mark];
        if (path.ContainsAnyExcept(PathCharacters) || path.IndexOf("/.") >= 0
            || query.ContainsAnyExcept(QueryCharacters) || fragment.ContainsAnyExcept(FragmentCharacters))
            return null;
        var tail = path.IsEmpty ? string.Concat("/", input.AsSpan(at)) : at == 0 ? input : null;
        return new WebUrl(scheme, host, port, tail is null ? input : prefix + tail)
        {
            Path = path.IsEmpty ? "/" : path.ToString(),
            Query = mark < 0 ? null : query.ToString(),
            Fragment = hash < 0 ? null : fragment.ToString(),
        };
    }

    private static SearchValues<char> Printable(string except) =>
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static c => (char)c).Except(except)]);
}
