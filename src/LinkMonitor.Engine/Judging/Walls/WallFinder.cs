using System.Text;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Judging.Walls;

/// <summary>Looks for the marks of <see cref="WallMarks"/> in an answer.</summary>
internal static class WallFinder
{
    /// <summary>A page with more links than this is no challenge, whatever its title.</summary>
    private const int MaxLinks = 10;

    /// <summary>A question for consent comes with its languages, terms and partners.</summary>
    private const int MaxConsentLinks = 100;

    /// <summary>Where pages show their signs; an article of megabytes about bot walls is not searched through.</summary>
    private const int MaxSearched = 256 * 1024;

    private static readonly (WallMark Mark, byte[] Bytes)[] InBody =
        [.. WallMarks.All.Where(mark => mark.Place is WallPlace.Body).Select(mark => (mark, Encoding.UTF8.GetBytes(mark.Value)))];

    /// <summary>The wall that the headers tell of; null for none.</summary>
    public static Wall? ByHeaders(ResponseHeaders headers) =>
        WallMarks.All.FirstOrDefault(mark => mark.Place is WallPlace.Header && Fits(mark, headers)) is { } mark ? ToWall(mark, true) : null;

    /// <summary>The wall that the content and the way to it tell of; null for none. A proof counts before a hint.</summary>
    public static Wall? ByContent(FetchedResponse response, PageReading reading)
    {
        var source = response.Body.Span[..Math.Min(response.Body.Length, MaxSearched)];
        Wall? found = null;
        foreach (var mark in WallMarks.All)
        {
            if (!Fits(mark, response, reading, source))
                continue;
            var isProven = mark.IsProof && mark.Place switch
            {
                WallPlace.Host or WallPlace.Url => response.Redirects.Count > 0,
                WallPlace.RedirectPath => false,
                _ => mark.Kind is not WallKind.Parking && reading.Links.Count <= (mark.Kind is WallKind.Consent ? MaxConsentLinks : MaxLinks),
            };
            if (isProven)
                return ToWall(mark, true);
            found ??= ToWall(mark, false);
        }

        return found;
    }

    /// <summary>Whether the answer came from a URL that is known for a wall.</summary>
    public static bool IsWallUrl(FetchedResponse response) =>
        WallMarks.All.Any(mark => mark.Place is WallPlace.Host or WallPlace.Url or WallPlace.RedirectPath && IsAt(mark, response));

    private static Wall ToWall(WallMark mark, bool isProven) => new(mark.Kind, mark.Vendor, isProven);

    private static bool Fits(WallMark mark, ResponseHeaders headers)
    {
        var colon = mark.Value.IndexOf(": ", StringComparison.Ordinal);
        var value = mark.Value[(colon + 2)..];
        return headers.Values(mark.Value[..colon]).Any(field => field.Trim().Equals(value, StringComparison.OrdinalIgnoreCase));
    }

    private static bool Fits(WallMark mark, FetchedResponse response, PageReading reading, ReadOnlySpan<byte> source) => mark.Place switch
    {
        WallPlace.Title => StartsWithWords(reading.Title, mark.Value),
        WallPlace.InTitle => reading.Title.Contains(mark.Value, StringComparison.OrdinalIgnoreCase),
        WallPlace.Body => source.IndexOf(InBody.First(entry => ReferenceEquals(entry.Mark, mark)).Bytes) >= 0,
        _ => IsAt(mark, response),
    };

    private static bool IsAt(WallMark mark, FetchedResponse response) => mark.Place switch
    {
        WallPlace.Host => IsNewHost(response) && IsBelow(response.FinalUrl.Host!, mark.Value),
        WallPlace.Url => IsNewHost(response)
            && (response.FinalUrl.Host + response.FinalUrl.Path).StartsWith(mark.Value, StringComparison.OrdinalIgnoreCase),
        WallPlace.RedirectPath => response.Redirects.Count > 0 && EndsIn(response.FinalUrl, mark.Value) && !EndsIn(response.Url, mark.Value),
        _ => false,
    };

    // "Security Checklist" is no "Security Check".
    private static bool StartsWithWords(string title, string words) =>
        title.StartsWith(words, StringComparison.OrdinalIgnoreCase)
        && (title.Length == words.Length || !char.IsLetterOrDigit(title[words.Length]) || !char.IsLetterOrDigit(words[^1]));

    // A page that is watched on such a host is a page.
    private static bool IsNewHost(FetchedResponse response) => response.FinalUrl.Host is { } host && host != response.Url.Host;

    private static bool IsBelow(string host, string domain) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);

    private static bool EndsIn(WebUrl url, string path) => url.Path.TrimEnd('/').EndsWith(path, StringComparison.OrdinalIgnoreCase);
}
