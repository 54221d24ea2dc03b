using LinkMonitor.Alerts.Composing;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Sharing.Pages;

/// <summary>The link that a public address is about.</summary>
internal sealed record SharedLink(Project Project, WatchedLink Link)
{
    private const int MaxUrl = 300;

    public ProjectTime Time { get; } = new(Project.TimeZone);

    public static async Task<SharedLink?> FindAsync(
        string token, PublicPurpose purpose, PublicAddresses addresses, IProjectStore projects, ILinkStore links, CancellationToken cancellationToken) =>
        await addresses.OpenAsync(token, purpose, cancellationToken) is { } thing
        && await projects.GetAsync(thing.Project, cancellationToken) is { } project
        && await links.GetAsync(thing.Project, new LinkId(thing.Id), cancellationToken) is { } link
            ? new SharedLink(project, link)
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
        return Markup.Of($"""<span class="state {tone}">{shape} {WireName.Of(state)}</span>""");
    }

    /// <summary>A way to another page about the same link, relative to one of ours.</summary>
    public Markup Way(string path, PublicPurpose purpose, string words, Func<PublicThing, string> sign, bool isSecond = true) => Markup.Of(
        $"""<a class="button {(isSecond ? "second" : "first")}" href="../{path}/{sign(new PublicThing(purpose, Project.Id, Link.Id.Value))}">{words}</a>""");

    private static Markup Url(string url) =>
        Markup.Of($"""<a href="{url}" rel="noreferrer nofollow">{WebText.Short(url, MaxUrl)}</a>""");
}
