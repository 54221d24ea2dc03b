using LinkMonitor.Engine.Naming;
using LinkMonitor.Engine.Tracking;
using LinkMonitor.Links;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Wording;

namespace LinkMonitor.Sharing.Pages;

/// <summary>Has a link checked at once.</summary>
internal static class RecheckPage
{
    /// <summary>Whoever has the address, forwarded or not, can have the page fetched once in this time.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    public static async Task<IResult> AskAsync(
        string token, PublicAddresses addresses, ILinkStore links, CancellationToken cancellationToken)
    {
        if (await SharedLink.FindAsync(token, PublicPurpose.Recheck, addresses, links, cancellationToken) is not { } shared)
            return PublicPage.NotFound;
        return new PublicPage("Check this link now?", Markup.Of($"""
            <div class="card"><h1>Check this link now?</h1>
            {shared.Ends()}
            <p class="soft">It was last checked {LastChecked(shared)}.</p>
            {PublicPage.Button("recheck", "Check it now")}{shared.Way("links", PublicPurpose.Link, "Show the link")}</div>
            """));
    }

    public static async Task<IResult> DoAsync(
        string token, HttpContext context, PublicAddresses addresses, ILinkStore links, LinkRegistry registry,
        CancellationToken cancellationToken)
    {
        if (await SharedLink.FindAsync(token, PublicPurpose.Recheck, addresses, links, cancellationToken) is not { } shared)
            return PublicPage.NotFound;
        if (await registry.CheckUnlessRecentAsync(shared.Link, Pause, cancellationToken) is { } again)
        {
            return new PublicPage("The link was checked just now", Markup.Of($"""
                <div class="card"><h1>The link was checked just now</h1>
                {shared.Ends()}
                <p>It was last checked {LastChecked(shared)}, or is being checked. It can be checked again from
                {shared.Time.Write(again)}.</p>
                {shared.Way("links", PublicPurpose.Link, "Show the link", isSecond: false)}</div>
                """));
        }

        context.AuditByAddress(
            shared.Project, PublicPurpose.Recheck, $"Asked for a check of {shared.Link.Page}", shared.Link.Id.Value);
        return new PublicPage("The link is being checked", Markup.Of($"""
            <div class="card"><h1>The link is being checked</h1>
            {shared.Ends()}
            <p>The page is checked as soon as its turn comes, usually within a minute. {Confirmation(shared)}</p>
            {shared.Way("links", PublicPurpose.Link, "Show the link", isSecond: false)}</div>
            """));
    }

    // What a project takes for proof differs: for some, one check is enough.
    private static string Confirmation(SharedLink shared) => shared.Project.Confirmation.Link is { Observations: > 1 } rule
        ? $"If the link is worse than before, its state changes only when {rule.Observations} checks have found the same, "
            + $"{new ProjectTime("UTC", Language.English).Write(rule.Over)} apart."
        : "Its state changes at once to what the check finds.";

    private static string LastChecked(SharedLink shared) =>
        shared.Link.Status.LastCheckedAt is { } at ? $"at {shared.Time.Write(at)}" : "never";
}

/// <summary>The link that a public address is about.</summary>
/// <param name="Sign">Makes tokens of the ways on, which end with the address itself.</param>
internal sealed record SharedLink(Project Project, WatchedLink Link, Func<PublicSubject, string> Sign)
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
            LinkState.Live => (StateMarks.Live, "good"),
            LinkState.Changed => (StateMarks.Changed, "warn"),
            LinkState.Lost => (StateMarks.Lost, "bad"),
            LinkState.NotFound => (StateMarks.Lost, "bad"),
            LinkState.Unreachable => (StateMarks.Unknown, "none"),
            _ => (StateMarks.Pending, "none"),
        };
        return Markup.Of($"""<span class="state {tone}">{shape} {WireName.Of(state).Replace('-', ' ')}</span>""");
    }

    /// <summary>A way to another page about the same link, relative to one of ours.</summary>
    public Markup Way(string path, PublicPurpose purpose, string words, bool isSecond = true) => Markup.Of(
        $"""
        <a class="button {(isSecond ? "second" : "first")}"
        href="../{path}/{Sign(new PublicSubject(purpose, Project.Id, Link.Id.Value))}">{words}</a>
        """);

    private static Markup Url(string url) =>
        Markup.Of($"""<a href="{url}" rel="noreferrer nofollow">{WebText.Short(url, MaxUrl)}</a>""");
}
