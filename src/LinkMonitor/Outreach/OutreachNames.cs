using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;

namespace LinkMonitor.Outreach;

/// <summary>Which template is for which case. A template has the name of the reason it is for.</summary>
internal static class OutreachNames
{
    /// <summary>For a link that was never there.</summary>
    public const string NotFound = "not-found";

    // The gravest first: of several reasons the first one gives the template, and all are told in it.
    public static IReadOnlyList<string> All { get; } =
    [
        .. ReasonCatalogue.All.Where(entry => entry.Template is not null).OrderBy(entry => entry.TemplateRank)
            .Select(entry => WireName.Of(entry.Template!.Value)).Distinct(),
        NotFound,
    ];

    /// <summary>The template for a link that is lost, changed or was never there; null when no reason is one to write about.</summary>
    public static string? For(LinkState state, IReadOnlyList<Reason> reasons)
    {
        if (state == LinkState.NotFound)
            return NotFound;
        var gravest = reasons.Select(reason => ReasonCatalogue.Of(reason.Code)).MinBy(entry => entry.TemplateRank);
        return gravest?.Template is { } template ? WireName.Of(template) : null;
    }
}
