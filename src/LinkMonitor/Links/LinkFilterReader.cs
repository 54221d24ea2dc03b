using LinkMonitor.Api;
using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Links;

/// <summary>Reads the query of a list of links.</summary>
internal static class LinkFilterReader
{
    public static LinkFilter Read(string? state, string? reason, string? host, string? tag, string? vendor, string? text, FieldErrors errors) => new()
    {
        State = ReadName<LinkState>("state", state, errors),
        Reason = ReadName<ReasonCode>("reason", reason, errors),
        Host = NullIfEmpty(host),
        Tag = NullIfEmpty(tag),
        Vendor = NullIfEmpty(vendor),
        Text = NullIfEmpty(text),
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

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
