using LinkMonitor.Engine.Judging;
using LinkMonitor.Engine.Reasons;

namespace LinkMonitor.Alerts.Composing.Writing;

/// <summary>What a reason says of the pages that carried the links. Of one site it names the likely decision behind it.</summary>
internal static class CauseWords
{
    private const int MaxHost = 60;

    public static string OnePage(ReasonCode code, CommonGround common, Language say) =>
        say.CountWritten(common.Count, ReasonCatalogue.Of(code).OnePage, ("what", say.Text("the page")), ("host", Host(common, say)));

    public static string ManyPages(ReasonCode code, CommonGround common, Language say)
    {
        var pages = say.Count(common.PageCount, "{count} page", "{count} pages");
        var where = common.Host is null
            ? say.Count(common.HostCount, "{pages} of {count} site", "{pages} of {count} sites", ("pages", pages))
            : say.Text("{pages} of {host}", ("pages", pages), ("host", Host(common, say)));
        var entry = ReasonCatalogue.Of(code);
        return say.Written(
            common.Host is null ? entry.ManySites : entry.OneSite, ("where", where), ("what", where), ("host", Host(common, say)));
    }

    private static string Host(CommonGround common, Language say) => WebText.ShortHost(common.Host ?? say.Text("(no host)"), MaxHost);
}
