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
