using LinkMonitor.Api;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Links;

/// <summary>The version of what people say of a link; see <see cref="IfMatch.VersionOf"/>.</summary>
internal static class LinkVersion
{
    public static string Of(WatchedLink link) => IfMatch.VersionOf(
        new SaidOfLink(
            link.Page.Href, link.Expectation.ToString(), link.Type, link.Tags, link.Note, link.Muted, link.MutedUntil?.UtcTicks,
            link.Terms),
        LinkJson.Default.SaidOfLink);
}

/// <summary>What people say of a link: page, expectation, type, tags, note, whether it is muted (in ticks of UTC), terms.</summary>
internal sealed record SaidOfLink(
    string Page, string Expectation, string? Type, IReadOnlyList<string> Tags, string? Note, bool Muted, long? MutedUntil, Terms? Terms);
