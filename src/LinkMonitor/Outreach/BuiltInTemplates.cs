using LinkMonitor.Storage.Outreach;

namespace LinkMonitor.Outreach;

/// <summary>Our own words, one template for each reason that somebody at the page can fix.</summary>
internal static class BuiltInTemplates
{
    private const string Facts = """
        Page: {page}
        Link to: {target}
        Last seen as agreed: {lastAgreed}
        First seen otherwise: {since}

        {findings}

        The link as it was: {htmlBefore}
        What we see now: {htmlNow}
        What we ask for: {htmlWanted}
        """;

    // Of a link that was never seen otherwise nothing has changed, so nothing is compared with before.
    private const string FirstFacts = """
        Page: {page}
        Link to: {target}
        Noticed on: {since}

        {findings}

        What we see: {htmlNow}
        What we ask for: {htmlWanted}
        """;

    private const string Close = """
        Our reference: {reference}

        If there is a reason for this, or if we have missed something, please let us know.

        Kind regards
        {project}
        """;

    private static readonly OutreachTemplate[] Templates =
    [
        New(
            "link-removed",
            "The link on {host} is missing",
            "Our link on your page has been missing since {since}. The page itself is fine.",
            "Could you put it back?"),
        New(
            "mention-only",
            "The link on {host} is no longer a link",
            "Our address is still on your page, but since {since} it has been plain text that cannot be clicked.",
            "Could you make it a link again?"),
        New(
            "rel-changed",
            "The rel of our link on {host}",
            "The link on your page is there, thank you. Its rel attribute is no longer the one we expected.",
            "Could you restore it as shown above?"),
        New(
            "page-nofollow",
            "A nofollow on the page with our link on {host}",
            "The link on your page is there, thank you. The page as a whole now tells search engines to follow none of its links.",
            "Could you take nofollow out of the page's meta robots tag or its X-Robots-Tag header?"),
        New(
            "anchor-changed",
            "The text of our link on {host}",
            "The link on your page is there, thank you. Its text has changed.",
            "Could you restore the text as shown above?"),
        New(
            "target-changed",
            "The address in our link on {host}",
            "The link on your page is there, thank you. It now leads to another address.",
            "Could you set the address as shown above?"),
        New(
            "placement-changed",
            "The place of our link on {host}",
            "The link on your page is there, thank you. It has moved to another part of the page.",
            "Could you move it back to where it was?"),
        New(
            "hidden",
            "Our link on {host} cannot be seen",
            "The link is in your page's code, but readers cannot see it.",
            "Could you make it visible again?"),
        New(
            "noindex",
            "The page with our link on {host} says noindex",
            "The link on your page is there, thank you. The page now asks search engines not to index it.",
            "Could you take noindex out of the page's meta robots tag or its X-Robots-Tag header, or tell us if it is intended?"),
        New(
            "canonical-elsewhere",
            "The canonical of the page with our link on {host}",
            "The link on your page is there, thank you. The page names another one as its canonical, {canonical}, and our link is not "
                + "there.",
            "Could you add the link there, or let the page be its own canonical?"),
        New(
            "google-disallowed",
            "robots.txt and the page with our link on {host}",
            "The link on your page is there, thank you. The site's robots.txt does not let Google read the page.",
            "Could you allow it for this page?"),
        New(
            "page-gone",
            "The page with our link on {host} is gone",
            "The page that carried our link has been gone since {since}.",
            "Could you bring it back, or tell us where it has moved to, so that the link can go there?"),
        New(
            "page-redirected",
            "The page with our link on {host} leads elsewhere",
            "The page that carried our link now leads to {finalUrl}, where we do not find the link.",
            "Could you put the link on that page, or bring the old one back?"),
        New(
            "domain-gone",
            "The site {host} with our link",
            "The site that carried our link has not been reachable under its name since {since}.",
            "Has it moved, or will it be back? Could you tell us where the link will be?"),
        New(
            OutreachNames.NotFound,
            "The link on {host}",
            "We looked for our link on your page and have not found it yet.",
            "Could you tell us when it will be placed, or where it is?",
            FirstFacts),
        New(
            OutreachNames.NoSuchPage,
            "The page for our link on {host}",
            "We looked for our link and found no page at the address that we have.",
            "Could you tell us at which address the link is, or will be?",
            FirstFacts),
        New(
            OutreachNames.NotAsAgreed,
            "Our link on {host}",
            "Thank you for the link on your page. When we looked at it, it was not as we agreed.",
            "Could you change this to what we agreed on?",
            FirstFacts),
    ];

    private static readonly Dictionary<string, OutreachTemplate> ByName = Templates.ToDictionary(
        template => template.Name, StringComparer.Ordinal);

    public static IReadOnlyList<OutreachTemplate> All => Templates;

    /// <summary>Null when there is no template of that name.</summary>
    public static OutreachTemplate? Find(string name) => ByName.GetValueOrDefault(name);

    private static OutreachTemplate New(string name, string subject, string opening, string ask, string facts = Facts) =>
        new(name, subject, $"{{greeting}}\n\n{opening}\n\n{facts}\n\n{ask}\n\n{Close}".ReplaceLineEndings("\n"));
}
