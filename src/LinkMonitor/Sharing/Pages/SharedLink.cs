using LinkMonitor.Alerts.Composing;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Sharing.Pages;

/// <summary>The link that a public address is about.</summary>
/// <param name="Sign">Makes tokens of the ways on, which end with the address itself.</param>
internal sealed record SharedLink(Project Project, WatchedLink Link, Func<PublicThing, string> Sign)
{
    private const int MaxUrl = 300;

    public ProjectTime Time { get; } = new(Project.TimeZone, Language.English);

    public static async Task<SharedLink?> FindAsync(
        string token, PublicPurpose purpose, PublicAddresses addresses, ILinkStore links, CancellationToken cancellationToken) =>
        await addresses.OpenAsync(token, purpose, cancellationToken) is { } opened
        && await links.GetAsync(opened.Project.Id, new LinkId(opened.Id), cancellationToken) is { } link
            ? new SharedLink(opened.Project, link, opened.Sign)
            : null;

    /// <summary>Page and target.</summary>
    public Markup Ends() => Markup.Of($"""
        <dl><dt>Page</dt><dd>{Url(Link.Page.Href)}</dd><dt>Should link to</dt><dd>{Url(Link.Expectation.Target.Href)}</dd></dl>
        """);

    /// <summary>The state as a shape and a word; colour alone says nothing to many readers.</summary>
    public static Markup State(LinkState state)
    {
        var (shape, tone) = state switch
        {
            LinkState.Live => ("●", "good"),
            LinkState.Changed => ("▲", "warn"),
            LinkState.Lost => ("■", "bad"),
            LinkState.NotFound => ("○", "warn"),
            LinkState.Unreachable => ("◇", "none"),
            _ => ("·", "none"),
        };
        return Markup.Of($"""<span class="state {tone}">{shape} {WireName.Of(state).Replace('-', ' ')}</span>""");
    }

    /// <summary>A way to another page about the same link, relative to one of ours.</summary>
    public Markup Way(string path, PublicPurpose purpose, string words, bool isSecond = true) => Markup.Of(
        $"""<a class="button {(isSecond ? "second" : "first")}" href="../{path}/{Sign(new PublicThing(purpose, Project.Id, Link.Id.Value))}">{words}</a>""");

    private static Markup Url(string url) =>
        Markup.Of($"""<a href="{url}" rel="noreferrer nofollow">{WebText.Short(url, MaxUrl)}</a>""");
}
