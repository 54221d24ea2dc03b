using LinkMonitor.Engine.Fetching;

namespace LinkMonitor.Engine.Checking;

/// <summary>What is remembered of an answer's headers, so that a 304 can be compared with it.</summary>
internal static class SightHeaders
{
    /// <summary>As many names are kept of headers that say nothing themselves.</summary>
    public const int MostOthers = 20;

    private const int LongestName = 50;

    /// <summary>What a verdict may rest on, besides the body. A 304 may leave out the last: it describes a body that does not come.</summary>
    public static readonly string[] Telling = ["x-robots-tag", "link", "refresh", "content-type"];

    // What a 304 must carry, must not carry, or carries of its own: https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5
    private static readonly HashSet<string> Ordinary = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept-Ranges", "Age", "Alt-Svc", "Cache-Control", "Connection", "Date", "ETag", "Expires", "Keep-Alive", "Last-Modified", "Pragma", "Server",
        "Set-Cookie", "Trailer", "Transfer-Encoding", "Vary", "Via", "Warning",
    };

    public static Dictionary<string, string> Marks(ResponseHeaders headers) => Telling
        .Select(name => (Name: name, Mark: Mark(headers, name)))
        .Where(header => header.Mark is not null)
        .ToDictionary(header => header.Name, header => header.Mark!, StringComparer.Ordinal);

    /// <summary>Null when the header is not there.</summary>
    public static string? Mark(ResponseHeaders headers, string name)
    {
        string[] values = [.. headers.Values(name).Select(value => value.Trim())];
        return values.Length == 0 ? null : Fingerprint.Of(values);
    }

    public static IReadOnlyList<string> Others(ResponseHeaders headers) =>
    [
        .. headers.Fields
            .Select(field => field.Key.ToLowerInvariant())
            .Where(name => name.Length <= LongestName && !Ordinary.Contains(name) && !name.StartsWith("content-", StringComparison.Ordinal))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Take(MostOthers),
    ];
}
