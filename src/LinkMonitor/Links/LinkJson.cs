using System.Text.Json;
using LinkMonitor.Api;

namespace LinkMonitor.Links;

/// <summary>Turns one JSON value into a request, or says why it is none.</summary>
internal static class LinkJson
{
    private const string Fields = "page, target, match, rel, anchor, placement, indexable, ignore, tags, note, muted, mutedUntil, terms";
    private const string TermsFields = "vendor, cost, currency, costPeriod, start, end, contact, invoice";

    public static LinkRequest? Read(JsonElement item, FieldErrors errors)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            errors.Add("$", $"A link is an object such as {{\"page\":…,\"target\":…}}; this is {Describe(item.ValueKind)}.");
            return null;
        }

        try
        {
            return item.Deserialize(ApiJson.Default.LinkRequest);
        }
        catch (JsonException e)
        {
            errors.Add(e.Path ?? "$", WrongField(e));
            return null;
        }
    }

    private static string WrongField(JsonException e) =>
        e.Message.Contains("could not be mapped", StringComparison.Ordinal)
            ? $"There is no such field. Known are {(e.Path is { } path && path.StartsWith("$.terms", StringComparison.Ordinal) ? TermsFields : Fields)}."
            // Only this makes the reader fail at a text of the right type.
            : e.InnerException is InvalidOperationException && e.InnerException.Message.Contains("surrogate", StringComparison.Ordinal)
                ? "It holds half a surrogate pair (U+D800 to U+DFFF), which is no character. Take it out."
            : "The value has the wrong type.";

    private static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
