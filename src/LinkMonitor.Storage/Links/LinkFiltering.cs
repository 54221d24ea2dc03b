using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Links;

/// <summary>A filter in two parts: what the service can leave out, and what we must.</summary>
internal static class LinkFiltering
{
    /// <summary>Conditions on state, host and vendor.</summary>
    public static IReadOnlyList<ColumnCondition> Conditions(LinkFilter filter)
    {
        List<ColumnCondition> conditions = [];
        if (filter.State is { } state)
            conditions.Add(new(LinkRow.State, WireName.Of(state)));
        if (filter.Host is { } host)
            conditions.Add(new(LinkRow.Host, HostName.ForFilter(host)));
        if (filter.Vendor is { } vendor)
            conditions.Add(new(LinkRow.Vendor, VendorName.Key(vendor)));
        else if (filter.HasVendor)
            conditions.Add(new(LinkRow.Vendor, null));
        return conditions;
    }

    /// <summary>The rest: the service knows no "contains".</summary>
    public static bool IsWanted(WatchedLink link, LinkFilter filter) =>
        (filter.Reason is not { } code || link.Status.Reasons.Any(reason => reason.Code == code))
        && (filter.Tag is not { } tag || link.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase))
        && (filter.Text is not { } text || Contains(link, text));

    private static bool Contains(WatchedLink link, string text) =>
        link.Page.Href.Contains(text, StringComparison.OrdinalIgnoreCase)
        || link.Expectation.Target.Href.Contains(text, StringComparison.OrdinalIgnoreCase)
        || (link.Expectation.Anchor is { Kind: ExpectedKind.Exactly, Value: { } anchor }
            && anchor.Contains(text, StringComparison.OrdinalIgnoreCase));
}
