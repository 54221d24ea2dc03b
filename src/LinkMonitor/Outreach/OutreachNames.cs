using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Outreach;

/// <summary>Which template is for which case. A template has the name of the reason it is for.</summary>
internal static class OutreachNames
{
    /// <summary>For a link that was never there.</summary>
    public const string NotFound = "not-found";

    // The gravest first: of several reasons the first one gives the template, and all are told in it.
    private static readonly ReasonCode[] Codes =
    [
        ReasonCode.DomainGone, ReasonCode.PageGone, ReasonCode.PageRedirected, ReasonCode.LinkRemoved, ReasonCode.MentionOnly,
        ReasonCode.TargetChanged, ReasonCode.RelChanged, ReasonCode.PageNofollow, ReasonCode.Noindex, ReasonCode.CanonicalElsewhere,
        ReasonCode.GoogleDisallowed, ReasonCode.Hidden, ReasonCode.AnchorChanged, ReasonCode.PlacementChanged,
    ];

    public static IReadOnlyList<string> All { get; } = [.. Codes.Select(WireName.Of), NotFound];

    /// <summary>The template for a link that is lost, changed or was never there; null when no reason is one to write about.</summary>
    public static string? For(LinkState state, IReadOnlyList<Reason> reasons)
    {
        if (state == LinkState.NotFound)
            return NotFound;
        var codes = reasons.Select(reason => reason.Code is ReasonCode.Soft404 or ReasonCode.PageReplaced ? ReasonCode.PageGone : reason.Code).ToHashSet();
        return Codes.Where(codes.Contains).Select(WireName.Of).FirstOrDefault();
    }
}
