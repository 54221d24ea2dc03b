using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Verdicts;

namespace LinkMonitor.Engine.Judging.Rules;

/// <summary>
/// The link is in another part of the page. A move into the main content is reported only when another place was asked for by name: it
/// is what everyone wants.
/// </summary>
internal sealed class PlacementChanged : ICheckRule
{
    public Reason? Check(RuleContext context)
    {
        var found = context.Link.Placement;
        var part = context.Expectation.Placement;
        if (!context.TryGetExpected(part, static baseline => baseline.Placement, out var expected) || found == expected)
            return null;
        if (found is Placement.Main && part.Kind is ExpectedKind.AsFirstSeen)
            return null;

        return new Reason
        {
            Code = ReasonCode.PlacementChanged,
            Message = $"The link is in the page's {Name(found)} instead of its {Name(expected)}: ask the site's owner to move it "
                + (context.Baseline?.Placement == expected ? "back." : "there."),
            Expected = WireName.Of(expected),
            Found = WireName.Of(found),
        };
    }

    private static string Name(Placement placement) => placement switch
    {
        Placement.Main => "main content",
        Placement.Nav => "navigation",
        Placement.Aside => "sidebar",
        _ => WireName.Of(placement),
    };
}
