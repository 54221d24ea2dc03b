using System.Net;
using System.Net.Http.Headers;
using LinkMonitor.Engine.Fetching.Results;

namespace LinkMonitor.Engine.Fetching;

/// <summary>The request for a page, the same for every hop: what a browser would ask for, and who we are. Always a GET.</summary>
internal static class PageRequest
{
    public static HttpRequestMessage Create(Uri uri, string userAgent, string? cookies, PageValidators? validators)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        Add("User-Agent", userAgent);
        Add("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
        Add("Accept-Encoding", "gzip, br, deflate");
        Add("Accept-Language", "en, *;q=0.5");
        if (cookies is not null)
            Add("Cookie", cookies);
        if (validators?.EntityTag is { } tag)
            Add("If-None-Match", tag);
        if (validators?.LastModified is { } modified)
            Add("If-Modified-Since", modified);
        return request;

        void Add(string name, string value) => request.Headers.TryAddWithoutValidation(name, value);
    }
}

/// <summary>Takes the header fields out of .NET's two collections as they were received, without its parsing.</summary>
internal static class ReceivedHeaders
{
    public static ResponseHeaders Of(HttpResponseMessage response) =>
        new([.. Fields(response.Headers), .. Fields(response.Content.Headers)]);

    private static IEnumerable<KeyValuePair<string, string>> Fields(HttpHeaders headers) =>
        from field in headers.NonValidated
        from value in field.Value
        select KeyValuePair.Create(field.Key, value);
}
