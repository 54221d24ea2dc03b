using LinkMonitor.Api;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Links;

/// <summary>Reads the query of a list of links.</summary>
internal static class LinkFilterReader
{
    public static LinkFilter Read(LinkQuery query, FieldErrors errors) => new()
    {
        State = ReadName<LinkState>("state", query.State, errors),
        Reason = ReadName<ReasonCode>("reason", query.Reason, errors),
        Observation = ReadName<LookKind>("observation", query.Observation, errors),
        Seen = ReadTruth("seen", query.Seen, errors),
        Host = NullIfEmpty(query.Host),
        Tag = NullIfEmpty(query.Tag),
        Vendor = NullIfEmpty(query.Vendor),
        Text = NullIfEmpty(query.Text),
    };

    private static TEnum? ReadName<TEnum>(string field, string? text, FieldErrors errors) where TEnum : struct, Enum
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (WireName.TryParse<TEnum>(text, out var value))
            return value;
        errors.Add(field, $"'{text}' is not one of {string.Join(", ", WireName.All<TEnum>())}.");
        return null;
    }

    private static bool? ReadTruth(string field, string? text, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (text is "true" or "false")
            return text == "true";
        errors.Add(field, $"'{text}' is neither true nor false.");
        return null;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
