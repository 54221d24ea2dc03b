using LinkMonitor.Engine.Links;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Pages;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Links;

/// <summary>Makes the identities of watched links.</summary>
public static class LinkIds
{
    private const string Prefix = "lnk_";

    /// <summary>
    /// The identity of what is watched. The fragment of the page does not count; that of the target counts where it counts in matching,
    /// so for an exact match only. The target is taken as written otherwise: what matching forgives may change, an identity may not.
    /// </summary>
    public static LinkId For(WebUrl page, WebUrl target, TargetMatch match)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(target);
        return new LinkId(Prefix + ShortHash.Of($"{PageIdentity.Of(page)}\n{Identity(target, match)}\n{WireName.Of(match)}"));
    }

    /// <summary>Whether a text has the form of an identity; it says nothing of whether there is such a link.</summary>
    public static bool IsValid(string? text) => ShortHash.IsWellFormed(text, Prefix, ShortHash.Length);

    private static string Identity(WebUrl target, TargetMatch match) =>
        match == TargetMatch.Exact && target.Fragment is not "" ? target.Href : target.WithoutFragment().Href;
}
