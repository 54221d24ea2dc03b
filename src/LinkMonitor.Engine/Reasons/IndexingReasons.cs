namespace LinkMonitor.Engine.Reasons;

/// <summary>Pages that search engines may not show.</summary>
internal static class IndexingReasons
{
    public static IReadOnlyList<ReasonEntry> All { get; } =
    [
        new()
        {
            Code = ReasonCode.Noindex,
            Step = StepName.Meta,
            Source = Sources.Google + "crawling-indexing/block-indexing",
            Family = ChangeFamily.Indexing,
            Label = "page says noindex",
            Sentence = "The page asks search engines to leave it out of their index.",
            Why = "A page outside the index passes on little weight or none.",
            ToDo = "Ask the site's owner whether noindex is intended.",
            OnePage = CountedText.Same("The page now asks search engines to leave it out of their index."),
            ManySites = "{where} now ask search engines to leave them out of their index, perhaps a mistake.",
            OneSite =
                "{where} now ask search engines to leave them out of their index: probably a decision by the site's owner, or a setting, "
                + "perhaps a mistake.",
            OwnerSentence = "The page says noindex.",
            Template = ReasonCode.Noindex,
            TemplateRank = 9,
        },
        new()
        {
            Code = ReasonCode.CanonicalElsewhere,
            Step = StepName.Canonical,
            Source = Sources.Google + "crawling-indexing/consolidate-duplicate-urls",
            Family = ChangeFamily.Indexing,
            Label = "canonical names another page",
            Sentence = "The page names another page as its canonical, and the link is not there.",
            Why = "Search engines index the canonical page instead, and your link is not on it.",
            ToDo = "Ask for the link on the canonical page, or for a canonical that names this one.",
            OnePage = new(
                "The page now names another page as its canonical, and your link is not there.",
                "The page now names another page as its canonical, and your links are not there."),
            ManySites = "{where} now name other pages as canonical, and your links are not there.",
            OneSite =
                "{where} now name other pages as canonical, and your links are not there: probably a decision by the site's owner, or a "
                    + "setting.",
            OwnerSentence = "The page names another one as its canonical, and the link is not there.",
            Template = ReasonCode.CanonicalElsewhere,
            TemplateRank = 10,
        },
        new()
        {
            Code = ReasonCode.GoogleDisallowed,
            Step = StepName.RobotsTxt,
            Source = Sources.Crawling + "robots-txt/robots-txt-spec",
            Family = ChangeFamily.Indexing,
            Label = "robots.txt keeps Googlebot out",
            Sentence = "The site's robots.txt keeps Googlebot out of the page.",
            Why = "Google may not read the page, so it cannot count the link.",
            ToDo = "Ask the site's owner to allow Googlebot on this path in robots.txt.",
            OnePage = CountedText.Same("The site's robots.txt now keeps Googlebot out of the page."),
            ManySites = "robots.txt now keeps Googlebot out of {where}.",
            OneSite = "robots.txt now keeps Googlebot out of {where}.",
            OwnerSentence = "The site's robots.txt keeps Googlebot out of the page.",
            Template = ReasonCode.GoogleDisallowed,
            TemplateRank = 11,
        },
    ];
}
