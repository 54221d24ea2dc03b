namespace LinkMonitor.Engine.Urls;

/// <summary>The URL record while it is being parsed: https://url.spec.whatwg.org/#concept-url.</summary>
internal sealed class UrlRecord
{
    public string Scheme { get; set; } = "";

    public string UserName { get; set; } = "";

    public string Password { get; set; } = "";

    public string? Host { get; set; }

    public int? Port { get; set; }

    /// <summary>The segments of the path; unused when <see cref="OpaquePath"/> is set.</summary>
    public List<string> Segments { get; set; } = [];

    public string? OpaquePath { get; set; }

    public string? Query { get; set; }

    public string? Fragment { get; set; }

    public bool IsSpecial => SpecialSchemes.Contains(Scheme);

    public bool IsFile => Scheme == SpecialSchemes.File;

    public string Path => OpaquePath ?? string.Concat(Segments.Select(static segment => "/" + segment));

    public static List<string> SegmentsOf(WebUrl url) => url.Path.Length == 0 ? [] : [.. url.Path[1..].Split('/')];

    /// <summary>Whether the character ends a path segment; a backslash does so in special schemes.</summary>
    public bool IsSlash(char c) => c == '/' || (c == '\\' && IsSpecial);

    public void CopyAuthority(WebUrl from)
    {
        UserName = from.UserName;
        Password = from.Password;
        Host = from.Host;
        Port = from.Port;
    }

    public void CopyPathAndQuery(WebUrl from)
    {
        Segments = SegmentsOf(from);
        Query = from.Query;
    }

    /// <summary>Removes the last segment, but never the drive letter of a file URL.</summary>
    public void ShortenPath()
    {
        if (IsFile && Segments is [var only] && WindowsDriveLetter.IsNormalized(only)) return;
        if (Segments.Count > 0) Segments.RemoveAt(Segments.Count - 1);
    }
}

/// <summary>The schemes the URL standard treats specially, with their default ports: https://url.spec.whatwg.org/#special-scheme.</summary>
internal static class SpecialSchemes
{
    public const string File = "file";

    public static bool Contains(string scheme) => scheme is "http" or "https" or "ws" or "wss" or "ftp" or File;

    public static int? DefaultPort(string scheme) => scheme switch
    {
        "http" or "ws" => 80,
        "https" or "wss" => 443,
        "ftp" => 21,
        _ => null,
    };

    /// <summary>The queries of these schemes are always UTF-8, whatever the encoding of the page.</summary>
    public static bool IsWebSocket(string scheme) => scheme is "ws" or "wss";
}
