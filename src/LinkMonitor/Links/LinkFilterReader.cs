using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Links;

/// <summary>Reads the query of a list of links, whose names were checked before (<see cref="LinkQuery"/>).</summary>
internal static class LinkFilterReader
{
    public static LinkFilter Read(LinkQuery query) => new()
    {
        State = Name<LinkState>(query.State),
        Reason = Name<ReasonCode>(query.Reason),
        Observation = Name<LookKind>(query.Observation),
        Seen = query.Seen,
        Host = NullIfEmpty(query.Host),
        Tag = NullIfEmpty(query.Tag),
        Vendor = NullIfEmpty(query.Vendor),
        Text = NullIfEmpty(query.Text),
    };

    private static TEnum? Name<TEnum>(string? text) where TEnum : struct, Enum => WireName.TryParse<TEnum>(text, out var value) ? value : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
