using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Reading;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Judging;

/// <summary>
/// The page links to another URL of the target's site. On the target's own site every menu does so, which explains nothing there. Of several links the
/// one with the expected anchor is shown, else the first that is followed, else the first.
/// </summary>
internal sealed class TargetChanged : IAbsenceRule
{
    public Absence? Explain(AbsenceContext context)
    {
        var target = context.Expectation.Target;
        if (TargetMatcher.IsSameSite(target, context.Observation.FinalUrl))
            return null;
        var link = context.Page.Links
            .Where(link => link.Url is { IsHttp: true } url && TargetMatcher.IsSameSite(target, url))
            .OrderByDescending(link => HasAnchor(link, context)).ThenByDescending(link => link.Follow)
            .FirstOrDefault();
        if (link is null)
            return null;

        var reason = new Reason
        {
            Code = ReasonCode.TargetChanged,
            Message = $"The page links to {link.Url} instead of {target}: ask the site's owner to put the right URL back.",
            Expected = target.Href,
            Found = link.Url!.Href,
        };
        return new Absence(VerdictState.Changed, reason, link);
    }

    private static bool HasAnchor(PageLink link, AbsenceContext context)
    {
        var anchor = context.Expectation.Anchor is { Kind: ExpectedKind.Exactly } exactly ? exactly.Value : context.Baseline?.Anchor;
        return anchor is not null && AnchorChanged.IsSame(anchor, link.Anchor);
    }
}
