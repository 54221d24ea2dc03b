using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Storage.Links;

/// <summary>Which links of a project are wanted; parts that are null do not restrict.</summary>
public sealed record LinkFilter
{
    public static LinkFilter None { get; } = new();

    public LinkState? State { get; init; }

    public ReasonCode? Reason { get; init; }

    /// <summary>What the last check saw of the page.</summary>
    public LookKind? Observation { get; init; }

    /// <summary>Whether the last check saw the page, or its absence; a link that was never checked is neither.</summary>
    public bool? Seen { get; init; }

    /// <summary>The page's host, compared without case and without <c>www.</c></summary>
    public string? Host { get; init; }

    public string? Tag { get; init; }

    /// <summary>The vendor of the terms, compared by <see cref="VendorName.Key"/>.</summary>
    public string? Vendor { get; init; }

    /// <summary>True for links whose terms name a vendor, whoever it is.</summary>
    public bool HasVendor { get; init; }

    /// <summary>Part of the page's URL, the target's URL or the expected anchor, compared without case.</summary>
    public string? Text { get; init; }
}
