using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>Which link is meant.</summary>
public sealed record LinkName(LinkId Id, WebUrl Page, WebUrl Target)
{
    public static LinkName Of(LinkChange change) => new(change.LinkId, change.Page, change.Target);

    public static LinkName Of(WatchedLink link) => new(link.Id, link.Page, link.Expectation.Target);
}
