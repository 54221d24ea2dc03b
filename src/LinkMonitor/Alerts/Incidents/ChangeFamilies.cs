using LinkMonitor.Engine.Comparing;
using LinkMonitor.Engine.Reasons;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Engine.Verdicts;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Incidents;

/// <summary>Which family a change belongs to: that of its first reason that was not there before.</summary>
internal static class ChangeFamilies
{
    public static ChangeFamily Of(LinkChange change) => change.Transition.To switch
    {
        LinkState.Live => ChangeFamily.Recovery,
        LinkState.Unreachable => ChangeFamily.Pages,
        _ => Newest(change.Transition) is { } reason ? ReasonCatalogue.Of(reason.Code).Family : ChangeFamily.Editing,
    };

    /// <summary>
    /// Whether whole pages are gone: then it says nothing against a common cause that other pages of the host were edited.
    /// </summary>
    public static bool IsOfWholePages(ChangeFamily family) => family == ChangeFamily.Pages;

    /// <summary>Whether many or all of the page's other outbound links were touched too.</summary>
    public static bool IsWide(LinkChange change) => change.Transition.After.Scope?.Scope is ChangeScope.Many or ChangeScope.All;

    /// <summary>Whether it comes from our own target: that it broke or redirects, or that it does so no more.</summary>
    public static bool IsOfTarget(LinkChange change)
    {
        var (before, after) = (change.Transition.ReasonsBefore.Any(IsTarget), change.Transition.ReasonsAfter.Any(IsTarget));
        return change.Transition.To switch
        {
            LinkState.Changed => after && Newest(change.Transition) is { } reason && IsTarget(reason),
            LinkState.Live => before && change.Transition.ReasonsBefore.All(IsTarget),
            _ => false,
        };
    }

    private static Reason? Newest(LinkTransition transition) =>
        transition.ReasonsAfter.FirstOrDefault(reason => !transition.ReasonsBefore.Any(reason.IsSameAs))
            ?? (transition.ReasonsAfter is [var first, ..] ? first : null);

    private static bool IsTarget(Reason reason) => OwnSide.Is(reason.Code);
}
