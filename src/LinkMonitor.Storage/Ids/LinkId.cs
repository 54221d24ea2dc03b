using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Storage.Ids;

/// <summary>
/// The identity of a watched link in its project: <c>lnk_</c> and 26 lower-case base-32 characters of a SHA-256 over the page's
/// identity, the target and the match mode, so that registering the same link twice gives the same identity.
/// </summary>
public readonly record struct LinkId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>A channel's identity: <c>chn_</c> and 26 base-32 characters, from its project, kind and address.</summary>
public readonly record struct ChannelId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Where a host's rows are.</summary>
/// <param name="Shard">One of 64 partitions, <c>00</c> to <c>63</c>, by a hash of the host: all pages of a host are there, too.</param>
/// <param name="HostId"><c>h_</c> and 26 base-32 characters of a SHA-256 over the host in lower case.</param>
public readonly record struct HostKey(string Shard, string HostId);

/// <summary>Makes the identities of watched links.</summary>
public static class LinkIdFactory
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

    /// <summary>
    /// An identity as a number, for those who hold very many of them: a fifth of the memory of its text, and as unlikely to be that of
    /// another.
    /// </summary>
    /// <exception cref="FormatException">The text has not the form of an identity.</exception>
    public static UInt128 NumberOf(LinkId id) => ShortHash.NumberOf(id.Value, Prefix);

    private static string Identity(WebUrl target, TargetMatch match) =>
        match == TargetMatch.Exact && target.Fragment is not "" ? target.Href : target.WithoutFragment().Href;
}

/// <summary>What makes two URLs one page.</summary>
internal static class PageIdentity
{
    /// <summary>Text that two URLs share exactly when they are one page.</summary>
    public static string Of(WebUrl page) => UrlKeys.PageIdentity(page).Href;
}

/// <summary>Where a page's rows are.</summary>
/// <param name="Shard">
/// One of 64 partitions, <c>00</c> to <c>63</c>, by a hash of the page's host: all pages of a host are together.
/// </param>
/// <param name="PageId"><c>pg_</c> and 26 base-32 characters of a SHA-256 over the page's identity (its URL without the fragment).</param>
public readonly record struct PageKey(string Shard, string PageId);

/// <summary>The identity of a project: <c>prj_</c> and 16 lower-case base-32 characters, drawn at random.</summary>
public readonly record struct ProjectId(string Value)
{
    private const string Prefix = "prj_";
    private const int Length = 16;

    /// <summary>Draws a new identity: 80 random bits.</summary>
    public static ProjectId New() => new(Prefix + ShortHash.Draw(Length));

    /// <summary>Whether a text has the form of an identity; it says nothing of whether there is such a project.</summary>
    public static bool IsValid(string? text) => ShortHash.IsWellFormed(text, Prefix, Length);

    public override string ToString() => Value;
}
