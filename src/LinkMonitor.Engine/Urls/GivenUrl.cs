using System.Diagnostics.CodeAnalysis;
using LinkMonitor.Engine.Unicode;

namespace LinkMonitor.Engine.Urls;

/// <summary>
/// Reads the address of a page as people give it, in files, on the command line and over the API: the same everywhere. One without a scheme
/// is meant as https. One with a user name or password is refused: they are never sent, and would be shown wherever the address is.
/// </summary>
public static class GivenUrl
{
    private const int MostShown = 100;

    /// <param name="text">Not empty.</param>
    /// <param name="error">What is wrong; it begins with the text in quotation marks, without user name and password.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out WebUrl? url, [NotNullWhen(false)] out string? error)
    {
        url = null;
        if (!WebUrl.TryParse(WithScheme(UnicodeText.TrimUnseen(text)), out var parsed))
            error = $"'{Shown(text)}' is not a URL. Give it in full, for example https://example.org/page.";
        else if (!parsed.IsHttp)
            error = $"'{Shown(text)}' is not on the web. Use an address that starts with http:// or https://.";
        else if (parsed.HasCredentials)
            error = $"'{Shown(text)}' contains a user name or password. They are never sent: give the address without them.";
        else
            (url, error) = (parsed, null);
        return error is null;
    }

    /// <summary>A text that should be an address, cut, and without what may be a user name and password.</summary>
    public static string Shown(string text)
    {
        var shown = text.Trim();
        var start = shown.IndexOf("//", StringComparison.Ordinal) is >= 0 and var slashes ? slashes + 2 : 0;
        var length = shown.AsSpan(start).IndexOfAny("/?#\\");
        var authority = length < 0 ? shown.AsSpan(start) : shown.AsSpan(start, length);
        if (authority.LastIndexOf('@') is >= 0 and var at)
            shown = string.Concat(shown.AsSpan(0, start), "…", shown.AsSpan(start + at));
        return shown.Length > MostShown ? shown[..MostShown] + "…" : shown;
    }

    /// <summary>People write <c>example.com/post</c>, and <c>example.com:8080</c>, which the URL standard reads as a scheme.</summary>
    private static string WithScheme(string text)
    {
        if (text.StartsWith("//", StringComparison.Ordinal))
            return "https:" + text;
        var end = text.AsSpan().IndexOfAny("/?#");
        var authority = end < 0 ? text : text[..end];
        var colon = authority.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? authority : authority[..colon];
        var isPort = colon < 0 || (colon + 1 < authority.Length && authority.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0);
        var isHost = name == "localhost"
            || (name.Contains('.', StringComparison.Ordinal) && name[0] != '.' && name.AsSpan().IndexOfAny(" @\\") < 0);
        return isHost && isPort ? "https://" + text : text;
    }
}
