using System.Net.Http.Headers;

namespace LinkMonitor.Engine.Fetching;

/// <summary>Takes the header fields out of .NET's two collections as they were received, without its parsing.</summary>
internal static class AnswerHeaders
{
    public static ResponseHeaders Of(HttpResponseMessage response) =>
        new([.. Fields(response.Headers), .. Fields(response.Content.Headers)]);

    private static IEnumerable<KeyValuePair<string, string>> Fields(HttpHeaders headers) =>
        from field in headers.NonValidated
        from value in field.Value
        select KeyValuePair.Create(field.Key, value);
}
